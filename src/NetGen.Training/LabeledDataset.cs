using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training;

/// <summary>A data set for classification: each sample has a label, the number of its class.</summary>
public sealed class LabeledDataset : Dataset
{
    private const int MostUnnamedClasses = 1 << 24;

    private readonly int[] labels;

    /// <summary>A data set over the caller's arrays, which are kept, not copied.</summary>
    /// <param name="features">[Count, featureCount], row by row.</param>
    /// <param name="featureCount">Floats of one sample.</param>
    /// <param name="labels">[Count, labelSize]; from 0 to the number of classes - 1.</param>
    /// <param name="classNames">The names of the classes; null names them "0", "1", … up to the largest label.</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <param name="labelSize">Labels of one sample: 1, or one for each step of a sequence.</param>
    /// <param name="ignoredLabel">A number, such as -1, that stands for a label which does not count; the network's loss states it as well
    /// (<c>ignore_label</c>).</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or there is no sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative or has no class.</exception>
    public LabeledDataset(
        float[] features, int featureCount, int[] labels, IReadOnlyList<string>? classNames = null,
        IReadOnlyList<string>? featureNames = null, int labelSize = 1, int? ignoredLabel = null)
        : base(features, featureCount, featureNames)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(labelSize, 1);
        if (labels.Length != (long)Count * labelSize)
            throw new ArgumentException($"There are {labels.Length} labels for {Count} samples of {labelSize}; give {(long)Count * labelSize}.", nameof(labels));

        int largest = classNames is null ? labels.Where(label => label != ignoredLabel).DefaultIfEmpty(-1).Max() : 0;
        if (largest >= MostUnnamedClasses)
            throw new ArgumentOutOfRangeException(nameof(labels), largest, $"Label {largest} of sample {Array.IndexOf(labels, largest) / labelSize} would make {largest + 1L} classes, over {MostUnnamedClasses}; number the classes from 0 without gaps, or name them by classNames.");

