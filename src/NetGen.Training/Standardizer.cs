using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace NetGen.Training;

/// <summary>
/// Brings each column of a matrix to mean 0 and standard deviation 1: <c>(x - mean) / scale</c>, where the scale is
/// the standard deviation over the samples (divided by n), or 1 for a column that is constant. Fit it on the training
/// set, and apply it to every set, so that nothing of the test set leaks into training. It computes in double, from the
/// numbers of the file where a float does not hold them, such as seconds since 1970; what comes out is a float.
/// </summary>
public sealed class Standardizer
{
    private readonly double[] means;
    private readonly double[] scales;

    /// <summary>A standardizer of known constants, as from a file beside the weights.</summary>
    /// <param name="means">One for each column.</param>
    /// <param name="scales">One for each column; finite and over 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is out of range.</exception>
    public Standardizer(IReadOnlyList<double> means, IReadOnlyList<double> scales)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(scales);
        if (means.Count != scales.Count || means.Count == 0)
            throw new ArgumentException($"There are {means.Count} means and {scales.Count} scales; give one of each for each column.", nameof(scales));
        for (int i = 0; i < means.Count; i++)
            if (!double.IsFinite(means[i]) || !double.IsFinite(scales[i]) || scales[i] <= 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Column {i} has mean {means[i]} and scale {scales[i]}; a mean is finite, and a scale is finite and over 0."), nameof(scales));

        this.means = [.. means];
        this.scales = [.. scales];
    }

    /// <summary>The mean of each column.</summary>
    public IReadOnlyList<double> Means => means;

    /// <summary>What each column is divided by.</summary>
    public IReadOnlyList<double> Scales => scales;

