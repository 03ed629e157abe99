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
        using var table = new CsvTable(path, options);
        var cells = new NumberCell(options);
        int labelColumn = table.IndexOf(label);
        var columns = new FeatureColumns(table, [label], cells);
        var labels = new LabelColumn(table, labelColumn, cells, classNames);
        bool drops = options.MissingValues == MissingValues.Drop;
        while (table.Read())
        {
            if (drops && (columns.IsAnyMissing(table) || labels.IsMissing(table)))
                continue;
            columns.Add(table);
            labels.Add(table);
        }

        (float[] features, ExactValues? exact) = columns.Complete(table);
        (int[] numbers, IReadOnlyList<string> names) = labels.Number();
        return new LabeledDataset(features, columns.FeatureNames.Count, numbers, names, columns.FeatureNames)
        {
            ExactFeatures = exact,
            CsvOptions = columns.OptionsForMore(),
        };
    }

    /// <inheritdoc cref="Dataset.FromCsv(string, IReadOnlyList{string}, CsvOptions)"/>
    public static TargetDataset ReadTargets(string path, IReadOnlyList<string> targets, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            throw new ArgumentException("There are no target columns; name at least one.", nameof(targets));
        foreach (string target in targets)
            ArgumentException.ThrowIfNullOrEmpty(target, nameof(targets));

        using var table = new CsvTable(path, options);
        var cells = new NumberCell(options);
        NumberColumn[] targetColumns = [.. targets.Select(target => new NumberColumn(target, table.IndexOf(target), cells, fills: false))];
        var columns = new FeatureColumns(table, targets, cells);
        bool drops = options.MissingValues == MissingValues.Drop;
        while (table.Read())
        {
            if (drops && (columns.IsAnyMissing(table) || targetColumns.Any(column => column.IsMissing(table))))
                continue;
            columns.Add(table);
            foreach (NumberColumn column in targetColumns)
                column.Add(table);
        }

        (float[] features, ExactValues? exact) = columns.Complete(table);
        (float[] values, ExactValues? exactTargets) = FeatureColumns.Gather(targetColumns, columns.Count);
        return new TargetDataset(features, columns.FeatureNames.Count, values, targets.Count, [.. targets], columns.FeatureNames)
        {
            ExactFeatures = exact,
            ExactTargets = exactTargets,
            CsvOptions = columns.OptionsForMore(),
        };
    }
}
