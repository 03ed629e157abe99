using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>The feature columns of a file, as the options choose them.</summary>
internal sealed class FeatureColumns
{
    private readonly CsvOptions options;
    private readonly FeatureColumn[] columns;

    /// <param name="table">The file.</param>
    /// <param name="answers">The columns of labels or targets.</param>
    /// <param name="cells">Reads numbers.</param>
    public FeatureColumns(CsvTable table, IReadOnlyList<string> answers, NumberCell cells)
    {
        options = table.Options;
        bool fills = options.MissingValues == MissingValues.Fill;
        if (options.Features is not null && options.Ignore.Count > 0)
            throw new ArgumentException("The options have both Features and Ignore; give one of them.", nameof(options));
        if (options.FillValues.Count > 0 && !fills)
            throw new ArgumentException($"The options have FillValues, but MissingValues is {options.MissingValues}; set MissingValues = MissingValues.Fill, or leave FillValues out.", nameof(options));

        foreach (string name in options.Ignore.Concat(options.FillValues.Keys))
            table.IndexOf(name);
        int[] indices = options.Features is null
            ? [.. Enumerable.Range(0, table.Columns.Length).Where(i => !answers.Contains(table.Columns[i]) && !options.Ignore.Contains(table.Columns[i]))]
            : [.. options.Features.Select(table.IndexOf)];
        table.CheckColumnsDiffer();
        Check(table, answers, indices);

        string[] texts = [.. options.OneHot.Concat(options.Categories.Keys).Distinct()];
        foreach (string name in texts)
            if (!indices.Contains(table.IndexOf(name)))
                throw new ArgumentException($"Column {Excerpt.Quote(name)} is in OneHot, but is no feature; take it out of OneHot, or make it a feature.", nameof(options));

        columns = [.. indices.Select(index => Column(table, index, texts, cells, fills))];
    }

    /// <summary>The number of samples that were taken.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the features, once all rows are taken.</summary>
    public IReadOnlyList<string> FeatureNames { get; private set; } = [];

    /// <summary>Whether the current row lacks a feature.</summary>
    public bool IsAnyMissing(CsvTable table) => columns.Any(column => column.IsMissing(table));

    /// <summary>Takes the features of the current row.</summary>
    public void Add(CsvTable table)
    {
        foreach (FeatureColumn column in columns)
            column.Add(table);
        Count++;
    }

    /// <summary>The features of all samples, row by row.</summary>
    public (float[] Features, ExactValues? Exact) Complete(CsvTable table)
    {
        if (Count == 0)
            throw new DatasetException(table.File, null, options.MissingValues == MissingValues.Drop
                ? "the file has no line with a sample that lacks no value; fill values in by MissingValues.Fill in the options, or leave columns out by Ignore."
                : "the file has a header, but no line with a sample; add one for each.");

        foreach (FeatureColumn column in columns)
            column.Complete(table);
        FeatureNames = [.. columns.SelectMany(column => column.FeatureNames)];
        return Gather(columns, Count);
    }

    /// <summary>The features of some columns, row by row.</summary>
    public static (float[] Features, ExactValues? Exact) Gather(IReadOnlyList<FeatureColumn> columns, int count)
    {
        int[] sizes = [.. columns.Select(column => column.FeatureNames.Count)];
        int size = sizes.Sum();
        var values = new double[checked(count * size)];
        for (int sample = 0, at = 0; sample < count; sample++)
            for (int column = 0; column < columns.Count; at += sizes[column++])
                columns[column].CopyTo(sample, values.AsSpan(at, sizes[column]));

        FloatLoss[] losses = [.. columns.Select(column => column.Loss)];
        return (
            Array.ConvertAll(values, static value => (float)value),
            losses.Any(loss => loss.IsCoarse) ? new ExactValues(values, losses.FirstOrDefault(loss => loss.Merged is not null)?.Merged) : null);
    }

    /// <summary>Options by which a second file gives the same features: with these columns, categories and fill values.</summary>
    public CsvOptions OptionsForMore() => options with
    {
        Features = [.. columns.Select(column => column.Name)],
        Ignore = [],
        OneHot = [.. columns.OfType<OneHotColumn>().Select(column => column.Name)],
        Categories = columns.OfType<OneHotColumn>().ToDictionary(column => column.Name, column => column.Names),
        FillValues = options.MissingValues == MissingValues.Fill
            ? columns.OfType<NumberColumn>().ToDictionary(column => column.Name, column => column.FillValue)
            : options.FillValues,
    };

    private FeatureColumn Column(CsvTable table, int index, string[] texts, NumberCell cells, bool fills)
    {
        string name = table.Columns[index];
        return texts.Contains(name)
            ? new OneHotColumn(name, index, cells, fills, options.Categories.GetValueOrDefault(name))
            : new NumberColumn(name, index, cells, fills);
    }

    private void Check(CsvTable table, IReadOnlyList<string> answers, int[] indices)
    {
        foreach (int index in indices)
            if (answers.Contains(table.Columns[index]))
                throw new ArgumentException($"Column '{table.Columns[index]}' is both a feature and the label or a target; take it out of Features.", nameof(options));
        if (indices.Length == 0)
            throw new DatasetException(table.File, table.HeaderLine, $"beside {Excerpt.Names([.. answers])} no column is left for features; the header has {Excerpt.Names(table.Columns)}.");
    }
}
