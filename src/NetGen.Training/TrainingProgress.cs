using System;
using System.Globalization;

namespace NetGen.Training;

/// <summary>How far an epoch is. As text, it is a line for the console.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The epochs that were asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The steps of this epoch that are done.</summary>
    public required long Step { get; init; }

    /// <summary>The steps of this epoch.</summary>
    public required long StepsPerEpoch { get; init; }

    /// <summary>The mean of the steps' losses in this epoch, by samples.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The time since the epoch began, in this process.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The time that the rest of the epoch's steps take at the pace so far.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>As in <c>epoch 3/50: step 120/938, loss 0.412, 0.8 s, 5.4 s left</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {Epoch}/{Epochs}: step {Step}/{StepsPerEpoch}, loss {Loss:g4}, {Elapsed.TotalSeconds:0.0} s, {Remaining.TotalSeconds:0.0} s left");
}
