using System;

namespace NetGen.Training;

/// <summary>How <see cref="Trainer"/> looks for a learning rate: a short run whose rate grows from step to step by a constant factor.</summary>
public sealed record LearningRateSearch
{
    /// <summary>The first rate, over 0.</summary>
    public float From { get; init; } = 1e-6f;

    /// <summary>
    /// The last rate, over <see cref="From"/>; the search ends earlier where the loss grows beyond <see cref="StopFactor"/> times its lowest.
    /// </summary>
    public float To { get; init; } = 10;

    /// <summary>Steps, at least 10.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Samples of a step, over 0.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Where the order of the samples comes from.</summary>
    public int Seed { get; init; }

    /// <summary>The search ends where the smoothed loss is over so many times its lowest; over 1.</summary>
    public double StopFactor { get; init; } = 4;
}
