using System;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

public sealed class TrainerArgumentTests
{
    private static readonly LabeledDataset fitting = new(new float[8], 4, [0, 2]);

    [Fact]
    public void Features_that_do_not_fit_are_refused_with_both_numbers_and_the_argument() => AssertRefused(
        "train", "5 features for each sample, but LinearSoftmax`1 takes 4 (InputSize)",
        net => net.Fit(new LabeledDataset(new float[10], 5, [0, 1])));

    [Fact]
    public void More_classes_than_outputs_are_refused() => AssertRefused(
        "train", "has 4 classes, but LinearSoftmax`1 has outputs for 3; give the last layer of the spec 4 units",
        net => net.Fit(new LabeledDataset(new float[8], 4, [0, 3])));

    [Fact]
    public void Several_labels_for_a_network_with_one_are_refused() => AssertRefused(
        "train", "has 2 labels for each sample, but LinearSoftmax`1 takes 1 (LabelSize)",
        net => net.Fit(new LabeledDataset(new float[8], 4, [0, 1, 2, 0], labelSize: 2)));

    [Fact]
    public void Class_numbers_as_a_target_are_refused_with_the_way_to_labels() => AssertRefused(
        "train", "has 1 target values for each sample, but LinearSoftmax`1 takes 3 (TargetSize); load class numbers by label:",
        net => net.Fit(new TargetDataset(new float[8], 4, [0, 2])));

    [Fact]
    public void Too_many_targets_are_refused() => AssertRefused(
        "train", "has 5 target values for each sample, but LinearSoftmax`1 takes 3 (TargetSize); name 3 target columns",
        net => net.Fit(new TargetDataset(new float[4], 4, new float[5], 5)));

    [Fact]
    public void Validation_data_are_checked_too()
    {
        AssertRefused("validation", "5 features", net => net.Fit(fitting, new LabeledDataset(new float[5], 5, [0])));
        AssertRefused(
            "validation", "Class 0 is 'a' in the training data, but 'b' in the validation data; make the validation data with classNames: train.ClassNames",
            net => net.Fit(new LabeledDataset(new float[4], 4, [0], ["a", "b"]), new LabeledDataset(new float[4], 4, [0], ["b"])));
        AssertRefused(
            "validation", "2 target values",
            net => net.Fit(new TargetDataset(new float[4], 4, [1, 0, 0], 3), new TargetDataset(new float[4], 4, [1, 0], 2)));
    }

    [Fact]
    public void Evaluation_and_prediction_check_their_data()
    {
        AssertRefused("data", "5 features", net => net.Evaluate(new LabeledDataset(new float[5], 5, [0])));
        AssertRefused("data", "1 target values", net => net.Evaluate(new TargetDataset(new float[4], 4, [0])));
        AssertRefused("data", "5 features", net => net.Predict(new LabeledDataset(new float[5], 5, [0])));
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_their_value()
    {
        AssertRefused("Epochs is 0", new TrainingOptions { Epochs = 0 });
        AssertRefused("BatchSize is -3", new TrainingOptions { BatchSize = -3 });
        AssertRefused("LearningRate is NaN", new TrainingOptions { LearningRate = float.NaN });
        AssertRefused("LearningRate is -0.1", new TrainingOptions { LearningRate = -0.1f });
        AssertRefused("Both LearningRate and LearningRateSchedule", new TrainingOptions { LearningRate = 1, LearningRateSchedule = _ => 1 });
        AssertRefused("Patience is 0", new TrainingOptions { Patience = 0 });
        AssertRefused("Patience is 3, but there is no validation data", new TrainingOptions { Patience = 3 });
        AssertRefused("MinDelta is -1", new TrainingOptions { MinDelta = -1 });
    }

    [Fact]
    public void A_schedule_that_gives_NaN_is_named_with_its_step_before_the_weights_change()
    {
        var net = new LinearSoftmax<Iris> { Steps = 5 };

        var error = Assert.Throws<InvalidOperationException>(() => net.Fit(fitting, options: new TrainingOptions { LearningRateSchedule = _ => float.NaN }));

        Assert.Contains("The learning rate of step 5 is NaN", error.Message);
        Assert.Equal(5, net.Steps);
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Trainer.Fit((LinearSoftmax<Iris>)null!, fitting)).ParamName);
        Assert.Equal("train", Assert.Throws<ArgumentNullException>(() => new LinearSoftmax<Iris>().Fit((LabeledDataset)null!)).ParamName);
        Assert.Equal("data", Assert.Throws<ArgumentNullException>(() => new LinearSoftmax<Iris>().Predict(null!)).ParamName);
    }

    private static void AssertRefused(string message, TrainingOptions options) =>
        AssertRefused("options", message, net => net.Fit(fitting, options: options));

    private static void AssertRefused(string parameter, string message, Func<LinearSoftmax<Iris>, object> act)
    {
        var net = new LinearSoftmax<Iris>();
        net.Parameters[0] = 1;
        float[] before = net.Parameters.ToArray();

        var error = Assert.ThrowsAny<ArgumentException>(() => act(net));

        Assert.Equal(parameter, error.ParamName);
        Assert.Contains(message, error.Message);
        Assert.Equal(before, net.Parameters.ToArray());
        Assert.Equal(0, net.Steps);
    }

    [Fact]
    public void Labels_of_one_class_alone_are_refused()
    {
        var one = new LabeledDataset(new float[12], 4, [1, 1, 1], classNames: ["a", "b", "c"]);

        var error = Assert.Throws<ArgumentException>(() => new LinearSoftmax<Iris>().Fit(one));

        Assert.Contains("All 3 labels of the data set are of the class 'b'", error.Message);
    }
}
