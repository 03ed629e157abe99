using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Processes;

/// <summary>Training in several processes: the same as in one with batches of all of theirs, and all end together.</summary>
public sealed class ProcessTrainingTests
{
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 2, 1)]
    [InlineData(2, 1, 2)]
    public void Processes_train_what_one_trains_with_a_batch_of_all_of_theirs(int processes, int shards, int accumulated)
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 6, Shards = shards, AccumulateBatches = accumulated };
        var one = new PlainNet();
        TrainingHistory expected = one.Fit(Flowers.Train, Flowers.Test, options with { BatchSize = 6 * processes, Shards = 1 });

        (PlainNet Net, TrainingHistory History)[] all = Succeed(ThreadGroup.Run(processes, group => Train(new PlainNet(), options with { Processes = group })));

        Assert.Equal(expected.Steps, all[0].History.Steps);
        for (int i = 0; i < one.Parameters.Length; i++)
            Assert.Equal(one.Parameters[i], all[0].Net.Parameters[i], 1e-5f * Math.Max(1, Math.Abs(one.Parameters[i])));
        Assert.Equal(expected.Epochs[^1].ValidationLoss!.Value, all[0].History.Epochs[^1].ValidationLoss!.Value, 1e-5);
    }

    [Fact]
    public void All_processes_end_with_the_bits_of_the_first_whatever_they_began_with()
    {
        var options = new TrainingOptions { Epochs = 2, BatchSize = 8, AverageDecay = 0.9f, Frozen = ["hidden.bias"], Metrics = [Metric.F1], MeasureTraining = true };

        (DropoutNet Net, TrainingHistory History)[] all = Succeed(ThreadGroup.Run(3, group =>
        {
            var net = new DropoutNet(seed: 10 + group.Rank);
            ParameterOf(net, "hidden.bias").Fill(group.Rank == 0 ? -0f : group.Rank);
            return Train(net, options with { Processes = group });
        }));

        Assert.All(all, one => Assert.Equal(Bits(all[0].Net.Parameters), Bits(one.Net.Parameters)));
        Assert.All(all, one => Assert.Equal(StateBits(all[0].Net), StateBits(one.Net)));
        Assert.All(all, one => Assert.Equal(all[0].History.Epochs.Select(static e => e.ValidationLoss), one.History.Epochs.Select(static e => e.ValidationLoss)));
        Assert.All(ParameterOf(all[2].Net, "hidden.bias").ToArray(), static bias => Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(bias)));
    }

    [Theory]
    [InlineData(0, "step", 8)]
    [InlineData(1, "step", 8)]
    [InlineData(1, "last step", 20)] // of the epoch: no further one is taken
    [InlineData(2, "epoch", 20)]
    [InlineData(2, "before", 1)]
    public void A_process_that_stops_stops_all(int rank, string when, int steps)
    {
        TrainingHistory[] all = [.. Succeed(ThreadGroup.Run(3, group => Train(new PlainNet(), new TrainingOptions
        {
            Epochs = 9,
            BatchSize = 2,
            Processes = group,
            Callbacks = group.Rank == rank ? [new StopAt(when)] : [],
        }))).Select(static one => one.History)];

        Assert.All(all, static history => Assert.Equal(StopReason.Stopped, history.StopReason));
        Assert.All(all, (history, i) => Assert.Equal(i == rank ? "enough" : "another process stopped the run", history.StopMessage));
        Assert.All(all, history => Assert.Equal(steps, history.Steps));
    }

    [Fact]
    public void A_process_that_is_cancelled_cancels_all_after_the_same_step()
    {
        TrainingHistory[] all = [.. Succeed(ThreadGroup.Run(3, group =>
        {
            using var source = new CancellationTokenSource();
            var options = new TrainingOptions { BatchSize = 2, Processes = group, Callbacks = group.Rank == 1 ? [new CancelAt(5, source)] : [] };
            return Train(new PlainNet(), options, source.Token);
        })).Select(static one => one.History)];

        Assert.All(all, static history => Assert.Equal(StopReason.Cancelled, history.StopReason));
        Assert.All(all, static history => Assert.Equal(6, history.Steps));
    }

    [Fact]
    public void A_loss_that_diverges_is_thrown_in_all_processes_and_all_have_the_same_weights_back()
    {
        var nets = new PlainNet[3];

        var all = ThreadGroup.Run(3, group => Train(nets[group.Rank] = new PlainNet(seed: group.Rank), new TrainingOptions { BatchSize = 4, LearningRate = 1e30f, Processes = group }));

        Assert.All(all, static one => Assert.IsType<TrainingDivergedException>(one.Error));
        Assert.All(nets, net => Assert.Equal(Bits(nets[0].Parameters), Bits(net.Parameters)));
    }

    [Fact]
    public void A_process_that_throws_is_no_reason_to_wait_for_ever()
    {
        var all = ThreadGroup.Run(3, group => Train(new PlainNet(), new TrainingOptions { BatchSize = 4, Processes = group, Callbacks = group.Rank == 1 ? [new ThrowAt(3)] : [] }));

        Assert.IsType<NotSupportedException>(all[1].Error);
        Assert.IsType<ProcessGroupException>(all[0].Error);
        Assert.IsType<ProcessGroupException>(all[2].Error);
    }

    [Fact]
    public void A_group_of_one_trains_and_stops_like_none()
    {
        var alone = new DropoutNet();
        TrainingHistory expected = alone.Fit(Flowers.Train, Flowers.Test, new TrainingOptions { BatchSize = 8, Callbacks = [new StopAt("step")] });

        var (net, history) = Succeed(ThreadGroup.Run(1, group => Train(new DropoutNet(), new TrainingOptions { BatchSize = 8, Processes = group, Callbacks = [new StopAt("step")] })))[0];

        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal(alone.Parameters.ToArray(), net.Parameters.ToArray());
    }

    internal static (TNetwork Net, TrainingHistory History) Train<TNetwork>(TNetwork net, TrainingOptions options, CancellationToken cancellation = default)
        where TNetwork : class, IClassifierNetwork<TNetwork> => (net, net.Fit(Flowers.Train, Flowers.Test, options, cancellationToken: cancellation));

    internal static T[] Succeed<T>((T? Result, Exception? Error)[] all)
    {
        Assert.All(all, static one => Assert.Null(one.Error));
        return [.. all.Select(static one => one.Result!)];
    }

    internal static int[] Bits(ReadOnlySpan<float> floats) => Array.ConvertAll(floats.ToArray(), BitConverter.SingleToInt32Bits);

    internal static int[] StateBits<TNetwork>(TNetwork net) where TNetwork : class, ITrainableNetwork<TNetwork> => Bits(net.OptimizerState);

    private static Span<float> ParameterOf(DropoutNet net, string name)
    {
        NetworkParameter parameter = NetworkTable<DropoutNet>().First(p => p.Name == name);
        return net.Parameters.Slice(parameter.Offset, parameter.Shape[0]);
    }

    private static IReadOnlyList<NetworkParameter> NetworkTable<TNetwork>() where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable;

    private sealed class StopAt(string when) : TrainingCallback
    {
        public override void BeforeEpoch(TrainingStatus status) => Stop(status, when == "before");

        public override void AfterStep(TrainingStatus status) => Stop(status, (when == "step" && status.Step == 7) || (when == "last step" && status.Step == 20));

        public override void AfterEpoch(TrainingStatus status, EpochReport report) => Stop(status, when == "epoch");

        private static void Stop(TrainingStatus status, bool now)
        {
            if (now)
                status.Stop("enough");
        }
    }

    private sealed class CancelAt(long step, CancellationTokenSource source) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status)
        {
            if (status.Step == step)
                source.Cancel();
        }
    }

    private sealed class ThrowAt(long step) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status)
        {
            if (status.Step == step)
                throw new NotSupportedException();
        }
    }
}