        int classCount = classNames?.Count ?? largest + 1;
        for (int i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)classCount && labels[i] != ignoredLabel)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Label {labels[i]} of sample {i / labelSize} is out of range: there are {classCount} classes, from 0 to {classCount - 1}.");

        this.labels = labels;
        LabelSize = labelSize;
        IgnoredLabel = ignoredLabel;
        ClassNames = classNames ?? [.. Enumerable.Range(0, classCount).Select(i => FormattableString.Invariant($"{i}"))];
    }

    /// <summary>All labels, [Count, LabelSize].</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>Labels of one sample: 1, or one for each step of a sequence.</summary>
    public int LabelSize { get; }

    /// <summary>The labels of one sample, [LabelSize].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<int> LabelsOf(int sample)
    {
        CheckSample(sample);
        return labels.AsSpan(sample * LabelSize, LabelSize);
    }

    /// <summary>The label that does not count; null where every one does.</summary>
    public int? IgnoredLabel { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The names of the classes, in the order of their numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How many labels each class has.</summary>
    public IReadOnlyList<int> ClassCounts
    {
        get
        {
            var counts = new int[ClassCount];
            foreach (int label in labels)
                if (label != IgnoredLabel)
                    counts[label]++;
            return counts;
        }
    }

    /// <summary>
    /// Weights by which every class counts alike, however rare: n / (k n_c) for class c, of n labels, k classes, and n_c labels of that class; as
    /// <c>class_weight="balanced"</c> in scikit-learn.
    /// </summary>
    /// <exception cref="InvalidOperationException">A class has no label.</exception>
    public float[] BalancedClassWeights()
    {
        IReadOnlyList<int> counts = ClassCounts;
        return [.. counts.Select((count, label) => count > 0
            ? (float)(counts.Sum() / ((double)counts.Count * count))
            : throw new InvalidOperationException($"Class {Excerpt.Quote(ClassNames[label])} has 0 of the {labels.Length} labels, and so no weight; take data with every class, or leave it out of classNames."))];
    }

    /// <summary>
    /// Splits the samples, shuffled, into a training and a test set. The order is drawn by SplitMix64 from the seed
    /// with the Fisher-Yates shuffle, and is the same on every platform and in every version.
    /// </summary>
    /// <param name="testFraction">The share of the test set, between 0 and 1; rounded, and at least one sample.</param>
    /// <param name="seed">Each seed gives another order.</param>
    /// <param name="stratify">Whether each class is split by itself, so that both sets have its share of it.</param>
    /// <exception cref="ArgumentException">A set would be empty, or samples with several labels were to be stratified.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (LabeledDataset Train, LabeledDataset Test) Split(double testFraction, int seed = 0, bool stratify = false)
    {
        CheckOneLabel(stratify);
        SampleSplit split = stratify
            ? SampleSplit.Stratified(labels, ClassCount, testFraction, seed)
            : SampleSplit.Shuffled(Count, testFraction, seed);
        return (Subset(split.Train), Subset(split.Test));
    }

    /// <summary>Splits the samples so that all those of a group are in one set, such as those of one patient.</summary>
    /// <param name="testFraction">The share of the test set, between 0 and 1, which whole groups come near to.</param>
    /// <param name="groups">[Count]: a number for each sample, equal for those of one group; such as <see cref="Dataset.Groups"/>.</param>
    /// <param name="seed">Each seed gives another choice.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than samples, or fewer than two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (LabeledDataset Train, LabeledDataset Test) Split(double testFraction, ReadOnlySpan<int> groups, int seed = 0)
    {
        SampleGroups.Check(groups, Count);
        SampleSplit split = SampleSplit.Grouped(groups, testFraction, seed);
        return (Subset(split.Train), Subset(split.Test));
    }

    /// <summary>Splits samples that are in the order of time: the first train, and the last test.</summary>
    /// <param name="testFraction">The share of the test set, between 0 and 1; rounded, and at least one sample.</param>
    /// <exception cref="ArgumentException">A set would be empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (LabeledDataset Train, LabeledDataset Test) SplitInOrder(double testFraction)
    {
        SampleSplit split = SampleSplit.InOrder(Count, testFraction);
        return (Subset(split.Train), Subset(split.Test));
    }

    /// <summary>Cuts the samples, shuffled, into folds for cross-validation: each tests once, what the others train on.</summary>
    /// <param name="count">The number of folds, at least 2.</param>
    /// <param name="seed">Each seed gives other folds.</param>
    /// <param name="stratify">Whether each class is dealt out by itself, so that every fold has its share of it.</param>
    /// <returns>The two sets of each fold, made as they are asked for.</returns>
    /// <exception cref="ArgumentException">There are fewer samples, or of a class to stratify, than folds.</exception>
    public IEnumerable<(LabeledDataset Train, LabeledDataset Test)> Folds(int count, int seed = 0, bool stratify = false)
    {
        CheckOneLabel(stratify);
        SampleSplit[] folds = stratify ? SampleFolds.Stratified(labels, ClassNames, count, seed) : SampleFolds.Shuffled(Count, count, seed);
        return folds.Select(split => (Subset(split.Train), Subset(split.Test)));
    }

    /// <summary>Cuts the samples into folds so that all those of a group are in one, which whole groups make about equally large.</summary>
    /// <param name="count">The number of folds, at least 2.</param>
    /// <param name="groups">[Count]: a number for each sample, equal for those of one group; such as <see cref="Dataset.Groups"/>.</param>
    /// <param name="seed">Each seed gives other folds.</param>
    /// <returns>The two sets of each fold, made as they are asked for.</returns>
    /// <exception cref="ArgumentException">There are more or fewer numbers than samples, or fewer groups than folds.</exception>
    public IEnumerable<(LabeledDataset Train, LabeledDataset Test)> Folds(int count, ReadOnlySpan<int> groups, int seed = 0)
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
    public IEnumerable<(LabeledDataset Train, LabeledDataset Test)> FoldsInOrder(int count) =>
        SampleFolds.InOrder(Count, count).Select(split => (Subset(split.Train), Subset(split.Test)));

    /// <summary>The data set of some samples, in the order given; its arrays are its own.</summary>
    /// <param name="samples">Numbers of samples, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public LabeledDataset Subset(ReadOnlySpan<int> samples)
    {
        foreach (int sample in samples)
            CheckSample(sample);

        return new LabeledDataset(
            Select(Features, FeatureCount, samples), FeatureCount, Select(Labels, LabelSize, samples), ClassNames, FeatureNames, LabelSize, IgnoredLabel)
        {
            ExactFeatures = Select(ExactFeatures, FeatureCount, samples),
            Weights = SelectWeights(samples),
            SampleShape = SampleShape,
            GroupArray = Select<int>(GroupArray, 1, samples),
            Numbers = SelectNumbers(samples),
            CsvOptions = CsvOptions,
        };
    }

    /// <summary>The data set with other features for the same samples.</summary>
    /// <param name="features">[Count, FeatureCount]; kept, not copied.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public LabeledDataset WithFeatures(float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Length != Features.Length)
            throw new ArgumentException($"There are {features.Length} features, but {Count} samples of {FeatureCount} take {Features.Length}.", nameof(features));

        return new LabeledDataset(features, FeatureCount, labels, ClassNames, FeatureNames, LabelSize, IgnoredLabel)
        {
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
    public LabeledDataset WithWeights(float[] weights) =>
        new(FeatureArray, FeatureCount, labels, ClassNames, FeatureNames, LabelSize, IgnoredLabel)
        {
            ExactFeatures = ExactFeatures,
            Weights = CheckWeights(weights),
            SampleShape = SampleShape,
            GroupArray = GroupArray,
            Numbers = Numbers,
            CsvOptions = CsvOptions,
        };

    /// <summary>
    /// The data set with one-hot targets in the place of labels, [Count, LabelSize * ClassCount], for a loss that
    /// takes no labels: 1 at the label, 0 elsewhere, and everywhere for a label that does not count.
    /// </summary>
    public TargetDataset ToOneHot()
    {
        var targets = new float[checked(labels.Length * ClassCount)];
        for (int i = 0; i < labels.Length; i++)
            if (labels[i] != IgnoredLabel)
                targets[i * ClassCount + labels[i]] = 1;

        return new TargetDataset(FeatureArray, FeatureCount, targets, LabelSize * ClassCount, LabelSize == 1 ? ClassNames : null, FeatureNames)
        {
            ExactFeatures = ExactFeatures,
            Weights = Weights,
            SampleShape = SampleShape,
            GroupArray = GroupArray,
            Numbers = Numbers,
            CsvOptions = CsvOptions,
        };
    }

    private void CheckOneLabel(bool stratify)
    {
        if (stratify && LabelSize != 1)
            throw new ArgumentException($"Samples with {LabelSize} labels cannot be stratified by class; split without.", nameof(stratify));
        if (stratify && IgnoredLabel is { } ignored && Array.IndexOf(labels, ignored) is >= 0 and int sample)
            throw new ArgumentException($"Sample {sample} has the label {ignored}, which does not count, so it is of no class to stratify by; split without.", nameof(stratify));
    }
}
