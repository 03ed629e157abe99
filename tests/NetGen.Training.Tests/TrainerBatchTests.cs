using System;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>How an epoch is cut into batches, and what is refused before the first step.</summary>
public sealed class TrainerBatchTests
{
    [Theory]
    [InlineData(33, 32, "33 samples in batches of 32 (BatchSize) leave 1 for the last, which the network refuses: inputs has 1 sample, but the batch norm 'norm' "
        + "takes the variance over the batch: train on at least 2; set DropLast = true, or another BatchSize, such as 31.")]
    [InlineData(3, 2, "3 samples in batches of 2 (BatchSize) leave 1 for the last, which the network refuses: inputs has 1 sample")]
    [InlineData(5, 1, "BatchSize is 1, which the network refuses: inputs has 1 sample, but the batch norm 'norm' takes the variance over the batch: train on at least 2; set a larger BatchSize.")]
    [InlineData(1, 32, "There is 1 sample to train on, which the network refuses: inputs has 1 sample")]
    public void A_batch_of_one_sample_that_the_network_refuses_is_found_before_the_first_step(int samples, int batchSize, string message)
    {
        var net = new PairNetwork();

        var error = Assert.Throws<ArgumentException>(() => net.Fit(Ramp(samples), options: new TrainingOptions { BatchSize = batchSize }));

        Assert.Equal("options", error.ParamName);
        Assert.Contains(message, error.Message);
        Assert.Empty(net.Batches);
        Assert.All(net.Parameters.ToArray(), static weight => Assert.Equal(0, weight));
    }

    [Theory]
    [InlineData(3, 2, "such as 3.")]
    [InlineData(33, 32, "such as 31.")]
    [InlineData(5, 4, "such as 3.")]
    [InlineData(7, 3, "such as 4.")]
    [InlineData(7, 2, "such as 4.")]
    public void The_batch_size_that_is_proposed_trains(int samples, int batchSize, string proposal)
    {
        string message = Assert.Throws<ArgumentException>(() => new PairNetwork().Fit(Ramp(samples), options: new TrainingOptions { BatchSize = batchSize })).Message;

        Assert.Contains(proposal, message);
        new PairNetwork().Fit(Ramp(samples), options: new TrainingOptions { BatchSize = int.Parse(proposal.Split(' ', '.')[2]) });
    }

    [Fact]
    public void A_network_that_takes_one_sample_trains_on_a_last_batch_of_one()
    {
        var net = new LinearRegression<OneOutput>();

        net.Fit(Ramp(33), options: new TrainingOptions { Epochs = 2, BatchSize = 32 });
        net.Fit(Ramp(3), options: new TrainingOptions { Epochs = 1, BatchSize = 1 });

        Assert.Equal(2 * 2 + 3, net.Steps);
    }

    [Fact]
    public void DropLast_leaves_out_other_samples_in_each_epoch()
    {
        var net = new PairNetwork();

        TrainingHistory history = net.Fit(Ramp(33), options: new TrainingOptions { Epochs = 3, BatchSize = 16, DropLast = true });

        Assert.Equal([16, 16, 16, 16, 16, 16], net.Batches);
        Assert.Equal(6, net.Steps);
        int[] leftOut = [.. Enumerable.Range(0, 3).Select(epoch => Enumerable.Range(0, 33).Single(i => !net.Seen.Skip(32 * epoch).Take(32).Contains(i)))];
        Assert.True(leftOut.Distinct().Count() > 1);
        Assert.All(history.Epochs, static epoch => Assert.True(double.IsFinite(epoch.TrainLoss)));
    }

    [Fact]
    public void The_mean_loss_of_an_epoch_is_over_the_samples_that_it_took()
    {
        var net = new PairNetwork();
        var options = new TrainingOptions { Epochs = 1, BatchSize = 2, DropLast = true, Shuffle = false, LearningRate = 1e-30f };

        TrainingHistory history = net.Fit(new TargetDataset([0, 0, 0], 1, [1, 3, 100]), options: options);

        Assert.Equal(5, history.Epochs[0].TrainLoss); // (1 + 9) / 2
    }

    [Fact]
    public void DropLast_that_leaves_no_batch_is_refused() => Assert.Contains(
        "There are 33 samples, which do not fill a batch of 64 (BatchSize), and DropLast leaves them all out; set a BatchSize of at most 33.",
        Assert.Throws<ArgumentException>(() => new PairNetwork().Fit(Ramp(33), options: new TrainingOptions { BatchSize = 64, DropLast = true })).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(65)]
    public void Validation_takes_any_number_of_samples(int count)
    {
        var net = new PairNetwork();

        TrainingHistory history = net.Fit(Ramp(32), Ramp(count), new TrainingOptions { Epochs = 1 });

        Assert.NotNull(history.Epochs[0].ValidationLoss);
    }

    private static TargetDataset Ramp(int count)
    {
        float[] numbers = [.. Enumerable.Range(0, count).Select(static i => (float)i)];
        return new TargetDataset(numbers, 1, [.. numbers.Select(static x => 0.01f * x)]);
    }
}
