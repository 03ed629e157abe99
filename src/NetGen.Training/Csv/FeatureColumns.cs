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
    private long total;

    /// <param name="table">The file.</param>
    /// <param name="answers">The columns of labels, targets and groups.</param>
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

        CheckForms(table, indices);
        columns = [.. indices.Select(index => Column(table, index, cells, fills))];
    }

    /// <summary>The number of samples that were taken, and not forgotten.</summary>
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
        total++;
    }

    /// <summary>The features of all samples, row by row.</summary>
    public (float[] Features, ExactValues? Exact) Complete(CsvTable table)
    {
        Finish(table);
        return Gather(columns, Count);
    }

    /// <summary>Ends the gathering: categories, fill values and vocabularies are known then.</summary>
    public void Finish(CsvTable table)
    {
        if (total == 0)
            throw new DatasetException(table.File, null, options.MissingValues == MissingValues.Drop
                ? "the file has no line with a sample that lacks no value; fill values in by MissingValues.Fill in the options, or leave columns out by Ignore."
                : "the file has a header, but no line with a sample; add one for each.");

        foreach (FeatureColumn column in columns)
            column.Complete(table);
        FeatureNames = [.. columns.SelectMany(column => column.FeatureNames)];
    }

    /// <summary>Refuses medians, which take all values at once, where the samples are forgotten chunk by chunk.</summary>
    public void CheckMedians()
    {
        if (options.MissingValues == MissingValues.Fill && options.FillWith == FillWith.Median
            && columns.FirstOrDefault(column => column is NumberColumn && !options.FillValues.ContainsKey(column.Name)) is { } column)
            throw new ArgumentException($"FillWith is Median, but the median of column {Excerpt.Quote(column.Name)} takes all its values at once, and a chunked data set holds one chunk; give the number in FillValues, or take FillWith.Mean.", nameof(options));
    }

    /// <summary>Lets go of the samples that were taken, and keeps what a second file is read by: categories, means and vocabularies.</summary>
    public void Forget()
    {
        foreach (FeatureColumn column in columns)
            column.Forget();
        Count = 0;
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
        Index = [.. columns.OfType<IndexColumn>().Select(column => column.Name)],
        Categories = columns.OfType<CategoryColumn>().ToDictionary(column => column.Name, column => column.Names),
        Text = columns.OfType<TokenColumn>().ToDictionary(column => column.Name, column => column.Options),
        FillValues = options.MissingValues == MissingValues.Fill
            ? columns.OfType<NumberColumn>().ToDictionary(column => column.Name, column => column.FillValue)
            : options.FillValues,
    };

    private FeatureColumn Column(CsvTable table, int index, NumberCell cells, bool fills)
    {
        string name = table.Columns[index];
        IReadOnlyList<string>? categories = options.Categories.GetValueOrDefault(name);
        return options.Text.TryGetValue(name, out TextColumn? text) ? new TokenColumn(name, index, cells, fills, text)
            : options.Index.Contains(name) ? new IndexColumn(name, index, cells, categories)
            : options.OneHot.Contains(name) || categories is not null ? new OneHotColumn(name, index, cells, fills, categories)
            : new NumberColumn(name, index, cells, fills);
    }

    private void CheckForms(CsvTable table, int[] indices)
    {
        (string Form, IEnumerable<string> Names)[] forms =
        [
            (nameof(options.OneHot), options.OneHot.Concat(options.Categories.Keys.Except(options.Index))),
            (nameof(options.Index), options.Index),
            (nameof(options.Text), options.Text.Keys),
        ];
        var known = new Dictionary<string, string>();
        foreach ((string form, IEnumerable<string> names) in forms)
            foreach (string name in names.Distinct())
            {
                if (!indices.Contains(table.IndexOf(name)))
                    throw new ArgumentException($"Column {Excerpt.Quote(name)} is in {form}, but is no feature; take it out of {form}, or make it a feature.", nameof(options));
                if (!known.TryAdd(name, form))
                    throw new ArgumentException($"Column {Excerpt.Quote(name)} is in both {known[name]} and {form}; leave it in one of them.", nameof(options));
            }
    }

    private void Check(CsvTable table, IReadOnlyList<string> answers, int[] indices)
    {
        foreach (int index in indices)
            if (answers.Contains(table.Columns[index]))
                throw new ArgumentException($"Column '{table.Columns[index]}' is both a feature and the label, a target or the group; take it out of Features.", nameof(options));
        if (indices.Length == 0)
            throw new DatasetException(table.File, table.HeaderLine, $"beside {Excerpt.Names([.. answers])} no column is left for features; the header has {Excerpt.Names(table.Columns)}.");
    }
}
