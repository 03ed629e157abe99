using System;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Runs alone: a garbage collection for another test would count towards this thread's bytes.</summary>
[Collection(nameof(TrainerAllocationTests))]
[CollectionDefinition(nameof(TrainerAllocationTests), DisableParallelization = true)]
public sealed class TrainerAllocationTests
{
    [Fact]
    public void Nothing_is_allocated_between_the_steps_of_an_epoch()
    {
        const int epochs = 200, stepsPerEpoch = 12;
        LabeledDataset train = Dataset.FromCsv("data/iris.csv", label: "species").Split(0.2, seed: 1).Train;
        var net = new LinearSoftmax<Iris>();

        net.Fit(train, options: new TrainingOptions { Epochs = epochs, BatchSize = 10 });

        // Of the second half, where all code is compiled. What the trainer allocated would show at each of the 1,100
        // steps; a collection by the runtime itself may close this thread's allocation context once or twice.
        int allocating = Enumerable.Range(epochs / 2 * stepsPerEpoch + 1, epochs / 2 * stepsPerEpoch - 1)
            .Count(step => step % stepsPerEpoch != 0 && net.Allocated[step] != net.Allocated[step - 1]);
        Assert.Equal(epochs * stepsPerEpoch, net.Allocated.Count);
        Assert.InRange(allocating, 0, 2);
    }

    [Fact]
    public void Nothing_is_allocated_for_the_steps_of_several_workers()
    {
        var watch = new Watch();

        LabeledDataset many = Flowers.Train.Subset([.. Enumerable.Range(0, 3000 * 24).Select(i => i % Flowers.Train.Count)]);
        new DropoutNet().Fit(many, options: new TrainingOptions { Epochs = 1, BatchSize = 12, Workers = 3, AccumulateBatches = 2, AverageDecay = 0.9f, Callbacks = [watch] });

        // Of all threads, in portions of 8 KB that each of them is given. One long epoch: a step of 64 bytes would make 128,000.
        Assert.InRange(watch.After - watch.Before, 0, 60_000);
        Assert.Equal(3000, watch.Steps);
    }

    private sealed class Watch : TrainingCallback
    {
        public long Steps { get; private set; }

        public long Before { get; private set; }

        public long After { get; private set; }

        public override void AfterStep(TrainingStatus status)
        {
            Steps = status.Step;
            if (Steps == 1000)
                Before = GC.GetTotalAllocatedBytes(precise: false);
            if (Steps == 3000)
                After = GC.GetTotalAllocatedBytes(precise: false);
        }
    }
}
