using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

public sealed class TrainerConvergenceTests
{
    [Fact]
    public void A_linear_classifier_learns_iris()
    {
        (LabeledDataset train, LabeledDataset test) = IrisSets();
        var net = new LinearSoftmax<Iris>();

        TrainingHistory history = Trainer.Fit(net, train, test, new TrainingOptions { Epochs = 100, BatchSize = 16, Seed = 1 });

        Assert.Equal(StopReason.Completed, history.StopReason);
        Assert.True(net.Evaluate(test).Accuracy >= 0.9);
        Assert.True(history.Epochs[^1].TrainLoss < 0.2);
        Assert.Equal(Math.Log(3), Trainer.Evaluate(new LinearSoftmax<Iris>(), test).Loss, 1e-6);
    }

    [Fact]
    public void A_linear_classifier_learns_digits()
    {
        (LabeledDataset train, LabeledDataset test) = Dataset.FromCsv("data/digits.csv", label: "digit").Split(0.2, seed: 1, stratify: true);
        Standardizer standardizer = Standardizer.FitFeatures(train);
        var net = new LinearSoftmax<Digits>();

        Trainer.Fit(net, standardizer.ApplyToFeatures(train), options: new TrainingOptions { Epochs = 10, LearningRate = 0.1f });

        Assert.InRange(net.Evaluate(standardizer.ApplyToFeatures(test)).Accuracy!.Value, 0.93, 1);
    }

    [Fact]
    public void A_linear_regression_learns_diabetes()
    {
        (TargetDataset train, TargetDataset test) = Dataset.FromCsv("data/diabetes.csv", target: "progression").Split(0.2, seed: 1);
        Standardizer features = Standardizer.FitFeatures(train), targets = Standardizer.FitTargets(train);
        var net = new LinearRegression<Diabetes>();

        TrainingHistory history = net.Fit(
            targets.ApplyToTargets(features.ApplyToFeatures(train)),
            targets.ApplyToTargets(features.ApplyToFeatures(test)),
            new TrainingOptions { Epochs = 60, LearningRate = 0.02f });

        float[] outputs = net.Predict(features.ApplyToFeatures(test));
        targets.Invert(outputs);
        Assert.InRange(Metrics.R2(outputs, test.Targets), 0.35, 0.8);
        Assert.InRange(Metrics.MeanAbsoluteError(outputs, test.Targets), 30, 60);
        Assert.Null(history.Best!.ValidationAccuracy);
    }

    [Fact]
    public void The_same_run_gives_the_same_bits_and_another_seed_gives_others()
    {
        float[] once = Trained(seed: 7), again = Trained(seed: 7), other = Trained(seed: 8);

        Assert.Equal(once.Select(BitConverter.SingleToInt32Bits), again.Select(BitConverter.SingleToInt32Bits));
        Assert.NotEqual(once, other);
    }

    [Fact]
    public void Labels_and_their_one_hot_targets_train_alike_and_both_have_an_accuracy()
    {
        (LabeledDataset train, LabeledDataset test) = IrisSets();
        var options = new TrainingOptions { Epochs = 5 };
        var byLabels = new LinearSoftmax<Iris>();
        var byTargets = new LinearSoftmax<Iris>();

        TrainingHistory labels = byLabels.Fit(train, test, options);
        TrainingHistory targets = byTargets.Fit(train.ToOneHot(), test.ToOneHot(), options);

        Assert.Equal(byLabels.Parameters.ToArray(), byTargets.Parameters.ToArray());
        Assert.NotNull(labels.Best!.ValidationAccuracy);
        Assert.Equal(labels.Best.ValidationAccuracy, targets.Best!.ValidationAccuracy);
    }

    [Fact]
    public void Every_sample_is_seen_once_an_epoch_and_the_last_batch_is_what_is_left()
    {
        var net = new LinearSoftmax<Iris>();

        TrainingHistory history = net.Fit(IrisSets().Train, options: new TrainingOptions { Epochs = 3, BatchSize = 50 });

        // 120 samples in batches of 50, 50 and 20
        Assert.Equal(9, net.Steps);
        Assert.Equal([3L, 6, 9], history.Epochs.Select(epoch => epoch.Steps));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_the_whole_data()
    {
        var net = new LinearSoftmax<Iris>();

        net.Fit(IrisSets().Train, options: new TrainingOptions { Epochs = 2, BatchSize = int.MaxValue });

        Assert.Equal(2, net.Steps);
    }

    [Fact]
    public void Without_shuffling_the_seed_does_not_matter()
    {
        LabeledDataset train = IrisSets().Train;
        var one = new LinearSoftmax<Iris>();
        var two = new LinearSoftmax<Iris>();

        one.Fit(train, options: new TrainingOptions { Epochs = 2, Shuffle = false, Seed = 1 });
        two.Fit(train, options: new TrainingOptions { Epochs = 2, Shuffle = false, Seed = 2 });

        Assert.Equal(one.Parameters.ToArray(), two.Parameters.ToArray());
    }

    [Fact]
    public void The_learning_rate_is_the_options_or_the_schedules_or_the_specs()
    {
        LabeledDataset train = IrisSets().Train;
        var options = new TrainingOptions { Epochs = 1, BatchSize = 60 };

        Assert.Equal([0.1f, 0.05f], Rates(options, steps: 999));
        Assert.Equal([0.3f, 0.3f], Rates(options with { LearningRate = 0.3f }, steps: 0));
        Assert.Equal([7e-3f, 8e-3f], Rates(options with { LearningRateSchedule = step => step * 1e-3f }, steps: 7));

        List<float> Rates(TrainingOptions options, long steps)
        {
            var net = new LinearSoftmax<Iris> { Steps = steps };
            net.Fit(train, options: options);
            return net.Rates;
        }
    }

    [Fact]
    public void Outputs_are_predicted_for_every_sample_and_agree_with_the_evaluation()
    {
        (LabeledDataset train, _) = IrisSets();
        var net = new LinearSoftmax<Iris>();
        net.Fit(train, options: new TrainingOptions { Epochs = 3 });

        float[] outputs = net.Predict(train);
        Evaluation evaluation = net.Evaluate(train);

        Assert.Equal(train.Count * 3, outputs.Length);
        Assert.Equal(Metrics.Accuracy(outputs, train.Labels), evaluation.Accuracy);
        Assert.Equal(Enumerable.Range(0, train.Count).Average(i => -Math.Log(outputs[3 * i + train.Labels[i]])), evaluation.Loss, 1e-5);
        Assert.Equal(120, evaluation.Count);
    }

    private static float[] Trained(int seed)
    {
        (LabeledDataset train, LabeledDataset test) = IrisSets();
        var net = new LinearSoftmax<Iris>();
        net.Fit(train, test, new TrainingOptions { Epochs = 20, BatchSize = 7, Seed = seed });
        return net.Parameters.ToArray();
    }

    private static (LabeledDataset Train, LabeledDataset Test) IrisSets() =>
        Dataset.FromCsv("data/iris.csv", label: "species").Split(0.2, seed: 1, stratify: true);
}
