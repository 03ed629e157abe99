using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

public sealed class TrainerStoppingTests
{
    private static readonly (LabeledDataset Train, LabeledDataset Test) sets =
        Dataset.FromCsv("data/iris.csv", label: "species").Split(0.2, seed: 1, stratify: true);

    // At so high a rate that the validation loss goes up and down.
    private static readonly TrainingOptions rough = new() { Epochs = 200, BatchSize = 8, LearningRate = 0.5f, Patience = 5 };

    [Fact]
    public void Training_stops_after_so_many_epochs_without_a_better_validation_loss()
    {
        TrainingHistory history = new LinearSoftmax<Iris>().Fit(sets.Train, sets.Test, rough);

        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(history.Best!.Epoch + 5, history.Epochs[^1].Epoch);
        Assert.Equal(history.Epochs.Min(epoch => epoch.ValidationLoss), history.Best.ValidationLoss);
        Assert.True(history.Epochs.Count < 200);
    }

    [Fact]
    public void The_best_weights_the_optimizers_state_and_the_steps_come_back_exactly()
    {
        var net = new LinearSoftmax<Iris>();
        var seen = new List<(float[] Parameters, float[] State, long Steps)>();

        TrainingHistory history = net.Fit(
            sets.Train, sets.Test, rough, epochCompleted: _ => seen.Add((net.Parameters.ToArray(), net.OptimizerState.ToArray(), net.Steps)));

        (float[] parameters, float[] state, long steps) = seen[history.Best!.Epoch - 1];
        Assert.Equal(parameters, net.Parameters.ToArray());
        Assert.Equal(state, net.OptimizerState.ToArray());
        Assert.Equal(steps, net.Steps);
        Assert.NotEqual(parameters, seen[^1].Parameters);
        Assert.Equal(history.Best.ValidationLoss, net.Evaluate(sets.Test).Loss);
        Assert.Equal(history.Best.ValidationAccuracy, net.Evaluate(sets.Test).Accuracy);
    }

    [Fact]
    public void The_last_weights_stay_where_the_best_are_not_asked_for()
    {
        var net = new LinearSoftmax<Iris>();
        float[] last = [];

        TrainingHistory history = net.Fit(
            sets.Train, sets.Test, rough with { RestoreBestWeights = false }, epochCompleted: _ => last = net.Parameters.ToArray());

        Assert.Equal(last, net.Parameters.ToArray());
        Assert.NotEqual(history.Epochs.Count, history.Best!.Epoch);
    }

    [Fact]
    public void Improvements_smaller_than_MinDelta_do_not_count_for_patience_but_for_the_best()
    {
        TrainingHistory history = new LinearSoftmax<Iris>().Fit(
            sets.Train, sets.Test, new TrainingOptions { Epochs = 50, LearningRate = 1e-5f, Patience = 3, MinDelta = 1 });

        // The first epoch is always better than none.
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(4, history.Epochs.Count);
        Assert.Equal(4, history.Best!.Epoch);
    }

    [Fact]
    public void Patience_that_ends_with_the_last_epoch_is_no_early_stop()
    {
        TrainingHistory history = new LinearSoftmax<Iris>().Fit(
            sets.Train, sets.Test, new TrainingOptions { Epochs = 4, LearningRate = 1e-5f, Patience = 3, MinDelta = 1 });

        Assert.Equal(StopReason.Completed, history.StopReason);
    }

