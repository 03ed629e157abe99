using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Training on chunks.</summary>
public sealed class ChunkedTrainingTests
{
    private static readonly Chunks<LabeledDataset> chunks = Cut(17, 40, 1, 62);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(500)]
    public void In_their_order_chunks_are_as_the_whole(int batchSize)
    {
        var options = new TrainingOptions { Epochs = 2, BatchSize = batchSize, Shuffle = false };
        var whole = new DropoutNet();
        whole.Fit(Flowers.Train, Flowers.Test, options);
        var parts = new DropoutNet();
        parts.Fit(chunks, Flowers.Test, options);

        Assert.Equal(whole.Parameters.ToArray(), parts.Parameters.ToArray());
    }

    [Fact]
    public void Shuffled_chunks_take_every_sample_once_in_every_epoch_in_another_order()
    {
        var data = new TargetDataset([.. Enumerable.Range(0, 100).Select(i => (float)i)], 1, new float[100]);
        var parts = new Chunks<TargetDataset>([.. Enumerable.Range(0, 5).Select(c => data.Subset([.. Enumerable.Range(20 * c, 20)]))]);
        var net = new PairNetwork();

        net.Fit(parts, options: new TrainingOptions { Epochs = 3, BatchSize = 7, DropLast = false, LearningRate = 1e-9f, Seed = 4 });

        List<float[]> epochs = [.. net.Seen.Chunk(100)];
        Assert.Equal(3, epochs.Count);
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 100).Select(i => (float)i), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.All(epochs[0].Chunk(20), chunk => Assert.Single(chunk.Select(value => (int)value / 20).Distinct())); // one chunk after another
    }

    [Fact]
    public void Chunks_are_read_once_in_an_epoch()
    {
        Chunks<LabeledDataset> parts = Cut(30, 30, 30, 30);

        new PlainNet().Fit(parts, options: new TrainingOptions { Epochs = 3, BatchSize = 25, Workers = 2 });

        Assert.Equal(1 + 3 * 4, parts.Reads.Count); // the first once more, for its sizes
    }

    [Fact]
    public void Chunks_are_evaluated_as_the_whole()
    {
        var net = new DropoutNet();
        net.Fit(Flowers.Train, options: new TrainingOptions { Epochs = 3 });
        Metric[] metrics = [Metric.F1, Metric.RocAuc, Metric.TopK(2)];

        Evaluation whole = net.Evaluate(Flowers.Train, metrics), parts = net.Evaluate(chunks, metrics);

        Assert.Equal(whole.Loss, parts.Loss, 1e-6);
        Assert.Equal((whole.Count, whole.Accuracy), (parts.Count, parts.Accuracy));
        Assert.Equal(whole.Metrics, parts.Metrics);
        Assert.Equal(whole.Confusion!.ToString(), parts.Confusion!.ToString());
        Assert.Equal(net.Evaluate(Flowers.Train).Accuracy, net.Evaluate(chunks, []).Accuracy);
    }

    [Fact]
    public void Chunks_of_numbers_are_evaluated_as_the_whole_and_cancelled_by_an_exception()
    {
        TargetDataset data = Dataset.FromCsv("data/diabetes.csv", target: "progression");
        data = Standardizer.FitFeatures(data).ApplyToFeatures(data);
        var parts = new Chunks<TargetDataset>([data.Subset([.. Enumerable.Range(0, 100)]), data.Subset([.. Enumerable.Range(100, 342)])]);
        var net = new RegressionNet();

        Assert.Equal(net.Evaluate(data, Metric.R2).Metrics["R2"], net.Evaluate(parts, [Metric.R2]).Metrics["R2"], 1e-9);
        Assert.Equal(net.Evaluate(data).Loss, net.Evaluate(parts, []).Loss, 1e-6 * net.Evaluate(data).Loss);
        Assert.Throws<OperationCanceledException>(() => net.Evaluate(parts, [], new System.Threading.CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_chunk_that_does_not_fit_is_refused_when_it_comes()
    {
        var parts = new Chunks<LabeledDataset>([Flowers.Train.Subset([0, 1, 2]), new LabeledDataset([1, float.NaN, 3, 4], 4, [0])]);

        var error = Assert.Throws<ArgumentException>(() => new PlainNet().Fit(parts));

        Assert.Contains("of sample 0 is NaN", error.Message);
    }

    [Fact]
    public void Training_data_in_chunks_are_not_measured_again() => Assert.Contains(
        "MeasureTraining", Assert.Throws<ArgumentException>(() => new PlainNet().Fit(chunks, options: new TrainingOptions { MeasureTraining = true })).Message);

    private static Chunks<LabeledDataset> Cut(params int[] sizes)
    {
        var parts = new List<LabeledDataset>();
        int first = 0;
        foreach (int size in sizes)
        {
            parts.Add(Flowers.Train.Subset([.. Enumerable.Range(first, size)]));
            first += size;
        }

        return new Chunks<LabeledDataset>(parts);
    }
}
