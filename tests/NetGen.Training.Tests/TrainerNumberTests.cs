using System;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Numbers that are not finite, in data and weights, are found before the first step.</summary>
public sealed class TrainerNumberTests
{
    private static readonly LabeledDataset fitting = new(new float[8], 4, [0, 2]);

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_feature_that_is_not_finite_is_named_with_its_sample_and_column(float value, string shown)
    {
        var data = new LabeledDataset([1, 2, 3, 4, 5, 6, value, 8], 4, [0, 2], featureNames: ["a", "b", "petal", "d"]);

        AssertRefused("train", $"Feature 'petal' (column 2 of 4, from 0) of sample 1 is {shown}; put a finite number there, or leave the sample out", net => net.Fit(data));
        AssertRefused("validation", $"of sample 1 is {shown}", net => net.Fit(fitting, data));
        AssertRefused("data", $"of sample 1 is {shown}", net => net.Evaluate(data));
    }

    [Fact]
    public void A_target_that_is_not_finite_is_named() => AssertRefused(
        "train", "Target 'y1' (column 1 of 3, from 0) of sample 0 is NaN",
        net => net.Fit(new TargetDataset(new float[4], 4, [0, float.NaN, 1], 3)));

    [Fact]
    public void Weights_that_are_no_numbers_before_the_first_step_are_named() => AssertRefused(
        "network", "A weight of LinearSoftmax`1 is NaN before the first step, in 'dense_1.bias'; load other weights, or begin with a new network",
        net =>
        {
            net.Parameters[^1] = float.NaN;
            return net.Fit(fitting);
        });

    [Fact]
    public void A_loss_that_diverges_from_finite_data_says_to_lower_the_learning_rate() => Assert.Contains(
        "Lower the learning rate",
        Assert.Throws<TrainingDivergedException>(() => new LinearRegression<OneOutput>().Fit(
            new TargetDataset([1e3f, -2e3f], 1, [1, 2]), options: new TrainingOptions { Epochs = 100, LearningRate = 10 })).Message);

    private static void AssertRefused(string parameter, string message, Func<LinearSoftmax<Iris>, object> act)
    {
        var net = new LinearSoftmax<Iris>();

        var error = Assert.Throws<ArgumentException>(() => act(net));

        Assert.Equal(parameter, error.ParamName);
        Assert.Contains(message, error.Message);
        Assert.Equal(0, net.Steps);
    }
}
