using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>Reads data sets from CSV files: chooses the columns, and gathers the rows.</summary>
internal static class CsvDataset
{
    /// <inheritdoc cref="Dataset.FromCsv(string, string, IReadOnlyList{string}, CsvOptions)"/>
    public static LabeledDataset ReadLabeled(string path, string label, IReadOnlyList<string>? classNames, CsvOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        using var table = new CsvTable(path, options.Delimiter);
        int labelColumn = table.IndexOf(label);
        int[] featureColumns = FeatureColumns(table, [label], options);

        var labels = new LabelColumn(path, label, classNames);
        var features = new List<float>();
        while (table.Read())
        {
            Append(table, featureColumns, features);
            labels.Add(table, labelColumn);
        }

        CheckRows(table, features);
        (int[] numbers, IReadOnlyList<string> names) = labels.Number();
        return new LabeledDataset([.. features], featureColumns.Length, numbers, names, Names(table, featureColumns));
    }

    /// <inheritdoc cref="Dataset.FromCsv(string, IReadOnlyList{string}, CsvOptions)"/>
    public static TargetDataset ReadTargets(string path, IReadOnlyList<string> targets, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            throw new ArgumentException("There are no target columns; name at least one.", nameof(targets));
        foreach (string target in targets)
            ArgumentException.ThrowIfNullOrEmpty(target, nameof(targets));

        using var table = new CsvTable(path, options.Delimiter);
        int[] targetColumns = [.. targets.Select(table.IndexOf)];
        int[] featureColumns = FeatureColumns(table, targets, options);

        var values = new List<float>();
        var features = new List<float>();
        while (table.Read())
        {
            Append(table, featureColumns, features);
            Append(table, targetColumns, values);
        }

        CheckRows(table, features);
        return new TargetDataset([.. features], featureColumns.Length, [.. values], targets.Count, [.. targets], Names(table, featureColumns));
    }

    private static int[] FeatureColumns(CsvTable table, IReadOnlyList<string> answers, CsvOptions options)
    {
        if (options.Features is not null && options.Ignore.Count > 0)
            throw new ArgumentException("The options have both Features and Ignore; give one of them.", nameof(options));

        foreach (string ignored in options.Ignore)
            table.IndexOf(ignored);
        int[] columns = options.Features is null
            ? [.. Enumerable.Range(0, table.Columns.Length).Where(i => !answers.Contains(table.Columns[i]) && !options.Ignore.Contains(table.Columns[i]))]
            : [.. options.Features.Select(table.IndexOf)];
        table.CheckColumnsDiffer();

        foreach (int column in columns)
            if (answers.Contains(table.Columns[column]))
                throw new ArgumentException($"Column '{table.Columns[column]}' is both a feature and the label or a target; take it out of Features.", nameof(options));
        if (columns.Length == 0)
            throw new DatasetException(table.File, 1, $"beside {Excerpt.Names([.. answers])} no column is left for features; the header has {Excerpt.Names(table.Columns)}.");

        return columns;
    }

    private static void Append(CsvTable table, int[] columns, List<float> values)
    {
        foreach (int column in columns)
            values.Add(NumberCell.Read(table, column));
    }

    private static void CheckRows(CsvTable table, List<float> features)
    {
        if (features.Count == 0)
            throw new DatasetException(table.File, null, "the file has a header, but no line with a sample; add one for each.");
    }

    private static string[] Names(CsvTable table, int[] columns) => [.. columns.Select(column => table.Columns[column])];
}
