using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Lengths_that_disagree_are_refused_with_both_numbers()
    {
        Assert.Contains("5 features, which is not a multiple of featureCount, 2", Error(() => new LabeledDataset(new float[5], 2, [0, 1])));
        Assert.Contains("3 labels for 2 samples of 1; give 2", Error(() => new LabeledDataset(new float[4], 2, [0, 1, 0])));
        Assert.Contains("3 target values for 2 samples of 2; give 4", Error(() => new TargetDataset(new float[4], 2, new float[3], 2)));
        Assert.Contains("1 feature names for 2 features", Error(() => new LabeledDataset(new float[4], 2, [0, 1], featureNames: ["a"])));
        Assert.Contains("1 target names for 2 targets", Error(() => new TargetDataset(new float[2], 1, new float[4], 2, ["a"])));
        Assert.Contains("at least one sample", Error(() => new LabeledDataset([], 2, [])));
        Assert.Contains("There are 3 features, but 2 samples of 2 take 4", Error(() => new LabeledDataset(new float[4], 2, [0, 1]).WithFeatures(new float[3])));
    }

    [Fact]
    public void A_label_without_a_class_is_refused()
    {
        Assert.Contains("Label 2 of sample 1 is out of range: there are 2 classes, from 0 to 1", Error(() => new LabeledDataset(new float[2], 1, [0, 2], ["a", "b"])));
        Assert.Contains("Label 2147483647 of sample 1 would make 2147483648 classes, over 16777216", Error(() => new LabeledDataset(new float[2], 1, [0, int.MaxValue])));
        Assert.Contains("Label -1 of sample 0 is out of range", Error(() => new LabeledDataset(new float[2], 1, [-1, 2])));
    }

    [Fact]
    public void A_sample_out_of_range_is_refused() =>
        Assert.Contains("There are 2 samples, from 0 to 1.", Error(() => new LabeledDataset(new float[2], 1, [0, 1]).FeaturesOf(2).ToArray()));

    [Fact]
    public void One_hot_targets_have_a_1_at_the_label()
    {
        TargetDataset data = new LabeledDataset([1, 2, 3], 1, [2, 0, 1], ["a", "b", "c"]).ToOneHot();

        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 1, 0], data.Targets.ToArray());
        Assert.Equal(["a", "b", "c"], data.TargetNames);
    }

    [Fact]
    public void A_subset_keeps_rows_and_names_together()
    {
        LabeledDataset subset = new LabeledDataset([1, 2, 3, 4, 5, 6], 2, [0, 1, 0], ["a", "b"], ["x", "y"]).Subset([2, 1]);

        Assert.Equal([5f, 6, 3, 4], subset.Features.ToArray());
        Assert.Equal([0, 1], subset.Labels.ToArray());
        Assert.Equal(["a", "b"], subset.ClassNames);
        Assert.Equal(["x", "y"], subset.FeatureNames);
    }

    private static string Error(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
