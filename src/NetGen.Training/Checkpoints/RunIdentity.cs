using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training.Checkpoints;

/// <summary>
/// What a run must have in common with the one that it resumes, by name: the network, the data, and the options that decide on the bits of a step.
/// </summary>
internal sealed record RunIdentity(Dictionary<string, string> Values)
{
    private const string Table = "the network's parameters", Data = "the training data";

    /// <summary>Of a run.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="samples">The number of samples in the training data.</param>
    /// <param name="dataHash">The training data.</param>
    /// <param name="hasValidation">There is validation data.</param>
    public static RunIdentity Of<TNetwork>(TrainingOptions options, long samples, string dataHash, bool hasValidation) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        string table = string.Join("; ", TNetwork.ParameterTable.Select(static p =>
            FormattableString.Invariant($"{p.Name} [{string.Join(", ", p.Shape)}] at {p.Offset} by [{string.Join(", ", p.Strides)}]")));
        return new RunIdentity(new Dictionary<string, string>
        {
            [Table] = table,
            ["the floats of the optimizer's state"] = Text(TNetwork.OptimizerStateSize),
            ["the number of training samples"] = Text(samples),
            [Data] = dataHash,
            ["the presence of validation data"] = hasValidation ? "true" : "false",
            [nameof(options.BatchSize)] = Text(options.BatchSize),
            [nameof(options.AccumulateBatches)] = Text(options.AccumulateBatches),
            [nameof(options.DropLast)] = options.DropLast ? "true" : "false",
            [nameof(options.Seed)] = Text(options.Seed),
            [nameof(options.Shuffle)] = options.Shuffle ? "true" : "false",
            [nameof(options.Shards)] = Text(options.ShardCount),
            [nameof(options.AverageDecay)] = options.AverageDecay?.ToString(CultureInfo.InvariantCulture) ?? "null",
            [nameof(options.Frozen)] = $"[{string.Join(", ", options.Frozen)}]",
            ["the number of processes"] = Text(options.Processes?.Count ?? 1),
            ["the presence of an augmentation"] = options.Augmentation is null ? "false" : "true",
        });
    }

    /// <summary>What differs in another run, as the end of a sentence; null where nothing does.</summary>
    public string? DifferenceTo(RunIdentity other)
    {
        foreach ((string name, string value) in other.Values)
            if (Values.GetValueOrDefault(name) is var was && was != value)
                return name is Table or Data ? $"{name} differ" : $"{name} was {was ?? "not stated"}, and is {value}";

        return null;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
