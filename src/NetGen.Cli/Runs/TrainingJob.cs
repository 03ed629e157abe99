using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Trains a compiled network on prepared data.</summary>
/// <param name="network">The network.</param>
/// <param name="task">What it is asked.</param>
/// <param name="data">The data, as they go in.</param>
/// <param name="settings">How it is trained.</param>
internal sealed class TrainingJob(TrainableNetwork network, NetworkTask task, PreparedData data, RunSettings settings)
{
    private static readonly TimeSpan s_checkpointPause = TimeSpan.FromSeconds(5);

    /// <summary>What is measured after every epoch.</summary>
    public IReadOnlyList<Metric> Metrics => Findings.All(data.Ready.Validation ?? data.Ready.Train);

    /// <summary>Measures the network.</summary>
    public Findings Findings { get; } = new(network, task, data.Targets, [.. settings.Metrics.Select(m => Measures.InUnits(m, data.Targets))]);

    /// <summary>Trains it.</summary>
    /// <param name="display">What is shown.</param>
    /// <param name="checkpoint">The file of checkpoints; null for none.</param>
    /// <param name="resume">The run goes on from that file.</param>
    /// <param name="cancelled">Ends it after a step.</param>
    public (TrainingHistory History, TrainingCurves Curves) Train(IRunDisplay display, string? checkpoint, bool resume, CancellationToken cancelled)
    {
        if (network.LearnsNormalization)
            network.Adapt(data.Ready.Train);
        var losses = new StepLosses();
        TrainingOptions options = settings.ToOptions(data.Ready.Train.Count, data.Ready.Validation is not null, Metrics) with
        {
            Monitor = settings.Monitor is { } monitor && data.Ready.Validation is not null ? Measures.InUnits(monitor, data.Targets) : null,
            Callbacks = [losses],
            Checkpoint = checkpoint is null ? null : new CheckpointOptions(checkpoint) { EveryEpochs = 0, Every = s_checkpointPause, Resume = resume },
        };
        TrainingHistory history = display.Show(options.Epochs, (epochCompleted, progress) =>
            network.Fit(data.Ready.Train, data.Ready.Validation, options with { Progress = progress }, epochCompleted, cancelled));

        return (history, new TrainingCurves(history.Epochs, losses.Points));
    }
}
