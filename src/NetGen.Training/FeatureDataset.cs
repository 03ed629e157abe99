using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>Samples without labels or targets: what a trained network is applied to (<see cref="Trainer.Predict"/>).</summary>
public sealed class FeatureDataset : Dataset
{
    /// <summary>A data set over the caller's array, which is kept, not copied.</summary>
    /// <param name="features">[Count, featureCount], row by row.</param>
    /// <param name="featureCount">Floats of one sample.</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or there is no sample.</exception>
    public FeatureDataset(float[] features, int featureCount, IReadOnlyList<string>? featureNames = null) : base(features, featureCount, featureNames)
    {
    }

    /// <summary>The texts of the columns that a CSV file was read with for keeping, such as an id, for each sample; empty without.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Kept { get; internal init; } = [];

    /// <summary>The data set with other features for the same samples.</summary>
    /// <param name="features">[Count, FeatureCount]; kept, not copied.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public FeatureDataset WithFeatures(float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Length != Features.Length)
            throw new ArgumentException($"There are {features.Length} features, but {Count} samples of {FeatureCount} take {Features.Length}.", nameof(features));

        return new FeatureDataset(features, FeatureCount, FeatureNames) { SampleShape = SampleShape, GroupArray = GroupArray, Numbers = Numbers, CsvOptions = CsvOptions, Kept = Kept };
    }
}