    [Fact]
    public void A_loss_that_becomes_NaN_stops_with_the_epoch_and_the_step_and_the_best_weights_back()
    {
        var net = new LinearSoftmax<Iris>();
        float[] best = [];
        void Keep(EpochReport report)
        {
            if (report.IsBest)
                best = net.Parameters.ToArray();
        }

        // 15 steps an epoch; the step from 39 on spoils the weights, and the next one sees it.
        var error = Assert.Throws<TrainingDivergedException>(() => net.Fit(
            sets.Train, sets.Test,
            new TrainingOptions { Epochs = 10, BatchSize = 8, LearningRateSchedule = step => step < 39 ? 0.01f : 3e38f }, Keep));

        Assert.Equal((3, 41), (error.Epoch, error.Step));
        Assert.Contains("In epoch 3, at step 41 of the run, the loss became NaN, with a learning rate of 3E+38.", error.Message);
        Assert.Contains("weights of epoch 2 back", error.Message);
        Assert.Equal([1, 2], error.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(best, net.Parameters.ToArray());
        Assert.All(net.OptimizerState.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(30, net.Steps);
    }

    [Fact]
    public void A_NaN_in_the_first_epoch_gives_the_weights_from_before_back()
    {
        var net = new LinearSoftmax<Iris>();
        net.Parameters[0] = 0.5f;
        float[] before = net.Parameters.ToArray();

        var error = Assert.Throws<TrainingDivergedException>(() => net.Fit(sets.Train, options: new TrainingOptions { LearningRate = 3e38f }));

        Assert.Equal((1, 2), (error.Epoch, error.Step));
        Assert.Contains("weights from before the run back", error.Message);
        Assert.Equal(before, net.Parameters.ToArray());
        Assert.Equal(0, net.Steps);
    }

    [Fact]
    public void Weights_that_the_last_step_spoils_are_seen_with_and_without_validation()
    {
        // Features so large that the only step passes the largest float.
        var data = new LabeledDataset([1e30f, 0, 0, 0, 0, 1e30f, 0, 0], 4, [0, 1]);
        var options = new TrainingOptions { Epochs = 1, LearningRate = 1e30f };

        foreach (LabeledDataset? validation in (LabeledDataset?[])[null, sets.Test])
        {
            var net = new LinearSoftmax<Iris>();
            var error = Assert.Throws<TrainingDivergedException>(() => net.Fit(data, validation, options));

            Assert.Equal((1, 1), (error.Epoch, error.Step));
            Assert.Contains(validation is null ? "a weight became NaN or infinite" : "the validation loss became", error.Message);
            Assert.All(net.Parameters.ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Cancellation_ends_the_run_with_the_best_weights_and_the_history_so_far()
    {
        var net = new LinearSoftmax<Iris>();
        using var cancellation = new CancellationTokenSource();
        var seen = new List<float[]>();

        TrainingHistory history = net.Fit(
            sets.Train, sets.Test, rough with { Patience = null },
            report =>
            {
                seen.Add(net.Parameters.ToArray());
                if (report.Epoch == 12)
                    cancellation.Cancel();
            },
            cancellation.Token);

        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Equal(12, history.Epochs.Count);
        Assert.Equal(seen[history.Best!.Epoch - 1], net.Parameters.ToArray());
    }

    [Fact]
    public void Cancellation_within_an_epoch_leaves_that_epoch_out()
    {
        var net = new LinearSoftmax<Iris>();
        using var cancellation = new CancellationTokenSource();

        TrainingHistory history = net.Fit(
            sets.Train, null,
            new TrainingOptions
            {
                Epochs = 10,
                BatchSize = 8,
                LearningRateSchedule = step =>
                {
                    if (step == 20)
                        cancellation.Cancel();
                    return 0.01f;
                },
            },
            cancellationToken: cancellation.Token);

        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Single(history.Epochs);
        Assert.Equal(21, net.Steps);
    }

    [Fact]
    public void A_run_that_is_cancelled_before_it_begins_changes_nothing()
    {
        var net = new LinearSoftmax<Iris>();

        TrainingHistory history = net.Fit(sets.Train, sets.Test, cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Empty(history.Epochs);
        Assert.Null(history.Best);
        Assert.Equal(0, net.Steps);
    }

    [Fact]
    public void Every_epoch_is_reported_as_it_ends_with_a_line_for_the_console()
    {
        var reports = new List<EpochReport>();

        TrainingHistory history = new LinearSoftmax<Iris>().Fit(sets.Train, sets.Test, new TrainingOptions { Epochs = 3 }, reports.Add);

        Assert.Equal(history.Epochs, reports);
        Assert.Matches(@"^epoch 1/3: loss [\d.]+, validation loss [\d.]+, accuracy [\d.]+ %, [\d.]+ s, best$", reports[0].ToString());
        Assert.True(history.Duration > TimeSpan.Zero);
    }

    [Fact]
    public void Without_validation_data_a_report_has_no_validation_and_no_best()
    {
        TrainingHistory history = new LinearSoftmax<Iris>().Fit(sets.Train, options: new TrainingOptions { Epochs = 1 });

        Assert.Null(history.Best);
        Assert.Null(history.Epochs[0].ValidationLoss);
        Assert.Matches(@"^epoch 1/1: loss [\d.]+, [\d.]+ s$", history.Epochs[0].ToString());
    }
}
