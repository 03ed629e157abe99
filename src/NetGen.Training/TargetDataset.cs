using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>A data set for regression, or for any loss that compares the outputs with floats: each sample has target values.</summary>
public sealed class TargetDataset : Dataset
{
    private readonly float[] targets;

    /// <summary>A data set over the caller's arrays, which are kept, not copied.</summary>
    /// <param name="features">[Count, featureCount], row by row.</param>
    /// <param name="featureCount">Floats of one sample's features.</param>
    /// <param name="targets">[Count, targetSize], row by row.</param>
    /// <param name="targetSize">Floats of one sample's target.</param>
    /// <param name="targetNames">The names of the targets; null names them y0, y1, ….</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or there is no sample.</exception>
    public TargetDataset(
        float[] features, int featureCount, float[] targets, int targetSize = 1, IReadOnlyList<string>? targetNames = null,
        IReadOnlyList<string>? featureNames = null)
        : base(features, featureCount, featureNames)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        if (targets.Length != (long)Count * targetSize)
            throw new ArgumentException($"There are {targets.Length} target values for {Count} samples of {targetSize}; give {(long)Count * targetSize}.", nameof(targets));
        if (targetNames is not null && targetNames.Count != targetSize)
            throw new ArgumentException($"There are {targetNames.Count} target names for {targetSize} targets; give one for each, or null.", nameof(targetNames));

