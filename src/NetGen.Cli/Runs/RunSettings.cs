using System;
using System.Collections.Generic;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>How a network is trained, as the command line says; null where it is silent.</summary>
internal sealed record RunSettings
{
    private const int UsualEpochs = 100, FewestSteps = 3_000, FewestPatience = 10, UsualBatch = 32;

    /// <summary>How the data are divided.</summary>
    public required SplitSettings Split { get; init; }

    /// <summary>The most epochs; null takes 100, or as many as make 3,000 steps.</summary>
    public int? Epochs { get; init; }

    /// <summary>Samples of a step; null takes 32.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Epochs without an improvement after which the run ends; null takes a tenth of the epochs, at least 10, and 0 never ends it.</summary>
    public int? Patience { get; init; }

    /// <summary>One learning rate for all steps; null takes the spec's.</summary>
    public float? LearningRate { get; init; }

    /// <summary>The threads.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether features, and targets, are standardized where the network does not do that itself.</summary>
    public bool Standardizes { get; init; } = true;

    /// <summary>What is measured beside the usual.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What tells a better epoch; null takes the loss.</summary>
    public Metric? Monitor { get; init; }

    /// <summary>The training library's options.</summary>
    /// <param name="samples">What is trained on.</param>
    /// <param name="hasValidation">Whether there is something to choose the best epoch by.</param>
    /// <param name="metrics">What is measured after every epoch.</param>
    public TrainingOptions ToOptions(int samples, bool hasValidation, IReadOnlyList<Metric> metrics)
    {
        int batch = BatchSize ?? UsualBatch;
        long steps = (samples + batch - 1L) / batch;
        int epochs = Epochs ?? (int)Math.Max(UsualEpochs, (FewestSteps + steps - 1) / steps);
        int patience = Patience ?? Math.Max(FewestPatience, epochs / 10);
        return new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = batch,
            Seed = Split.Seed,
            Patience = hasValidation && patience > 0 ? patience : null,
            LearningRate = LearningRate,
            Workers = Workers,
            Metrics = metrics,
        };
    }
}
