using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;
using Xunit;

namespace NetGen.EndToEnd.Tests;

/// <summary>An optimizer with a state and a schedule, in the hands of the trainer and of a user.</summary>
public sealed class OptimizerTests
{
    private static readonly LabeledDataset s_data = new(
        [.. Enumerable.Range(0, 5 * 24).Select(static k => (float)Math.Sin(k * 12.9898))], 5, [.. Enumerable.Range(0, 24).Select(static k => k % 3)]);

    private static readonly TrainingOptions s_options = new() { Epochs = 1, BatchSize = 8, Shuffle = false };

    [Fact]
    public void The_trainer_follows_the_schedule_by_the_steps_taken()
    {
        List<float> rates = [];
        var net = new Scheduled();
        net.Fit(s_data, options: s_options with { Epochs = 4 }, epochCompleted: report => rates.Add(report.LearningRate));

        Assert.Equal(12, net.Steps);
        for (int epoch = 0; epoch < 4; epoch++)
            Assert.Equal(0.02 * Math.Pow(0.9, (3 * epoch) + 2), rates[epoch], 1e-7);
    }

    /// <summary>Parameters, state and steps are all that training leaves behind.</summary>
    [Fact]
    public void A_run_that_is_cut_in_two_ends_with_the_same_bits()
    {
        var whole = new Scheduled();
        whole.Fit(s_data, options: s_options with { Epochs = 5 });

        var first = new Scheduled();
        first.Fit(s_data, options: s_options with { Epochs = 2 });
        var second = new Scheduled(seed: 99);
        first.Parameters.CopyTo(second.Parameters);
        StateOf(first).CopyTo(StateOf(second));
        second.Steps = first.Steps;
        second.Fit(s_data, options: s_options with { Epochs = 3 });

        Assert.Equal(whole.Parameters.ToArray(), second.Parameters.ToArray());
        Assert.Equal(StateOf(whole).ToArray(), StateOf(second).ToArray());
        Assert.True(whole.Loss(s_data.Features, s_data.Labels) < new Scheduled().Loss(s_data.Features, s_data.Labels));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var net = new Scheduled();
        Train(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Train(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Train(int times)
        {
            for (int k = 0; k < times; k++)
            {
                net.TrainStep(s_data.Features[..5], s_data.Labels[..1]);
                net.TrainStep(s_data.Features, s_data.Labels);
                net.OptimizerStep();
            }
        }
    }

    private static Span<float> StateOf<TNetwork>(TNetwork network) where TNetwork : class, ITrainableNetwork<TNetwork> => network.OptimizerState;
}
