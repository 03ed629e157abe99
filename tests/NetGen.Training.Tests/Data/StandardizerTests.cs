using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class StandardizerTests
{
    [Fact]
    public void Means_and_scales_are_those_of_each_column()
    {
        Standardizer standardizer = Standardizer.Fit([1, 10, 3, 10, 5, 40], 2);

        Assert.Equal([3, 20], standardizer.Means);
        Assert.Equal([Math.Sqrt(8.0 / 3), Math.Sqrt(200)], standardizer.Scales);
    }

    [Fact]
    public void A_constant_column_becomes_zero_and_keeps_scale_1_even_where_its_mean_is_inexact()
    {
        float[] column = [.. Enumerable.Repeat(0.1f, 1001)];

        Standardizer standardizer = Standardizer.Fit(column, 1);
        standardizer.Apply(column);

        Assert.Equal([1.0], standardizer.Scales);
        Assert.All(column, x => Assert.Equal(0, x));
    }

    [Fact]
    public void The_training_set_gets_mean_0_and_deviation_1_and_the_test_set_the_same_constants()
    {
        (LabeledDataset train, LabeledDataset test) = Dataset.FromCsv("data/iris.csv", label: "species").Split(0.2, seed: 1);

        Standardizer standardizer = Standardizer.FitFeatures(train);
        LabeledDataset standard = standardizer.ApplyToFeatures(train);

        for (int column = 0; column < 4; column++)
        {
            double[] values = [.. Enumerable.Range(0, standard.Count).Select(i => (double)standard.FeaturesOf(i)[column])];
            Assert.Equal(0, values.Average(), 1e-6);
            Assert.Equal(1, values.Average(x => x * x), 1e-6);
        }

        Assert.Equal((float)((test.Features[1] - standardizer.Means[1]) / standardizer.Scales[1]), standardizer.ApplyToFeatures(test).Features[1]);
        Assert.Equal(train.Labels.ToArray(), standard.Labels.ToArray());
        Assert.Equal(train.FeatureNames, standard.FeatureNames);
    }

    [Fact]
    public void Targets_come_back_by_the_inverse()
    {
        var data = new TargetDataset([1, 2, 3], 1, [100, 250, 400]);
        Standardizer standardizer = Standardizer.FitTargets(data);

        float[] targets = standardizer.ApplyToTargets(data).Targets.ToArray();
        Assert.Equal(0, targets[1]);
        standardizer.Invert(targets);

        Assert.Equal([100f, 250, 400], targets.Select(y => MathF.Round(y, 3)));
        Assert.Equal([100f, 250, 400], data.Targets.ToArray());
    }

    [Fact]
    public void Features_of_targets_are_standardized_too() =>
        Assert.Equal([-1f, 1], Standardizer.Fit([0, 2], 1).ApplyToFeatures(new TargetDataset([0, 2], 1, [5, 6])).Features.ToArray());

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Standardizer standardizer = Standardizer.Fit([1, 2, 3, 4], 2);

        Assert.Contains("3 values, which is not a multiple of the 2 columns", Error(() => standardizer.Apply(new float[3])));
        Assert.Contains("has 1 columns, but the standardizer was fitted on 2", Error(() => standardizer.ApplyToFeatures(new LabeledDataset([1], 1, [0]))));
        Assert.Contains("Column 1 of sample 1 is NaN", Error(() => Standardizer.Fit([1, 2, 3, float.NaN], 2)));
        Assert.Contains("3 values, which is not a positive multiple of columns, 2", Error(() => Standardizer.Fit([1, 2, 3], 2)));
        Assert.Contains("Column 0 has mean 1 and scale 0", Error(() => new Standardizer([1], [0])));
        Assert.Contains("2 means and 1 scales", Error(() => new Standardizer([1, 2], [1])));
    }

    private static string Error(Action act) => Assert.Throws<ArgumentException>(act).Message;
}
