using System;

namespace NetGen.Training;

/// <summary>How <see cref="Trainer"/> trains. The optimizer, its clipping and l2 are the spec's.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every sample is seen, at most; over 0.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Samples of a step, over 0; the last step of an epoch takes what is left, or see <see cref="DropLast"/>.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Whether an epoch leaves out the samples that do not fill a last batch, such as one sample that batch norm
    /// cannot train on. With <see cref="Shuffle"/> they are others in each epoch.
    /// </summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// Where the order of the samples comes from: each epoch's is drawn by SplitMix64 from the seed and the epoch's
    /// number. The same seed, data, network and instruction set give the same bits.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>Whether each epoch has an order of its own; otherwise every one has the order of the data set.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>One learning rate for all steps, over 0; null takes the schedule, or else the spec's.</summary>
    public float? LearningRate { get; init; }

    /// <summary>The learning rate of a step, by the network's <c>Steps</c> before it (from 0); null takes the spec's.</summary>
    public Func<long, float>? LearningRateSchedule { get; init; }

    /// <summary>
    /// Training stops after so many epochs without a better validation loss; over 0, and needs validation data.
    /// Null trains for all epochs.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>By how much the validation loss must fall for <see cref="Patience"/> to start anew; not negative.</summary>
    public double MinDelta { get; init; }

    /// <summary>
    /// Whether, where there is validation data, the network ends as it was after the epoch with the lowest
    /// validation loss: its parameters, its optimizer's state and its <c>Steps</c>.
    /// </summary>
    public bool RestoreBestWeights { get; init; } = true;
}