    /// <summary>Learns the means and scales of a data set's features.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    public static Standardizer FitFeatures(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        return train.ExactFeatures is { } exact ? Fit(exact.Values, train.FeatureCount) : Fit(train.Features, train.FeatureCount);
    }

    /// <summary>Learns the means and scales of the features of all chunks, each of which is read once.</summary>
    /// <exception cref="ArgumentException">A feature is NaN or infinite.</exception>
    /// <exception cref="DatasetException">A chunk cannot be read.</exception>
    public static Standardizer FitFeatures<TData>(ChunkedDataset<TData> train) where TData : Dataset =>
        FitChunks(train, static data => data.FeatureCount, static (moments, data, first) =>
        {
            CheckFinite(data.Features, data.FeatureCount, first);
            moments.Add(data.Features, data.ExactFeatures);
        });

    /// <summary>Learns the means and scales of the targets of all chunks, each of which is read once.</summary>
    /// <exception cref="ArgumentException">A target is NaN or infinite.</exception>
    /// <exception cref="DatasetException">A chunk cannot be read.</exception>
    public static Standardizer FitTargets(ChunkedDataset<TargetDataset> train) =>
        FitChunks(train, static data => data.TargetSize, static (moments, data, first) =>
        {
            CheckFinite(data.Targets, data.TargetSize, first);
            moments.Add(data.Targets, data.ExactTargets);
        });

    /// <summary>Learns the means and scales of a data set's targets.</summary>
    /// <exception cref="ArgumentException">A target is NaN or infinite.</exception>
    public static Standardizer FitTargets(TargetDataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        return train.ExactTargets is { } exact ? Fit(exact.Values, train.TargetSize) : Fit(train.Targets, train.TargetSize);
    }

    /// <summary>Learns the means and scales of a matrix [n, columns], row by row, in double.</summary>
    /// <exception cref="ArgumentException">The matrix is empty or ragged, or a number is NaN or infinite.</exception>
    public static Standardizer Fit(ReadOnlySpan<float> values, int columns) => FitMatrix(values, columns);

    /// <inheritdoc cref="Fit(ReadOnlySpan{float}, int)"/>
    public static Standardizer Fit(ReadOnlySpan<double> values, int columns) => FitMatrix(values, columns);

    /// <summary>The data set with standardized features.</summary>
    /// <exception cref="ArgumentException">The number of features is another.</exception>
    public LabeledDataset ApplyToFeatures(LabeledDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithFeatures(Applied(data.Features, data.ExactFeatures, data.FeatureCount, nameof(data)));
    }

    /// <inheritdoc cref="ApplyToFeatures(LabeledDataset)"/>
    public TargetDataset ApplyToFeatures(TargetDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithFeatures(Applied(data.Features, data.ExactFeatures, data.FeatureCount, nameof(data)));
    }

    /// <inheritdoc cref="ApplyToFeatures(LabeledDataset)"/>
    public FeatureDataset ApplyToFeatures(FeatureDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithFeatures(Applied(data.Features, data.ExactFeatures, data.FeatureCount, nameof(data)));
    }

    /// <summary>The data set with standardized targets; <see cref="Invert(Span{float})"/> takes a network's outputs back.</summary>
    /// <exception cref="ArgumentException">The number of targets is another.</exception>
    public TargetDataset ApplyToTargets(TargetDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithTargets(Applied(data.Targets, data.ExactTargets, data.TargetSize, nameof(data)));
    }

    /// <summary>The data set whose chunks have standardized features.</summary>
    /// <exception cref="ArgumentException">The number of features is another; when a chunk is read.</exception>
    public ChunkedDataset<LabeledDataset> ApplyToFeatures(ChunkedDataset<LabeledDataset> data) => data.Map(ApplyToFeatures);

    /// <inheritdoc cref="ApplyToFeatures(ChunkedDataset{LabeledDataset})"/>
    public ChunkedDataset<TargetDataset> ApplyToFeatures(ChunkedDataset<TargetDataset> data) => data.Map(ApplyToFeatures);

    /// <summary>The data set whose chunks have standardized targets.</summary>
    /// <exception cref="ArgumentException">The number of targets is another; when a chunk is read.</exception>
    public ChunkedDataset<TargetDataset> ApplyToTargets(ChunkedDataset<TargetDataset> data) => data.Map(ApplyToTargets);

    /// <summary>Standardizes n rows in place: <c>(x - mean) / scale</c>.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns.</exception>
    public void Apply(Span<float> rows)
    {
        CheckRows(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            rows[i] = Standard(rows[i], i % means.Length);
    }

    /// <summary>Standardizes n rows of numbers that floats may not hold: <c>(x - mean) / scale</c>.</summary>
    /// <param name="rows">The numbers, row by row.</param>
    /// <param name="standardized">Takes the standardized numbers; as long as <paramref name="rows"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are no multiple of the number of columns.</exception>
    public void Apply(ReadOnlySpan<double> rows, Span<float> standardized)
    {
        CheckRows(rows.Length);
        CheckLength(rows.Length, standardized.Length, nameof(standardized));
        for (int i = 0; i < rows.Length; i++)
            standardized[i] = Standard(rows[i], i % means.Length);
    }

    /// <summary>Takes n standardized rows back in place: <c>x scale + mean</c>.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns.</exception>
    public void Invert(Span<float> rows)
    {
        CheckRows(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (float)Original(rows[i], i % means.Length);
    }

    /// <summary>Takes n standardized rows back to numbers that floats may not hold: <c>x scale + mean</c>.</summary>
    /// <param name="rows">The standardized numbers, row by row, such as a network's outputs.</param>
    /// <param name="original">Takes the numbers; as long as <paramref name="rows"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are no multiple of the number of columns.</exception>
    public void Invert(ReadOnlySpan<float> rows, Span<double> original)
    {
        CheckRows(rows.Length);
        CheckLength(rows.Length, original.Length, nameof(original));
        for (int i = 0; i < rows.Length; i++)
            original[i] = Original(rows[i], i % means.Length);
    }

    private static Standardizer FitMatrix<T>(ReadOnlySpan<T> values, int columns) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length == 0 || values.Length % columns != 0)
            throw new ArgumentException($"There are {values.Length} values, which is not a positive multiple of columns, {columns}; give {columns} for each sample.", nameof(values));

        CheckFinite(values, columns, 0);
        var moments = new ColumnMoments(columns);
        moments.Add(values);
        return Of(moments, columns);
    }

    private static Standardizer FitChunks<TData>(ChunkedDataset<TData> train, Func<TData, int> columnsOf, Action<ColumnMoments, TData, long> add)
        where TData : Dataset
    {
        ArgumentNullException.ThrowIfNull(train);
        ColumnMoments? moments = null;
        int columns = 0;
        long first = 0;
        for (int chunk = 0; chunk < train.ChunkCount; chunk++)
        {
            TData data = train.Read(chunk);
            columns = columnsOf(data);
            add(moments ??= new ColumnMoments(columns), data, first);
            first += data.Count;
        }

        return Of(moments ?? throw new ArgumentException("The data set has no chunks; a mean takes at least one sample.", nameof(train)), columns);
    }

    private static Standardizer Of(ColumnMoments moments, int columns)
    {
        (double Mean, double? Variance)[] all = [.. Enumerable.Range(0, columns).Select(moments.Of)];
        return new Standardizer([.. all.Select(column => column.Mean)], [.. all.Select(column => Math.Sqrt(column.Variance ?? 1))]);
    }

    private static void CheckFinite<T>(ReadOnlySpan<T> values, int columns, long first) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (ColumnMoments.IndexOfNonFinite(values) is >= 0 and int i)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Column {i % columns} of sample {first + i / columns} is {values[i]}; a mean takes finite numbers, leave the sample out."), nameof(values));
    }

    private float Standard(double value, int column) => (float)((value - means[column]) / scales[column]);

    private double Original(float value, int column) => value * scales[column] + means[column];

    private float[] Applied(ReadOnlySpan<float> values, ExactValues? exact, int columns, string parameter)
    {
        if (columns != means.Length)
            throw new ArgumentException($"The data set has {columns} columns, but the standardizer was fitted on {means.Length}; fit one on its training set.", parameter);

        float[] applied = values.ToArray();
        if (exact is null)
            Apply(applied);
        else
            Apply(exact.Values, applied);
        return applied;
    }

    private void CheckRows(int length)
    {
        if (length % means.Length != 0)
            throw new ArgumentException($"There are {length} values, which is not a multiple of the {means.Length} columns; give {means.Length} for each row.", "rows");
    }

    private static void CheckLength(int rows, int other, string parameter)
    {
        if (rows != other)
            throw new ArgumentException($"There are {rows} values, but room for {other}; give as many.", parameter);
    }
}
