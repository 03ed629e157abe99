using System;
using System.Globalization;
using NetGen.Compiler.Binding;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Samples as a network takes them.</summary>
/// <param name="Raw">As the files have them.</param>
/// <param name="Ready">As they go in.</param>
/// <param name="Features">What the features were standardized with; null where they were not.</param>
/// <param name="Targets">What the targets were standardized with; null where they were not.</param>
internal sealed record PreparedData(DataSplit Raw, DataSplit Ready, Standardizer? Features, Standardizer? Targets)
{
    /// <summary>Standardizes what the network does not standardize itself, by the training samples alone.</summary>
    public static PreparedData Of(DataSplit raw, Network network, NetworkTask task, bool standardizes)
    {
        Standardizer? features = standardizes && !task.ScalesInput ? FeatureScaling.Fit(raw.Train, network.Input) : null;
        Standardizer? targets = standardizes && !task.ScalesOutput && raw.Train is TargetDataset train ? Standardizer.FitTargets(train) : null;
        return With(raw, features, targets);
    }

    /// <summary>Standardizes samples by what is known.</summary>
    public static PreparedData With(DataSplit raw, Standardizer? features, Standardizer? targets)
    {
        Dataset? Apply(Dataset? data) => data is null ? null : Standardized(data, features, targets);
        return new PreparedData(raw, raw with { Train = Apply(raw.Train)!, Validation = Apply(raw.Validation), Test = Apply(raw.Test) }, features, targets);
    }

    /// <summary>Samples as they go in.</summary>
    public static Dataset Standardized(Dataset data, Standardizer? features, Standardizer? targets) => data switch
    {
        LabeledDataset labeled => features is null ? labeled : features.ApplyToFeatures(labeled),
        TargetDataset numbers => Both(numbers, features, targets),
        FeatureDataset inputs => features is null ? inputs : features.ApplyToFeatures(inputs),
        _ => throw new ArgumentException("A data set of another kind.", nameof(data)),
    };

    /// <summary>What was standardized, as the end of a sentence; null where nothing was.</summary>
    public string? Scaling => (Features, Targets) switch
    {
        (not null, not null) => "features and targets standardized",
        (not null, null) => "features standardized",
        (null, not null) => "targets standardized",
        _ => null,
    };

    /// <summary>Checks that the samples fit the network, in the words of files and specs.</summary>
    /// <exception cref="RunException">They do not.</exception>
    public static void Check(Dataset data, string file, string spec, NetworkTask task)
    {
        if (data.FeatureCount != task.InputSize)
            throw new RunException(string.Create(CultureInfo.InvariantCulture, $"{file}: {Count(data.FeatureCount, "feature")} for each sample, "
                + $"but {spec} takes {task.InputSize}; leave columns out by --ignore, or state input: {data.FeatureCount} in the spec"));
        if (data is LabeledDataset labeled && labeled.ClassCount > task.ClassCount)
            throw new RunException(task.Answer == Answer.Binary
                ? string.Create(CultureInfo.InvariantCulture, $"{file}: there are {labeled.ClassCount} classes, but {spec} has a binary loss, for 2; "
                    + $"give its last layer {labeled.ClassCount} units with softmax, and loss: cross_entropy")
                : string.Create(CultureInfo.InvariantCulture, $"{file}: there are {labeled.ClassCount} classes, "
                    + $"but {spec} has outputs for {task.ClassCount}; give its last layer {labeled.ClassCount} units, or name the labels' column by --label"));
        if (data is TargetDataset targets && targets.TargetSize != task.OutputSize)
            throw new RunException(string.Create(CultureInfo.InvariantCulture, $"{file}: {Count(targets.TargetSize, "target")} for each sample, "
                + $"but {spec} gives {Count(task.OutputSize, "number")}; name {Count(task.OutputSize, "column")} by --targets, "
                    + $"or give its last layer {Count(targets.TargetSize, "unit")}"));
    }

    // "1 target", "2 targets".
    private static string Count(int count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    private static TargetDataset Both(TargetDataset data, Standardizer? features, Standardizer? targets)
    {
        if (features is not null)
            data = features.ApplyToFeatures(data);
        return targets is null ? data : targets.ApplyToTargets(data);
    }
}
