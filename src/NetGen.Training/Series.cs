using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Csv;

namespace NetGen.Training;

/// <summary>Numbers over time: a matrix [Steps, Columns], a row for each time step, from which samples for forecasting are cut.</summary>
public sealed class Series
{
    private readonly float[] values;

    /// <summary>A series over a copy of numbers.</summary>
    /// <param name="values">[steps, columns], row by row, in the order of time.</param>
    /// <param name="columns">Numbers of one time step.</param>
    /// <param name="names">The columns' names; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">The lengths do not agree, there is no time step, or two columns have one name.</exception>
    public Series(ReadOnlySpan<float> values, int columns = 1, IReadOnlyList<string>? names = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length == 0 || values.Length % columns != 0)
            throw new ArgumentException($"There are {values.Length} values, which is not a positive multiple of columns, {columns}; give {columns} for each time step.", nameof(values));
        if (names is not null && names.Count != columns)
            throw new ArgumentException($"There are {names.Count} names for {columns} columns; give one for each, or null.", nameof(names));
        if (names is not null && names.Distinct().Count() != columns)
            throw new ArgumentException($"Two columns of {Excerpt.Names(names)} have one name; give each a name of its own.", nameof(names));

        this.values = values.ToArray();
        Names = names ?? [.. Enumerable.Range(0, columns).Select(i => FormattableString.Invariant($"x{i}"))];
    }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Numbers of one time step.</summary>
    public int Columns => Names.Count;

    /// <summary>The number of time steps.</summary>
    public int Steps => values.Length / Columns;

    /// <summary>All numbers, [Steps, Columns], row by row.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>
    /// Reads a series from a CSV file, whose lines are time steps in their order. <see cref="CsvOptions.Features"/> or <see cref="CsvOptions.Ignore"/> choose
    /// the columns; a column of times is left out.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file cannot be read so, or floats cannot tell a column's numbers apart.</exception>
    public static Series FromCsv(string path, CsvOptions? options = null)
    {
        using var table = new CsvTable(path, options ?? new CsvOptions());
        var columns = new FeatureColumns(table, [], new NumberCell(table.Options));
        if (table.Options.MissingValues == MissingValues.Drop)
            throw new ArgumentException("MissingValues is Drop, but time steps cannot be left out of a series; fill them in by MissingValues.Fill.", nameof(options));
        while (table.Read())
            columns.Add(table);

        (float[] features, ExactValues? exact) = columns.Complete(table);
        return exact?.Merged is { } merged
            ? throw new DatasetException(path, null, $"{merged}; leave the column out by Ignore in the options, as that of a time, or subtract an offset.")
            : new Series(features, columns.FeatureNames.Count, columns.FeatureNames);
    }

    /// <summary>The part of the series from one time step up to, without, another, so that what comes later tests.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no such steps.</exception>
    public Series Slice(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, end);
        return new Series(values.AsSpan(start * Columns, (end - start) * Columns), Columns, Names);
    }

    /// <summary>The series standardized, by <c>Standardizer.Fit(train.Values, train.Columns)</c>.</summary>
    /// <exception cref="ArgumentException">The standardizer has other columns.</exception>
    public Series Standardized(Standardizer standardizer)
    {
        ArgumentNullException.ThrowIfNull(standardizer);
        if (standardizer.Means.Count != Columns)
            throw new ArgumentException($"The series has {Columns} columns, but the standardizer was fitted on {standardizer.Means.Count}; fit one on the training series.", nameof(standardizer));

        float[] standard = [.. values];
        standardizer.Apply(standard);
        return new Series(standard, Columns, Names);
    }

    /// <summary>
    /// Samples whose features are the windows of the series, and whose targets are the chosen columns of the <see cref="WindowOptions.Horizon"/> time steps
    /// behind each, [Horizon, targets].
    /// </summary>
    /// <exception cref="ArgumentException">The series is too short, a column is not there, or an option is out of range.</exception>
    public TargetDataset ToWindows(WindowOptions options) => Windows([this], options);

    /// <summary>
    /// Samples whose features are the windows of the series, and whose label is that of the last of the <see cref="WindowOptions.Horizon"/> time steps behind
    /// each; with a horizon of 0, of the window's last step.
    /// </summary>
    /// <param name="labels">[Steps]; from 0 to the number of classes - 1.</param>
    /// <param name="options">How windows are cut.</param>
    /// <param name="classNames">The names of the classes; null names them "0", "1", … up to the largest label.</param>
    /// <exception cref="ArgumentException">The series is too short, labels are more or fewer than steps, or an option is out of range.</exception>
    public LabeledDataset ToWindows(ReadOnlySpan<int> labels, WindowOptions options, IReadOnlyList<string>? classNames = null)
    {
        if (labels.Length != Steps)
            throw new ArgumentException($"There are {labels.Length} labels for {Steps} time steps; give one for each.", nameof(labels));

        var cutter = new SeriesWindows([this], options, leastHorizon: 0);
        var chosen = new int[cutter.Count];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = labels[i * options.Stride + options.Window + options.Horizon - 1];
        return new LabeledDataset(cutter.Features(), cutter.FeatureCount, chosen, classNames, cutter.FeatureNames()) { SampleShape = cutter.SampleShape };
    }

    /// <summary>Samples of several series with the same columns, one series after another; no window reaches over a border.</summary>
    /// <exception cref="ArgumentException">A series is too short, has other columns, or an option is out of range.</exception>
    public static TargetDataset Windows(IReadOnlyList<Series> series, WindowOptions options)
    {
        var cutter = new SeriesWindows(series, options, leastHorizon: 1);
        return new TargetDataset(cutter.Features(), cutter.FeatureCount, cutter.Targets(), cutter.TargetSize, cutter.TargetNames(), cutter.FeatureNames())
        {
            SampleShape = cutter.SampleShape,
        };
    }
}
