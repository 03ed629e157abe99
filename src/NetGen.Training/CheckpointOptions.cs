using System;

namespace NetGen.Training;

/// <summary>
/// Where and how often a run is saved. The file is a safetensors file that <see cref="Weights.LoadWeights{TNetwork}(TNetwork, string, WeightNames)"/>
/// reads as well. It is written beside and renamed, so there is always a whole one. A run that was resumed from it gives the bits of one that was
/// never interrupted.
/// </summary>
/// <param name="Path">The file; its folder must exist.</param>
public sealed record CheckpointOptions(string Path)
{
    /// <summary>Saves after every so many epochs; 0 only when the run ends or is cancelled, or when <see cref="Every"/> says so.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>Saves within an epoch after every so many steps too; null does not.</summary>
    public long? EverySteps { get; init; }

    /// <summary>Saves after the step or the epoch at which so much time has passed since the file was written; null does not.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>
    /// Whether the run goes on from the file, where there is one: a run that was complete then is not trained again, unless more <see
    /// cref="TrainingOptions.Epochs"/> are
    /// asked for. Otherwise a new run begins, and replaces it.
    /// </summary>
    public bool Resume { get; init; }
}
