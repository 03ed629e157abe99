using System;
using System.Diagnostics;
using NetGen.Training.Checkpoints;

namespace NetGen.Training.Loop;

/// <summary>Tells how far an epoch is, not more often than a person can read.</summary>
internal sealed class RunProgress(TrainingOptions options)
{
    private static readonly long interval = Stopwatch.Frequency / 10;

    private long total;
    private long started;
    private long firstPosition;
    private long next;

    /// <summary>An epoch begins, or goes on.</summary>
    public void Begin(RunState state, long samples)
    {
        total = samples;
        firstPosition = state.Position;
        started = Stopwatch.GetTimestamp();
        next = started + interval;
    }

    /// <summary>A step is done.</summary>
    public void AfterStep(RunState state)
    {
        if (options.Progress is not { } progress)
            return;
        long now = Stopwatch.GetTimestamp();
        if (now < next && state.Position < total)
            return;

        next = now + interval;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started, now);
        progress.Report(new TrainingProgress
        {
            Epoch = state.Epoch,
            Epochs = options.Epochs,
            Step = (state.Position + options.SamplesPerStep - 1) / options.SamplesPerStep,
            StepsPerEpoch = options.StepsPerEpoch(total),
            Loss = state.LossSum / state.Position,
            LearningRate = state.LearningRate,
            Elapsed = elapsed,
            Remaining = elapsed * ((double)(total - state.Position) / (state.Position - firstPosition)),
        });
    }
}
