using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Checkpoints;

/// <summary>A run that was interrupted and resumed gives the bits of one that never was.</summary>
public sealed class ResumptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("run.safetensors");

    public static TheoryData<string, TrainingOptions> Options { get; } = new()
    {
        { "plain", new TrainingOptions { Epochs = 3, BatchSize = 50 } },
        { "shards", new TrainingOptions { Epochs = 3, BatchSize = 50, Shards = 3, Workers = 2 } },
        { "accumulated", new TrainingOptions { Epochs = 3, BatchSize = 20, AccumulateBatches = 2, DropLast = true } },
        { "averaged", new TrainingOptions { Epochs = 3, BatchSize = 50, AverageDecay = 0.9f, Frozen = ["hidden.bias"] } },
        { "plateau", new TrainingOptions { Epochs = 3, BatchSize = 50, LearningRate = 0.5f, ReduceOnPlateau = new ReduceOnPlateau { Patience = 1, Factor = 0.5f, MinDelta = 1 } } },
        { "patient", new TrainingOptions { Epochs = 9, BatchSize = 50, LearningRate = 1e-5f, Patience = 1, MinDelta = 1 } },
        { "steps", new TrainingOptions { Steps = 8, BatchSize = 50, Metrics = [Metric.F1], Monitor = Metric.Accuracy } },
        { "augmented", new TrainingOptions { Epochs = 3, BatchSize = 50, Augmentation = static (features, random) => features[random.NextInt(4)] += random.NextGaussian() } },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void A_run_that_is_cut_at_any_step_and_resumed_ends_with_the_same_bits(string what, TrainingOptions options)
    {
        AssertResumes(static () => new DropoutNet(), options, what);
        AssertResumes(static () => new NormalizedNet(), options, what);
    }

    [Fact]
    public void A_regression_resumes_too()
    {
        (TargetDataset train, TargetDataset test) = Dataset.FromCsv("data/diabetes.csv", target: "progression").Split(0.3, seed: 1);
        var scaler = Standardizer.FitTargets(train);
        (train, test) = (scaler.ApplyToTargets(train), scaler.ApplyToTargets(test));
        var whole = new RegressionNet();
        whole.Fit(train, test, new TrainingOptions { Epochs = 2, BatchSize = 100 });

        for (int cut = 1; cut < 8; cut++)
        {
            var options = new TrainingOptions { Epochs = 2, BatchSize = 100, Checkpoint = new CheckpointOptions(Path) { Resume = true } };
            using var stop = new CancellationTokenSource();
            new RegressionNet().Fit(train, test, options with { Callbacks = [new CutAfter(cut, stop)] }, cancellationToken: stop.Token);
            var resumed = new RegressionNet(seed: 99);
            resumed.Fit(train, test, options);
            Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
            File.Delete(Path);
        }
    }

    [Fact]
    public void A_run_in_chunks_resumes_too()
    {
        LabeledDataset[] parts = [.. Enumerable.Range(0, 4).Select(i => Flowers.Train.Subset([.. Enumerable.Range(i * 30, 30)]))];
        var chunks = new Chunks<LabeledDataset>(parts);
        var whole = new DropoutNet();
        whole.Fit(chunks, Flowers.Test, new TrainingOptions { Epochs = 2, BatchSize = 25 });

        for (int cut = 1; cut < 10; cut++)
        {
            var options = new TrainingOptions { Epochs = 2, BatchSize = 25, Checkpoint = new CheckpointOptions(Path) { Resume = true } };
            using var stop = new CancellationTokenSource();
            new DropoutNet().Fit(chunks, Flowers.Test, options with { Callbacks = [new CutAfter(cut, stop)] }, cancellationToken: stop.Token);
            var resumed = new DropoutNet(seed: 99);
            resumed.Fit(chunks, Flowers.Test, options);
            Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
            File.Delete(Path);
        }
    }

    [Fact]
    public void A_run_that_is_resumed_with_more_epochs_is_the_longer_run()
    {
        var options = new TrainingOptions { BatchSize = 40, Checkpoint = new CheckpointOptions(Path) { Resume = true } };
        var whole = new DropoutNet();
        TrainingHistory history = whole.Fit(Flowers.Train, Flowers.Test, options with { Epochs = 6, Checkpoint = null });
        new DropoutNet().Fit(Flowers.Train, Flowers.Test, options with { Epochs = 4 });

        var longer = new DropoutNet(seed: 99);
        TrainingHistory resumed = longer.Fit(Flowers.Train, Flowers.Test, options with { Epochs = 6 });

        Assert.Equal(whole.Parameters.ToArray(), longer.Parameters.ToArray());
        Assert.Equal(5, resumed.ResumedEpoch);
        Assert.Equal(history.Epochs.Select(e => (e.TrainLoss, e.ValidationLoss, e.IsBest)), resumed.Epochs.Select(e => (e.TrainLoss, e.ValidationLoss, e.IsBest)));
    }

    [Fact]
    public void A_run_that_was_complete_is_not_trained_again()
    {
        var options = new TrainingOptions { Epochs = 3, Checkpoint = new CheckpointOptions(Path) { Resume = true } };
        var first = new DropoutNet();
        first.Fit(Flowers.Train, Flowers.Test, options);

        var again = new DropoutNet(seed: 99);
        TrainingHistory history = again.Fit(Flowers.Train, Flowers.Test, options with { Callbacks = [new CutAfter(1, null)] });

        Assert.Equal(first.Parameters.ToArray(), again.Parameters.ToArray());
        Assert.Equal(3, history.Epochs.Count);
        Assert.Equal(StopReason.Completed, history.StopReason);
    }

    [Fact]
    public void A_run_that_is_cancelled_at_random_moments_by_another_thread_ends_with_the_same_bits()
    {
        var options = new TrainingOptions { Epochs = 12, BatchSize = 8, Workers = 2 };
        var whole = new DropoutNet();
        whole.Fit(Flowers.Train, Flowers.Test, options);

        var random = new Random(1);
        int cuts = 0;
        for (int attempt = 0; attempt < 1000; attempt++)
        {
            using var stop = new CancellationTokenSource();
            var timer = new Thread(() =>
            {
                Thread.SpinWait(random.Next(200_000));
                stop.Cancel();
            });
            timer.Start();
            DropoutNet net = attempt == 0 ? new DropoutNet() : new DropoutNet(seed: attempt);
            TrainingHistory history = net.Fit(
                Flowers.Train, Flowers.Test, options with { Checkpoint = new CheckpointOptions(Path) { Resume = true } }, cancellationToken: stop.Token);
            timer.Join();
            if (history.StopReason == StopReason.Completed)
            {
                Assert.Equal(whole.Parameters.ToArray(), net.Parameters.ToArray());
                Assert.True(cuts > 0, "no run was cut");
                return;
            }

            cuts++;
        }

        Assert.Fail("1,000 attempts did not come to the end.");
    }

    public void Dispose() => folder.Dispose();

    private void AssertResumes<TNetwork>(Func<TNetwork> create, TrainingOptions options, string what) where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        TNetwork whole = create();
        TrainingHistory history = whole.Fit(Flowers.Train, Flowers.Test, options);
        var checkpoint = new CheckpointOptions(Path) { Resume = true };

        for (int cut = 1; cut <= history.Steps; cut++)
        {
            using var stop = new CancellationTokenSource();
            TrainingHistory first = create().Fit(
                Flowers.Train, Flowers.Test, options with { Checkpoint = checkpoint, Callbacks = [new CutAfter(cut, stop)] }, cancellationToken: stop.Token);
            Assert.Equal(cut, first.Steps);

            TNetwork resumed = create();
            resumed.Parameters.Fill(7); // whatever it begins with
            TrainingHistory second = resumed.Fit(Flowers.Train, Flowers.Test, options with { Checkpoint = checkpoint });

            Assert.True(whole.Parameters.SequenceEqual(resumed.Parameters), $"{what}, cut after step {cut}: the parameters differ");
            Assert.True(whole.OptimizerState.SequenceEqual(resumed.OptimizerState), $"{what}, cut after step {cut}: the optimizer's state differs");
            Assert.Equal(whole.Steps, resumed.Steps);
            Assert.Equal(history.StopReason, second.StopReason);
            Assert.Equal(history.RestoredEpoch, second.RestoredEpoch);
            Assert.Equal(Numbers(history), Numbers(second));
            File.Delete(Path);
        }
    }

    private static List<(double, double?, double?, float, bool, double)> Numbers(TrainingHistory history) =>
        [.. history.Epochs.Select(e => (e.TrainLoss, e.ValidationLoss, e.ValidationAccuracy, e.LearningRate, e.IsBest, e.Metrics.GetValueOrDefault("F1")))];

    private sealed class CutAfter(int step, CancellationTokenSource? stop) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status)
        {
            if (stop is null)
                Assert.Fail("a step was taken");
            if (status.Step == step)
                stop.Cancel();
        }
    }
}
