using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Callbacks, progress, and runs of steps.</summary>
public sealed class CallbackTests
{
    [Fact]
    public void Callbacks_are_called_around_steps_and_epochs_in_order()
    {
        var calls = new List<string>();

        new PlainNet().Fit(Flowers.Train, Flowers.Test, new TrainingOptions { Epochs = 2, BatchSize = 60, Callbacks = [new Log("a", calls), new Log("b", calls)] });

        Assert.Equal(
            [
                "a epoch 1 begins at 0", "b epoch 1 begins at 0", "a step 0", "b step 0", "a step 1 done", "b step 1 done", "a step 1", "b step 1", "a step 2 done", "b step 2 done",
                "a epoch 1 done", "b epoch 1 done",
                "a epoch 2 begins at 0", "b epoch 2 begins at 0", "a step 2", "b step 2", "a step 3 done", "b step 3 done", "a step 3", "b step 3", "a step 4 done", "b step 4 done",
                "a epoch 2 done", "b epoch 2 done",
            ],
            calls);
    }

    [Fact]
    public void A_callback_that_stops_after_a_step_ends_the_epoch_there_and_the_history_says_why()
    {
        TrainingHistory history = new PlainNet().Fit(
            Flowers.Train, Flowers.Test, new TrainingOptions { Epochs = 5, BatchSize = 10, Callbacks = [new StopAt(step: 17)] });

        Assert.Equal(StopReason.Stopped, history.StopReason);
        Assert.Equal("step 17 was enough", history.StopMessage);
        Assert.Equal(17, history.Steps);
        Assert.Equal(2, history.Epochs.Count);
        Assert.NotNull(history.Epochs[1].ValidationLoss);
        Assert.Contains("stopped (step 17 was enough) after 2 epochs and 17 steps", history.ToString());
    }

    [Fact]
    public void A_callback_that_stops_before_the_first_step_trains_nothing()
    {
        var net = new PlainNet();
        float[] before = net.Parameters.ToArray();

        TrainingHistory history = net.Fit(Flowers.Train, Flowers.Test, new TrainingOptions { Callbacks = [new StopAt(step: 0)] });

        Assert.Equal(StopReason.Stopped, history.StopReason);
        Assert.Empty(history.Epochs);
        Assert.Equal(before, net.Parameters.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(30)]
    public void A_run_of_steps_ends_with_the_last_and_validates_what_it_has(int steps)
    {
        var reports = new List<EpochReport>();
        var net = new PlainNet();

        TrainingHistory history = net.Fit(Flowers.Train, Flowers.Test, new TrainingOptions { Steps = steps, BatchSize = 10, RestoreBestWeights = false }, reports.Add);

        Assert.Equal(StopReason.Completed, history.StopReason);
        Assert.Equal(steps, net.Steps);
        Assert.Equal((steps + 11) / 12, reports.Count);
        Assert.Equal(net.Evaluate(Flowers.Test).Loss, reports[^1].ValidationLoss);
    }

    [Fact]
    public void Progress_comes_at_the_end_of_an_epoch_at_least_and_counts_its_steps()
    {
        var seen = new List<TrainingProgress>();

        new PlainNet().Fit(Flowers.Train, options: new TrainingOptions { Epochs = 2, BatchSize = 50, Progress = new Told(seen.Add) });

        Assert.Equal([(1, 3L, 3L), (2, 3, 3)], seen.Where(p => p.Step == p.StepsPerEpoch).Select(p => (p.Epoch, p.Step, p.StepsPerEpoch)));
        Assert.All(seen, p => Assert.True(p.Loss > 0 && p.Remaining >= TimeSpan.Zero));
        Assert.StartsWith("epoch 1/2: step ", seen[0].ToString());
    }

    [Fact]
    public void The_history_prints_its_epochs_and_which_weights_the_network_has()
    {
        TrainingHistory history = new PlainNet().Fit(Flowers.Train, Flowers.Test, new TrainingOptions { Epochs = 100, Metrics = [Metric.F1] });

        string[] lines = history.ToString().Split('\n');
        Assert.Equal(["epoch", "loss", "validation loss", "accuracy", "F1", "learning rate", "seconds"], lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(43, lines.Length);
        Assert.StartsWith("complete after 100 epochs and 400 steps, ", lines[^1]);
        Assert.EndsWith($"the network has the weights of epoch {history.Best!.Epoch}, the best.", lines[^1]);
    }

    private sealed class Log(string name, List<string> calls) : TrainingCallback
    {
        public override void BeforeEpoch(TrainingStatus status) => calls.Add($"{name} epoch {status.Epoch} begins at {status.SamplesDone}");

        public override void BeforeStep(TrainingStatus status) => calls.Add($"{name} step {status.Step}");

        public override void AfterStep(TrainingStatus status) => calls.Add($"{name} step {status.Step} done");

        public override void AfterEpoch(TrainingStatus status, EpochReport report) => calls.Add($"{name} epoch {report.Epoch} done");
    }

    private sealed class StopAt(int step) : TrainingCallback
    {
        public override void BeforeEpoch(TrainingStatus status) => AfterStep(status);

        public override void AfterStep(TrainingStatus status)
        {
            if (status.Step == step)
                status.Stop($"step {step} was enough");
        }
    }

    private sealed class Told(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
