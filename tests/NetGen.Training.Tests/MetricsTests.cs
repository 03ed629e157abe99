using System;
using Xunit;

namespace NetGen.Training.Tests;

public sealed class MetricsTests
{
    private static readonly float[] outputs = [.9f, .1f, 0, .2f, .3f, .5f, 0, 1, 0, .4f, .4f, .2f];

    [Fact]
    public void Accuracy_is_the_share_of_largest_outputs_at_the_label() => Assert.Equal(0.75, Metrics.Accuracy(outputs, [0, 2, 2, 0]));

    [Fact]
    public void The_confusion_matrix_has_right_classes_as_rows_and_taken_ones_as_columns() =>
        Assert.Equal(new[,] { { 2, 0, 0 }, { 0, 0, 0 }, { 0, 1, 1 } }, Metrics.ConfusionMatrix(outputs, [0, 2, 2, 0]));

    [Theory]
    [InlineData(new[] { 1f, 3, 3 }, 1)]
    [InlineData(new[] { float.NaN, 1, 2 }, 2)]
    [InlineData(new[] { 2, float.NaN, 1 }, 0)]
    [InlineData(new[] { float.NaN, float.NaN }, 0)]
    [InlineData(new[] { float.NegativeInfinity }, 0)]
    public void The_largest_is_the_first_of_equals_and_never_NaN(float[] values, int expected) => Assert.Equal(expected, Metrics.ArgMax(values));

    [Fact]
    public void Errors_of_regression_are_means_over_all_outputs()
    {
        Assert.Equal(2.5, Metrics.MeanSquaredError([1, 2], [0, 4]));
        Assert.Equal(1.5, Metrics.MeanAbsoluteError([1, 2], [0, 4]));
    }

    [Fact]
    public void R2_is_1_for_the_truth_and_0_for_the_mean()
    {
        Assert.Equal(1, Metrics.R2([1, 2, 6], [1, 2, 6]));
        Assert.Equal(0, Metrics.R2([3, 3, 3], [1, 2, 6]));
        Assert.Equal(1 - 9 / 14.0, Metrics.R2([1, 2, 3], [1, 2, 6]), 1e-12);
    }

    [Fact]
    public void R2_of_several_targets_is_their_mean_and_of_a_constant_one_1_or_0()
    {
        Assert.Equal(0.5, Metrics.R2([1, 3, 2, 3, 6, 3], [1, 1, 2, 2, 6, 6], targetSize: 2));
        Assert.Equal(1, Metrics.R2([5, 5], [5, 5]));
        Assert.Equal(0, Metrics.R2([5, 6], [5, 5]));
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Contains("12 outputs for 5 labels", Error(() => Metrics.Accuracy(outputs, new int[5])));
        Assert.Contains("0 outputs for 0 labels", Error(() => Metrics.Accuracy([], [])));
        Assert.Contains("Label 3 is out of range: there are outputs for 3 classes", Error(() => Metrics.ConfusionMatrix(outputs, [0, 1, 2, 3])));
        Assert.Contains("2 outputs for 1 targets", Error(() => Metrics.MeanSquaredError([1, 2], [1])));
        Assert.Contains("0 outputs for 0 targets", Error(() => Metrics.MeanAbsoluteError([], [])));
        Assert.Contains("3 targets, which is not a multiple of targetSize, 2", Error(() => Metrics.R2([1, 2, 3], [1, 2, 3], 2)));
        Assert.Contains("no values", Error(() => Metrics.ArgMax([])));
    }

    private static string Error(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
