using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Loop;

/// <summary>Steps in parts: by shards, by accumulated batches, by weights.</summary>
public sealed class ShardTests
{
    private static readonly TrainingOptions options = new() { Epochs = 4, BatchSize = 24, LearningRate = 0.05f };

    [Fact]
    public void The_same_shards_give_the_same_bits_whatever_the_number_of_workers()
    {
        float[] expected = Train(new DropoutNet(), options with { Shards = 5 });
        foreach (int workers in new[] { 2, 3, 5, 8, 20 })
            Assert.Equal(expected, Train(new DropoutNet(), options with { Shards = 5, Workers = workers }));
        Assert.NotEqual(expected, Train(new DropoutNet(), options));
    }

    [Fact]
    public void Statistics_of_batch_norm_are_of_shards_whatever_the_number_of_workers() => Assert.Equal(
        Train(new NormalizedNet(), options with { Shards = 3 }),
        Train(new NormalizedNet(), options with { Shards = 3, Workers = 2 }));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(7, 1)]
    [InlineData(24, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    public void Parts_add_up_to_the_step_of_the_whole(int shards, int batches)
    {
        float[] whole = Train(new PlainNet(), options);
        float[] parts = Train(new PlainNet(), options with { BatchSize = 24 / batches, AccumulateBatches = batches, Shards = Math.Min(shards, 24 / batches) });

        AssertClose(whole, parts, 2e-5f);
    }

    [Fact]
    public void A_weight_of_two_is_as_two_samples()
    {
        var weights = new float[Flowers.Train.Count];
        var samples = new List<int>();
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = i % 3; // 0, 1, 2
            samples.AddRange(Enumerable.Repeat(i, i % 3));
        }

        var all = new TrainingOptions { Epochs = 5, BatchSize = 1000, LearningRate = 0.1f };
        var weighted = new PlainNet();
        weighted.Fit(Flowers.Train.WithWeights(weights), options: all);
        var repeated = new PlainNet();
        repeated.Fit(Flowers.Train.Subset([.. samples]), options: all);
        var sharded = new PlainNet();
        sharded.Fit(Flowers.Train.WithWeights(weights), options: all with { BatchSize = 120, Shards = 7, Workers = 2 });

        AssertClose(repeated.Parameters.ToArray(), weighted.Parameters.ToArray(), 2e-5f);
        AssertClose(repeated.Parameters.ToArray(), sharded.Parameters.ToArray(), 2e-5f);
        Assert.Equal(repeated.Evaluate(Flowers.Test).Loss, weighted.Evaluate(Flowers.Test).Loss, 1e-5);
    }

    [Fact]
    public void Weights_of_targets_count_as_well()
    {
        TargetDataset data = Dataset.FromCsv("data/diabetes.csv", target: "progression");
        data = Standardizer.FitFeatures(data).ApplyToFeatures(Standardizer.FitTargets(data).ApplyToTargets(data));
        var all = new TrainingOptions { Epochs = 5, BatchSize = 1000 };
        var weighted = new RegressionNet();
        weighted.Fit(data.WithWeights([.. Enumerable.Range(0, data.Count).Select(i => i < 100 ? 3f : 0f)]), options: all);
        var subset = new RegressionNet();
        subset.Fit(data.Subset([.. Enumerable.Range(0, 100)]), options: all);

        AssertClose(subset.Parameters.ToArray(), weighted.Parameters.ToArray(), 2e-5f);
    }

    [Theory]
    [InlineData(new[] { 1f, float.NaN }, "The weight of sample 1 is NaN")]
    [InlineData(new[] { 1f, -1f }, "The weight of sample 1 is -1")]
    [InlineData(new[] { 0f, 0f }, "Every weight is 0")]
    [InlineData(new[] { 1f }, "There are 1 weights for 2 samples")]
    public void Impossible_weights_are_refused(float[] weights, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new LabeledDataset([1, 2], 1, [0, 1]).WithWeights(weights)).Message);

    [Fact]
    public void Batch_norm_refuses_shards_and_weights_that_leave_one_sample()
    {
        var net = new NormalizedNet();

        string shards = Assert.Throws<ArgumentException>(() => net.Fit(Flowers.Train, options: options with { BatchSize = 6, Shards = 4 })).Message;
        string last = Assert.Throws<ArgumentException>(() => net.Fit(Flowers.Train.Subset([.. Enumerable.Range(0, 27)]), options: options with { Shards = 3 })).Message;
        string weights = Assert.Throws<ArgumentException>(() => net.Fit(Flowers.Train.WithWeights([.. Enumerable.Repeat(1f, Flowers.Train.Count)]), options: options)).Message;

        Assert.Contains("one of the 4 shards gets 1", shards);
        Assert.Contains("leave 3 for the last, of which one of the 3 shards gets 1", last);
        Assert.Contains("train without weights", weights);
        Assert.Equal(0, net.Steps);
    }

    [Fact]
    public void Evaluation_gives_the_same_bits_whatever_the_number_of_workers()
    {
        var one = new List<EpochReport>();
        var four = new List<EpochReport>();
        new PlainNet().Fit(Flowers.Train, Flowers.Train, options with { Shards = 4, MeasureTraining = true, Metrics = [Metric.RocAuc] }, one.Add);
        new PlainNet().Fit(Flowers.Train, Flowers.Train, options with { Shards = 4, Workers = 4, MeasureTraining = true, Metrics = [Metric.RocAuc] }, four.Add);

        Assert.Equal(one.Select(Numbers), four.Select(Numbers));
        Assert.All(one, report => Assert.Equal(report.ValidationLoss, report.MeasuredTrainLoss));

        static (double?, double?, double, double) Numbers(EpochReport report) => (report.ValidationLoss, report.ValidationAccuracy, report.Metrics["ROC AUC"], report.TrainMetrics["ROC AUC"]);
    }

    [Fact]
    public void Sixty_four_threads_train_and_evaluate_on_one_parameter_buffer()
    {
        var net = new PlainNet();
        ReadOnlyMemory<float> inputs = Flowers.Train.Features.ToArray();
        int[] labels = Flowers.Train.Labels.ToArray();
        float[] parameters = net.Parameters.ToArray();
        float[] expected = new float[PlainNet.ParameterBufferSize];
        float loss = PlainNet.Backward(parameters, inputs.Span, labels, expected, new float[PlainNet.TrainingScratchSize(labels.Length)]);
        var failures = new List<string>();

        Thread[] threads = [.. Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            var gradients = new float[PlainNet.ParameterBufferSize];
            var scratch = new float[PlainNet.TrainingScratchSize(labels.Length)];
            for (int round = 0; round < 50; round++)
            {
                float own = PlainNet.Backward(parameters, inputs.Span, labels, gradients, scratch);
                if (own != loss || !gradients.AsSpan().SequenceEqual(expected))
                    lock (failures)
                        failures.Add($"round {round}");
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Empty(failures);
    }

    [Fact]
    public void An_exception_of_a_worker_reaches_the_caller()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new PlainNet().Fit(Flowers.Train, options: options with
        {
            Workers = 4, Augmentation = static (_, random) =>
            {
                if (random.NextInt(50) == 0)
                    throw new InvalidOperationException("augmentation failed");
            },
        }));

        Assert.Equal("augmentation failed", error.Message);
    }

    [Fact]
    public void Augmented_samples_do_not_depend_on_workers_and_the_data_stay()
    {
        float[] before = Flowers.Train.Features.ToArray();
        TrainingOptions augmented = options with { Shards = 3, Augmentation = static (features, random) => features[random.NextInt(4)] = random.NextFloat() };

        Assert.Equal(Train(new PlainNet(), augmented), Train(new PlainNet(), augmented with { Workers = 3 }));
        Assert.NotEqual(Train(new PlainNet(), augmented), Train(new PlainNet(), augmented with { Augmentation = null }));
        Assert.Equal(before, Flowers.Train.Features.ToArray());
    }

    private static float[] Train<TNetwork>(TNetwork net, TrainingOptions options) where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        net.Fit(Flowers.Train, options: options);
        return net.Parameters.ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"float {i}: {expected[i]} and {actual[i]}");
    }
}
