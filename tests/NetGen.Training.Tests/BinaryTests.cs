using System;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Labels 0 and 1, and labels that do not count.</summary>
public sealed class BinaryTests
{
    // Versicolor or not.
    private static readonly LabeledDataset train = Versicolor(Flowers.Train), test = Versicolor(Flowers.Test);

    [Fact]
    public void A_binary_network_takes_labels_and_is_measured_at_thresholds()
    {
        var net = new BinaryNet();
        net.Fit(train, test, new TrainingOptions { Epochs = 60, Metrics = [Metric.RocAuc, Metric.F1], Monitor = Metric.RocAuc, Workers = 2 });

        Evaluation result = net.Evaluate(test, Metric.Accuracy, Metric.RecallAt(0), Metric.RecallAt(1), Metric.PrecisionAt(0.5), Metric.Precision, Metric.RocAuc, Metric.Perplexity);

        Assert.True(result.Accuracy > 0.85, $"accuracy {result.Accuracy}");
        Assert.Equal(1, result.Metrics["recall at 0"]);
        Assert.Equal(0, result.Metrics["recall at 1"]);
        Assert.Equal(result.Metrics["precision"], result.Metrics["precision at 0.5"]);
        Assert.InRange(result.Metrics["ROC AUC"], 0.9, 1);
        Assert.Equal(["other", "versicolor"], result.Confusion!.ClassNames);
        float[] logits = net.Predict(test);
        int right = Enumerable.Range(0, test.Count).Count(i => (logits[i] >= 0 ? 1 : 0) == test.Labels[i]);
        Assert.Equal((double)right / test.Count, result.Accuracy);
    }

    [Fact]
    public void Labels_and_targets_train_alike()
    {
        var byLabels = new BinaryNet();
        byLabels.Fit(train, options: new TrainingOptions { Epochs = 3 });
        var byTargets = new BinaryNet();
        byTargets.Fit(new TargetDataset(train.Features.ToArray(), 4, [.. train.Labels.ToArray().Select(label => (float)label)]), options: new TrainingOptions { Epochs = 3 });

        Assert.Equal(byTargets.Parameters.ToArray(), byLabels.Parameters.ToArray());
    }

    [Fact]
    public void Several_outputs_take_a_label_each()
    {
        int[] labels = [.. Flowers.Train.Labels.ToArray().SelectMany(label => new[] { label == 0 ? 1 : 0, label == 2 ? 1 : 0 })];
        var data = new LabeledDataset(Flowers.Train.Features.ToArray(), 4, labels, labelSize: 2);
        var net = new SigmoidNet();

        net.Fit(data, options: new TrainingOptions { Epochs = 100 });

        Assert.True(net.Evaluate(data).Accuracy > 0.9);
    }

    [Fact]
    public void More_than_two_classes_are_refused() => Assert.Contains(
        "The data set has 3 classes, but BinaryNet has a binary loss, whose labels are 0 and 1",
        Assert.Throws<ArgumentException>(() => new BinaryNet().Fit(Flowers.Train)).Message);

    [Fact]
    public void Labels_that_do_not_count_change_nothing_whatever_stands_at_their_step()
    {
        LabeledDataset first = Sequences(-1, 0), second = Sequences(-1, 100);
        var options = new TrainingOptions { Epochs = 20, BatchSize = 6, Metrics = [Metric.F1], Shards = 3 };
        var one = new TaggerNet();
        TrainingHistory history = one.Fit(first, first, options);
        var other = new TaggerNet();
        other.Fit(second, second, options);

        Assert.Equal(one.Parameters.ToArray(), other.Parameters.ToArray());
        Assert.Equal(one.Evaluate(first), other.Evaluate(second));
        Assert.Equal(Enumerable.Range(0, first.Labels.Length).Count(i => first.Labels[i] != -1), one.Evaluate(first).Confusion!.Count);
        Assert.True(history.Epochs[^1].ValidationLoss < history.Epochs[0].ValidationLoss);
    }

    [Fact]
    public void Parts_with_different_counts_of_labels_add_up_to_the_whole()
    {
        LabeledDataset data = Sequences(-1, 0);
        var whole = new TaggerNet();
        whole.Fit(data, options: new TrainingOptions { Epochs = 3, BatchSize = 24, Shuffle = false });
        var parts = new TaggerNet();
        parts.Fit(data, options: new TrainingOptions { Epochs = 3, BatchSize = 24, Shuffle = false, Shards = 5, Workers = 2 });

        for (int i = 0; i < whole.Parameters.Length; i++)
            Assert.Equal(whole.Parameters[i], parts.Parameters[i], 2e-5f);
    }

    [Fact]
    public void Labels_that_do_not_count_need_a_network_that_leaves_them_out()
    {
        Assert.Contains(
            "TaggerNet leaves out -1; state ignore_label: -7",
            Assert.Throws<ArgumentException>(() => new TaggerNet().Fit(Sequences(-7, 0))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabeledDataset(new float[20], 20, [0, -1, 1, 2, 0], labelSize: 5));
    }

    [Fact]
    public void Of_pixels_with_the_classes_first_the_right_ones_are_counted()
    {
        var random = new TrainingRandom(3);
        float[] images = [.. Enumerable.Range(0, 9 * 40).Select(_ => random.NextGaussian())];
        int[] labels = [.. images.Select((x, i) => i % 7 == 0 ? 9 : x > 0 ? 1 : 0)];
        var data = new LabeledDataset(images, 9, labels, labelSize: 9, ignoredLabel: 9);
        var net = new SegmenterNet();

        net.Fit(data, data, new TrainingOptions { Epochs = 60, Metrics = [Metric.RocAuc] });

        float[] outputs = net.Predict(data);
        int right = 0, count = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 9)
                continue;
            int sample = i / 9, pixel = i % 9;
            count++;
            right += (outputs[sample * 18 + 9 + pixel] > outputs[sample * 18 + pixel] ? 1 : 0) == labels[i] ? 1 : 0;
        }

        Evaluation result = net.Evaluate(data);
        Assert.Equal((double)right / count, result.Accuracy);
        Assert.True(result.Accuracy > 0.85, $"accuracy {result.Accuracy}");
        Assert.Equal(2, data.ClassCount);
    }

    private static LabeledDataset Versicolor(LabeledDataset flowers) =>
        new(flowers.Features.ToArray(), 4, [.. flowers.Labels.ToArray().Select(label => label == 1 ? 1 : 0)], classNames: ["other", "versicolor"]);

    // 24 sequences of 5 flowers; every third label does not count, and the features there are what is given.
    private static LabeledDataset Sequences(int ignored, float there)
    {
        float[] features = Flowers.Train.Features.ToArray();
        int[] labels = Flowers.Train.Labels.ToArray();
        for (int i = 0; i < labels.Length; i += 3)
        {
            labels[i] = ignored;
            features.AsSpan(4 * i, 4).Fill(there);
        }

        return new LabeledDataset(features, 20, labels, labelSize: 5, ignoredLabel: ignored);
    }
}