        this.targets = targets;
        TargetSize = targetSize;
        TargetNames = targetNames ?? [.. Enumerable.Range(0, targetSize).Select(i => FormattableString.Invariant($"y{i}"))];
    }

    /// <summary>All targets, [Count, TargetSize], row by row; rounded to floats as <see cref="Dataset.Features"/> are.</summary>
    public ReadOnlySpan<float> Targets => targets;

    /// <summary>Floats of one sample's target.</summary>
    public int TargetSize { get; }

    /// <summary>The targets' names: the columns of the file, or y0, y1, ….</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>The targets in double, where floats are too coarse for the file's numbers.</summary>
    internal ExactValues? ExactTargets { get; init; }

    /// <summary>The targets of one sample, [TargetSize].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> TargetsOf(int sample)
    {
        CheckSample(sample);
        return targets.AsSpan(sample * TargetSize, TargetSize);
    }

    /// <summary>
    /// Splits the samples, shuffled, into a training and a test set. The order is drawn by SplitMix64 from the seed
    /// with the Fisher-Yates shuffle, and is the same on every platform and in every version.
    /// </summary>
    /// <param name="testFraction">The share of the test set, between 0 and 1; rounded, and at least one sample.</param>
    /// <param name="seed">Each seed gives another order.</param>
    /// <exception cref="ArgumentException">A set would be empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (TargetDataset Train, TargetDataset Test) Split(double testFraction, int seed = 0)
    {
        SampleSplit split = SampleSplit.Shuffled(Count, testFraction, seed);
        return (Subset(split.Train), Subset(split.Test));
    }

    /// <summary>Splits the samples so that all those of a group are in one set, such as those of one patient.</summary>
    /// <param name="testFraction">The share of the test set, between 0 and 1, which whole groups come near to.</param>
    /// <param name="groups">[Count]: a number for each sample, equal for those of one group; such as <see cref="Dataset.Groups"/>.</param>
    /// <param name="seed">Each seed gives another choice.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than samples, or fewer than two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (TargetDataset Train, TargetDataset Test) Split(double testFraction, ReadOnlySpan<int> groups, int seed = 0)
    {
        SampleGroups.Check(groups, Count);
        SampleSplit split = SampleSplit.Grouped(groups, testFraction, seed);
        return (Subset(split.Train), Subset(split.Test));
    }

    /// <summary>Splits samples that are in the order of time: the first train, and the last test.</summary>
    /// <param name="testFraction">The share of the test set, between 0 and 1; rounded, and at least one sample.</param>
    /// <exception cref="ArgumentException">A set would be empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (TargetDataset Train, TargetDataset Test) SplitInOrder(double testFraction)
    {
        SampleSplit split = SampleSplit.InOrder(Count, testFraction);
        return (Subset(split.Train), Subset(split.Test));
    }

    /// <summary>Cuts the samples, shuffled, into folds for cross-validation: each tests once, what the others train on.</summary>
    /// <param name="count">The number of folds, at least 2.</param>
    /// <param name="seed">Each seed gives other folds.</param>
    /// <returns>The two sets of each fold, made as they are asked for.</returns>
    /// <exception cref="ArgumentException">There are fewer samples than folds.</exception>
    public IEnumerable<(TargetDataset Train, TargetDataset Test)> Folds(int count, int seed = 0) =>
        SampleFolds.Shuffled(Count, count, seed).Select(split => (Subset(split.Train), Subset(split.Test)));

    /// <summary>Cuts the samples into folds so that all those of a group are in one, which whole groups make about equally large.</summary>
    /// <param name="count">The number of folds, at least 2.</param>
    /// <param name="groups">[Count]: a number for each sample, equal for those of one group; such as <see cref="Dataset.Groups"/>.</param>
    /// <param name="seed">Each seed gives other folds.</param>
    /// <returns>The two sets of each fold, made as they are asked for.</returns>
    /// <exception cref="ArgumentException">There are more or fewer numbers than samples, or fewer groups than folds.</exception>
    public IEnumerable<(TargetDataset Train, TargetDataset Test)> Folds(int count, ReadOnlySpan<int> groups, int seed = 0)
    {
        SampleGroups.Check(groups, Count);
        return SampleFolds.Grouped(groups, count, seed).Select(split => (Subset(split.Train), Subset(split.Test)));
    }

    /// <summary>
    /// Folds of samples that are in the order of time: the samples are cut into <paramref name="count"/> + 1 parts, and each fold trains on the parts before
    /// the one that it tests.
    /// </summary>
    /// <param name="count">The number of folds, at least 1.</param>
    /// <returns>The two sets of each fold, made as they are asked for.</returns>
    /// <exception cref="ArgumentException">There are too few samples.</exception>
    public IEnumerable<(TargetDataset Train, TargetDataset Test)> FoldsInOrder(int count) =>
        SampleFolds.InOrder(Count, count).Select(split => (Subset(split.Train), Subset(split.Test)));

    /// <summary>The data set of some samples, in the order given; its arrays are its own.</summary>
    /// <param name="samples">Numbers of samples, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public TargetDataset Subset(ReadOnlySpan<int> samples)
    {
        foreach (int sample in samples)
            CheckSample(sample);

        return new TargetDataset(
            Select(Features, FeatureCount, samples), FeatureCount, Select(Targets, TargetSize, samples), TargetSize, TargetNames, FeatureNames)
        {
            ExactFeatures = Select(ExactFeatures, FeatureCount, samples),
            Weights = SelectWeights(samples),
            ExactTargets = Select(ExactTargets, TargetSize, samples),
            SampleShape = SampleShape,
            GroupArray = Select<int>(GroupArray, 1, samples),
            Numbers = SelectNumbers(samples),
            CsvOptions = CsvOptions,
        };
    }

    /// <summary>The data set with other features for the same samples.</summary>
    /// <param name="features">[Count, FeatureCount]; kept, not copied.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public TargetDataset WithFeatures(float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Length != Features.Length)
            throw new ArgumentException($"There are {features.Length} features, but {Count} samples of {FeatureCount} take {Features.Length}.", nameof(features));

        return new TargetDataset(features, FeatureCount, targets, TargetSize, TargetNames, FeatureNames)
        {
            ExactTargets = ExactTargets,
            Weights = Weights,
            SampleShape = SampleShape,
            GroupArray = GroupArray,
            Numbers = Numbers,
            CsvOptions = CsvOptions,
        };
    }

    /// <summary>The data set with other targets for the same samples.</summary>
    /// <param name="targets">[Count, TargetSize]; kept, not copied.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public TargetDataset WithTargets(float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Length != Targets.Length)
            throw new ArgumentException($"There are {targets.Length} target values, but {Count} samples of {TargetSize} take {Targets.Length}.", nameof(targets));

        return new TargetDataset(FeatureArray, FeatureCount, targets, TargetSize, TargetNames, FeatureNames)
        {
            ExactFeatures = ExactFeatures,
            Weights = Weights,
            SampleShape = SampleShape,
            GroupArray = GroupArray,
            Numbers = Numbers,
            CsvOptions = CsvOptions,
        };
    }

    /// <summary>The data set with a weight for each sample, as <see cref="Dataset.SampleWeights"/> says.</summary>
    /// <param name="weights">[Count]; kept, not copied.</param>
    /// <exception cref="ArgumentException">The length differs, a weight is negative or not finite, or all are 0.</exception>
    public TargetDataset WithWeights(float[] weights) =>
        new(FeatureArray, FeatureCount, targets, TargetSize, TargetNames, FeatureNames)
        {
            ExactFeatures = ExactFeatures,
            ExactTargets = ExactTargets,
            Weights = CheckWeights(weights),
            SampleShape = SampleShape,
            GroupArray = GroupArray,
            Numbers = Numbers,
            CsvOptions = CsvOptions,
        };
}
