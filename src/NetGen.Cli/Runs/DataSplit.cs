using System;
using System.Globalization;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>How data are divided into what trains, what chooses the best epoch and what tests.</summary>
/// <param name="ValidationFraction">The share of all samples that validates; 0 for none.</param>
/// <param name="TestFraction">The share of all samples that tests; 0 for none.</param>
/// <param name="Seed">Each gives another order.</param>
/// <param name="IsInOrder">The samples are in the order of time: the first train, and the last test.</param>
internal sealed record SplitSettings(double ValidationFraction, double TestFraction, int Seed, bool IsInOrder);

/// <summary>Samples, divided.</summary>
/// <param name="Train">What the network is trained on.</param>
/// <param name="Validation">What chooses the best epoch; null for none.</param>
/// <param name="Test">What tests; null for none.</param>
/// <param name="How">How they were divided, as the end of a sentence: "shuffled, each class by itself, seed 0".</param>
internal sealed record DataSplit(Dataset Train, Dataset? Validation, Dataset? Test, string How)
{
    // Fewer samples of a class cannot be in all three sets.
    private const int FewestOfClass = 5;

    /// <summary>Divides samples.</summary>
    /// <param name="data">All of them.</param>
    /// <param name="test">A test set of its own; null takes a share of the data.</param>
    /// <param name="settings">The shares.</param>
    public static DataSplit Of(Dataset data, Dataset? test, SplitSettings settings)
    {
        (double validation, double tested) = (settings.ValidationFraction, test is null ? settings.TestFraction : 0);
        if (validation + tested >= 1)
            throw new RunException(string.Create(CultureInfo.InvariantCulture, $"--validation-fraction {validation} and --test-fraction {tested} "
                + $"leave nothing to train on; let them add up to less than 1"));

        Dataset rest = data;
        Dataset? checkedOn = null;
        if (tested > 0)
            (rest, test) = Cut(data, tested, settings);
        if (validation > 0)
            (rest, checkedOn) = Cut(rest, validation / (1 - tested), settings);
        string how = settings.IsInOrder ? "in the order of the file"
            : !data.Groups.IsEmpty ? $"shuffled by groups, seed {settings.Seed}"
            : IsStratified(data) ? $"shuffled, each class by itself, seed {settings.Seed}"
            : $"shuffled, seed {settings.Seed}";
        return new DataSplit(rest, checkedOn, test, how);
    }

    /// <summary>The folds of what is not tested on.</summary>
    public static DataSplit[] Folds(Dataset data, int count, SplitSettings settings)
    {
        string how = $"{count} folds";
        return data switch
        {
            LabeledDataset labeled => [.. (settings.IsInOrder ? labeled.FoldsInOrder(count)
                : !data.Groups.IsEmpty ? labeled.Folds(count, data.Groups, settings.Seed)
                : labeled.Folds(count, settings.Seed, IsStratified(data))).Select(fold => new DataSplit(fold.Train, fold.Test, null, how))],
            TargetDataset targets => [.. (settings.IsInOrder ? targets.FoldsInOrder(count)
                : !data.Groups.IsEmpty ? targets.Folds(count, data.Groups, settings.Seed)
                : targets.Folds(count, settings.Seed)).Select(fold => new DataSplit(fold.Train, fold.Test, null, how))],
            _ => throw new ArgumentException("The samples have no answers.", nameof(data)),
        };
    }

    private static (Dataset Train, Dataset Test) Cut(Dataset data, double fraction, SplitSettings settings) => data switch
    {
        LabeledDataset labeled => Pair(settings.IsInOrder ? labeled.SplitInOrder(fraction)
            : !data.Groups.IsEmpty ? labeled.Split(fraction, data.Groups, settings.Seed)
            : labeled.Split(fraction, settings.Seed, IsStratified(data))),
        TargetDataset targets => Pair(settings.IsInOrder ? targets.SplitInOrder(fraction)
            : !data.Groups.IsEmpty ? targets.Split(fraction, data.Groups, settings.Seed)
            : targets.Split(fraction, settings.Seed)),
        _ => throw new ArgumentException("The samples have no answers.", nameof(data)),
    };

    private static (Dataset, Dataset) Pair<TData>((TData Train, TData Test) sets) where TData : Dataset => (sets.Train, sets.Test);

    private static bool IsStratified(Dataset data) =>
        data is LabeledDataset { LabelSize: 1, IgnoredLabel: null } labeled && labeled.ClassCounts.All(static count => count == 0 || count >= FewestOfClass);
}
