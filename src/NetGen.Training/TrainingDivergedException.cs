using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// The loss or the weights became NaN or infinite. The network has the last good weights: those of the best epoch,
/// without validation data or <see cref="TrainingOptions.RestoreBestWeights"/> those of the last whole epoch, and in
/// the first epoch those from before the run; with them the optimizer's state and <c>Steps</c> of that time.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string message, int epoch, long step, float learningRate, string? layer, IReadOnlyList<EpochReport> epochs)
        : base(message)
    {
        Epoch = epoch;
        Step = step;
        LearningRate = learningRate;
        Layer = layer;
        Epochs = epochs;
    }

    /// <summary>The epoch in which it happened, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step of the run at which it was seen, counted from 1.</summary>
    public long Step { get; }

    /// <summary>The learning rate of that step.</summary>
    public float LearningRate { get; }

    /// <summary>The first layer whose weights or values are not finite; null where that could not be told.</summary>
    public string? Layer { get; }

    /// <summary>The epochs that were finished before.</summary>
    public IReadOnlyList<EpochReport> Epochs { get; }
}
