using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training;

/// <summary>
/// Samples for training and evaluation: a matrix [Count, FeatureCount] of features, row by row, and what belongs to
/// each sample: a label (<see cref="LabeledDataset"/>) or target values (<see cref="TargetDataset"/>).
/// </summary>
public abstract partial class Dataset
{
    private readonly float[] features;

    private protected Dataset(float[] features, int featureCount, IReadOnlyList<string>? featureNames)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (features.Length == 0)
            throw new ArgumentException("There are no features; a data set has at least one sample.", nameof(features));
        if (features.Length % featureCount != 0)
            throw new ArgumentException($"There are {features.Length} features, which is not a multiple of featureCount, {featureCount}; give {featureCount} for each sample.", nameof(features));
        if (featureNames is not null && featureNames.Count != featureCount)
            throw new ArgumentException($"There are {featureNames.Count} feature names for {featureCount} features; give one for each, or null.", nameof(featureNames));

        this.features = features;
        FeatureCount = featureCount;
        SampleShape = [featureCount];
        FeatureNames = featureNames ?? [.. Enumerable.Range(0, featureCount).Select(i => FormattableString.Invariant($"x{i}"))];
    }

    /// <summary>The number of samples.</summary>
    public int Count => features.Length / FeatureCount;

    /// <summary>Floats of one sample's features.</summary>
    public int FeatureCount { get; }

    /// <summary>The shape of one sample's features, as in [28, 28]: that of the file's array or image; otherwise [FeatureCount].</summary>
    public IReadOnlyList<int> SampleShape { get; internal init; }

    /// <summary>The features' names: the columns of the file, or x0, x1, ….</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>
    /// All features, [Count, FeatureCount], row by row. The numbers of a file are rounded to floats here; where floats
    /// are too coarse for a column, the data set also keeps doubles, and <see cref="Standardizer"/> takes those.
    /// </summary>
    public ReadOnlySpan<float> Features => features;

    /// <summary>
    /// Options that read another file in the same way: the same feature columns in the same order, with the same
    /// categories and fill values. Null for data that are not from a file.
    /// </summary>
    public CsvOptions? CsvOptions { get; internal init; }

    /// <summary>
    /// What each sample's loss counts in training, [Count]; empty where all count alike. A step's loss is the mean with these weights: <c>sum w l /
    /// sum w</c> over the samples of the batch. Evaluation does not read them.
    /// </summary>
    public ReadOnlySpan<float> SampleWeights => Weights;

    /// <summary>Whether the samples have weights.</summary>
    internal bool HasWeights => Weights is not null;

    /// <summary>The array behind <see cref="SampleWeights"/>.</summary>
    internal float[]? Weights { get; init; }

    /// <summary>
    /// [Count]: a number for each sample, equal for those that belong together, from the <see cref="CsvOptions.Group"/> column of a CSV file; otherwise empty.
    /// </summary>
    public ReadOnlySpan<int> Groups => GroupArray;

    /// <summary>The array behind <see cref="Groups"/>.</summary>
    internal int[]? GroupArray { get; init; }

    /// <summary>Where the samples were in the data set that was read; null where they are where they were.</summary>
    internal int[]? Numbers { get; init; }

    /// <summary>The features in double, where floats are too coarse for the file's numbers.</summary>
    internal ExactValues? ExactFeatures { get; init; }

    /// <summary>The features of one sample, [FeatureCount].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> FeaturesOf(int sample)
    {
        CheckSample(sample);
        return features.AsSpan(sample * FeatureCount, FeatureCount);
    }

    /// <summary>The number, from 0, that a sample had in the data set from which this one was split or chosen; its own otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int OriginOf(int sample)
    {
        CheckSample(sample);
        return Numbers is null ? sample : Numbers[sample];
    }

    /// <summary>The array behind <see cref="Features"/>, for data sets that share it; never written.</summary>
    private protected float[] FeatureArray => features;

    private protected void CheckSample(int sample)
    {
        if ((uint)sample >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(sample), sample, $"There are {Count} samples, from 0 to {Count - 1}.");
    }

    /// <summary>Checks weights that are given for the samples.</summary>
    private protected float[] CheckWeights(float[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != Count)
            throw new ArgumentException($"There are {weights.Length} weights for {Count} samples; give one for each.", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
            if (!(float.IsFinite(weights[i]) && weights[i] >= 0))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The weight of sample {i} is {weights[i]}; a weight is a finite number that is not negative."), nameof(weights));
        if (weights.AsSpan().IndexOfAnyExcept(0f) < 0)
            throw new ArgumentException("Every weight is 0, so that nothing would be trained; give at least one sample a weight above 0.", nameof(weights));

        return weights;
    }

    /// <summary>The weights of some samples, if there are any.</summary>
    private protected float[]? SelectWeights(ReadOnlySpan<int> samples) => Weights is null ? null : Select<float>(Weights, 1, samples);

    /// <summary>Where some samples were.</summary>
    private protected int[] SelectNumbers(ReadOnlySpan<int> samples) => Numbers is null ? samples.ToArray() : Select<int>(Numbers, 1, samples);

    /// <summary>Copies the rows of some samples, for a new data set; <paramref name="size"/> values a row.</summary>
    private protected static T[] Select<T>(ReadOnlySpan<T> values, int size, ReadOnlySpan<int> samples)
    {
        if (values.IsEmpty)
            return [];

        var selected = new T[checked(samples.Length * size)];
        for (int i = 0; i < samples.Length; i++)
            values.Slice(samples[i] * size, size).CopyTo(selected.AsSpan(i * size));

        return selected;
    }

    /// <summary>The same of the numbers in double, if there are any.</summary>
    private protected static ExactValues? Select(ExactValues? exact, int size, ReadOnlySpan<int> samples) =>
        exact is null ? null : exact with { Values = Select<double>(exact.Values, size, samples) };
}
