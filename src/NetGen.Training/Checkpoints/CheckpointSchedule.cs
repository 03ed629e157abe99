using System;
using System.Diagnostics;
using System.IO;
using NetGen.Training.Files;

namespace NetGen.Training.Checkpoints;

/// <summary>When a run is saved. Of several processes, the first one saves, and all read.</summary>
internal sealed class CheckpointSchedule<TNetwork>(TrainingOptions options, CheckpointFile<TNetwork> file) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly CheckpointOptions when = options.Checkpoint!;
    private readonly TrainingCallback[] callbacks = [.. options.Callbacks];
    private long written;

    private bool IsTime => when.Every is { } time && Stopwatch.GetElapsedTime(written) >= time;

    private bool Writes => options.Processes is null or { Rank: 0 };

    /// <summary>Why the file could not be written the last time; null where it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>The state of the file; null where there is none to resume.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or that of another run.</exception>
    public RunState? Resume()
    {
        if (!when.Resume || !File.Exists(when.Path))
            return null;

        written = Stopwatch.GetTimestamp();
        RunState state = file.Read();
        for (int i = 0; i < Math.Min(state.Callbacks?.Length ?? 0, callbacks.Length); i++)
            if (state.Callbacks![i] is { } kept)
                callbacks[i].RestoreState(kept);
        if (Writes)
            WholeFile.RemoveLeftovers(when.Path);
        return state;
    }

    /// <summary>Saves a new run before its first step, so that a file that cannot be written is an error at once.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Begin(RunState state)
    {
        if (!Writes)
            return;
        Save(state);
        WholeFile.RemoveLeftovers(when.Path);
        written = Stopwatch.GetTimestamp();
    }

    /// <summary>An epoch is done.</summary>
    public void AfterEpoch(RunState state)
    {
        if ((when.EveryEpochs > 0 && state.Epoch % when.EveryEpochs == 0) || IsTime)
            Write(state);
    }

    /// <summary>A step is done, and the epoch is not.</summary>
    /// <param name="state">The run.</param>
    /// <param name="epochStarted">When the epoch began, in this process.</param>
    public void AfterStep(RunState state, long epochStarted)
    {
        bool isDue = (when.EverySteps is { } steps && state.Step % steps == 0) || IsTime;
        if (!isDue)
            return;

        double before = state.EpochSeconds;
        state.EpochSeconds += Stopwatch.GetElapsedTime(epochStarted).TotalSeconds;
        Write(state);
        state.EpochSeconds = before;
    }

    /// <summary>The run has ended, or was cancelled.</summary>
    public void End(RunState state) => Write(state);

    // A full disk is no reason to lose the run: the file before is still there, and the next attempt may succeed.
    private void Write(RunState state)
    {
        if (!Writes)
            return;
        try
        {
            Save(state);
            Problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = $"The checkpoint '{when.Path}' could not be written: {e.Message} The one before is still there.";
        }

        written = Stopwatch.GetTimestamp();
    }

    private void Save(RunState state)
    {
        string?[] kept = Array.ConvertAll(callbacks, static callback => callback.SaveState());
        state.Callbacks = Array.TrueForAll(kept, static text => text is null) ? null : kept;
        file.Write(state);
    }
}
