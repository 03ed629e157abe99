using System;
using System.IO;
using NetGen.Training.Tests.Networks;
using Xunit;
using static NetGen.Training.Tests.Processes.ProcessTrainingTests;

namespace NetGen.Training.Tests.Processes;

/// <summary>
/// What processes must have in common, checkpoints included: a difference is thrown in all of them, where they would wait for each other or train different
/// networks.
/// </summary>
public sealed class ProcessAgreementTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, Func<TrainingOptions, TrainingOptions>> Differences { get; } = new()
    {
        { "BatchSize, which is 9 in process 1", static o => o with { BatchSize = 9 } },
        { "Epochs, which is 8 in process 1", static o => o with { Epochs = 8 } },
        { "Steps, which is 8 in process 1", static o => o with { Steps = 8 } },
        { "Seed, which is -1 in process 1", static o => o with { Seed = -1 } },
        { "LearningRate, which is 0.5 in process 1", static o => o with { LearningRate = 0.5f } },
        { "the presence of a learning-rate schedule, which is True in process 1", static o => o with { LearningRateSchedule = static _ => 0.1f } },
        { "Frozen, which is hidden in process 1", static o => o with { Frozen = ["hidden"] } },
        { "Metrics, which is F1 in process 1", static o => o with { Metrics = [Metric.F1] } },
        { "Monitor, which is F1 in process 1", static o => o with { Monitor = Metric.F1 } },
        { "AverageDecay, which is 0.5 in process 1", static o => o with { AverageDecay = 0.5f } },
        { "the presence of a checkpoint, which is True in process 1", static o => o with { Checkpoint = new CheckpointOptions("x") } },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Options_that_differ_are_named_in_all_processes(string message, Func<TrainingOptions, TrainingOptions> change)
    {
        var all = ThreadGroup.Run(3, group =>
        {
            var options = new TrainingOptions { BatchSize = 4, Epochs = 2, Processes = group };
            return Train(new PlainNet(), group.Rank == 1 ? change(options) : options);
        });

        Assert.All(all, static one => Assert.IsType<ArgumentException>(one.Error));
        Assert.Contains($"1 of 3 processes differ from the first in {message}; give every process the same network, data and options.", all[1].Error!.Message);
    }

    [Fact]
    public void Data_that_differ_are_named_in_all_processes()
    {
        LabeledDataset train = Flowers.Train, test = Flowers.Test;
        float[] changed = test.Features.ToArray();
        changed[5] += 1;

        var training = ThreadGroup.Run(2, group => new PlainNet().Fit(group.Rank == 0 ? train : Flowers.Test, test, new TrainingOptions { Processes = group }));
        var absent = ThreadGroup.Run(2, group => new PlainNet().Fit(train, group.Rank == 0 ? test : null, new TrainingOptions { Processes = group }));
        var validation = ThreadGroup.Run(2, group => new PlainNet().Fit(train, group.Rank == 0 ? test : test.WithFeatures(changed), new TrainingOptions { Processes = group }));
        var steps = ThreadGroup.Run(2, group => new PlainNet { Steps = group.Rank }.Fit(train, test, new TrainingOptions { Processes = group }));

        Assert.All(training, static one => Assert.Contains("1 of 2 processes differ from the first in the number of training samples, which is", Assert.IsType<ArgumentException>(one.Error).Message));
        Assert.All(absent, static one => Assert.Contains("in the number of validation samples, which is", Assert.IsType<ArgumentException>(one.Error).Message));
        Assert.All(validation, static one => Assert.Contains("in the validation data; give", Assert.IsType<ArgumentException>(one.Error).Message));
        Assert.All(steps, static one => Assert.Contains("in Steps of the network, which is", Assert.IsType<ArgumentException>(one.Error).Message));
    }

    [Fact]
    public void A_run_that_is_resumed_by_all_processes_gives_the_bits_of_one_that_never_stopped()
    {
        TrainingOptions Options(ThreadGroup group, int epochs) => new()
        {
            Epochs = epochs,
            BatchSize = 8,
            AverageDecay = 0.9f,
            Processes = group,
            Checkpoint = new CheckpointOptions(folder.File("run.safetensors")) { EverySteps = 3, Resume = true },
        };
        (DropoutNet Net, TrainingHistory)[] whole = Succeed(ThreadGroup.Run(2, group => Train(new DropoutNet(), Options(group, 4) with { Checkpoint = null })));

        Succeed(ThreadGroup.Run(2, group => Train(new DropoutNet(), Options(group, 2))));
        var broken = ThreadGroup.Run(2, group => Train(new DropoutNet(), Options(group, 4) with { Callbacks = [new Failing(21)] }));
        (DropoutNet Net, TrainingHistory)[] resumed = Succeed(ThreadGroup.Run(2, group => Train(new DropoutNet(seed: 7 + group.Rank), Options(group, 4))));

        Assert.All(broken, static one => Assert.IsType<NotSupportedException>(one.Error));
        Assert.All(resumed, one => Assert.Equal(Bits(whole[0].Net.Parameters), Bits(one.Net.Parameters)));
        Assert.All(resumed, one => Assert.Equal(StateBits(whole[0].Net), StateBits(one.Net)));
    }

    [Fact]
    public void A_checkpoint_that_not_all_machines_see_is_an_error_in_all_processes()
    {
        TrainingOptions Options(ThreadGroup group) => new()
        {
            Epochs = 1, BatchSize = 8, Processes = group, Checkpoint = new CheckpointOptions(folder.File($"run{group.Rank}.safetensors")) { Resume = true },
        };
        Succeed(ThreadGroup.Run(2, group => Train(new PlainNet(), Options(group))));

        var all = ThreadGroup.Run(2, group => Train(new PlainNet(), Options(group)));

        Assert.All(all, static one => Assert.Contains("put it where all machines see it", Assert.IsType<ArgumentException>(one.Error).Message));
    }

    [Fact]
    public void A_checkpoint_that_one_process_cannot_read_or_write_is_an_error_in_all()
    {
        File.WriteAllText(folder.File("run1.safetensors"), "damaged");

        var reading = ThreadGroup.Run(2, group => Train(new PlainNet(), new TrainingOptions
        {
            Processes = group, Checkpoint = new CheckpointOptions(folder.File($"run{group.Rank}.safetensors")) { Resume = true },
        }));
        var writing = ThreadGroup.Run(2, group => Train(new PlainNet(), new TrainingOptions { Processes = group, Checkpoint = new CheckpointOptions(folder.File("none/run.safetensors")) }));

        Assert.IsType<CheckpointException>(reading[1].Error);
        Assert.Equal("1 of 2 processes could not read the checkpoint; their own exceptions say why.", Assert.IsType<ProcessGroupException>(reading[0].Error).Message);
        Assert.IsType<DirectoryNotFoundException>(writing[0].Error);
        Assert.Equal("1 of 2 processes could not write the checkpoint; their own exceptions say why.", Assert.IsType<ProcessGroupException>(writing[1].Error).Message);
    }

    public void Dispose() => folder.Dispose();

    private sealed class Failing(long step) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status)
        {
            if (status.Step == step)
                throw new NotSupportedException();
        }
    }
}
