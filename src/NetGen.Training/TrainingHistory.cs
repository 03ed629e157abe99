using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>How a training run went.</summary>
/// <param name="Epochs">The epochs that were finished, in order; empty if the run was cancelled in the first.</param>
/// <param name="StopReason">Why it ended.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochReport> Epochs, StopReason StopReason)
{
    /// <summary>The epoch with the lowest validation loss, the first of equals; null without validation data.</summary>
    public EpochReport? Best => Epochs.LastOrDefault(epoch => epoch.IsBest);

    /// <summary>The time of the finished epochs.</summary>
    public TimeSpan Duration => Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);
}
