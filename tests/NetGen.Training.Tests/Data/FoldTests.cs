using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

/// <summary>Splits by group and in order, folds, and class weights.</summary>
public sealed class FoldTests
{
    // Feature i of sample i, so that a feature tells where the sample was.
    private static readonly LabeledDataset data =
        new([.. Enumerable.Range(0, 100).Select(i => (float)i)], 1, [.. Enumerable.Range(0, 100).Select(i => i < 11 ? 0 : i < 40 ? 1 : 2)]);

    private static readonly TargetDataset targets = new(data.Features.ToArray(), 1, [.. data.Features.ToArray().Select(x => 2 * x)]);

    // Ten groups of sizes 1 to 19.
    private static readonly int[] groups = [.. Enumerable.Range(0, 100).Select(i => (int)Math.Sqrt(i))];

    [Fact]
    public void No_group_is_in_both_sets_and_the_share_is_near()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (LabeledDataset train, LabeledDataset test) = data.Split(0.25, groups, seed);

            Assert.Empty(GroupsOf(train).Intersect(GroupsOf(test)));
            Assert.Equal(100, train.Count + test.Count);
            Assert.InRange(test.Count, 15, 35);
        }

        Assert.NotEqual(GroupsOf(data.Split(0.25, groups, 1).Test), GroupsOf(data.Split(0.25, groups, 2).Test));
        Assert.Equal(100, targets.Split(0.25, groups, 1).Train.Count + targets.Split(0.25, groups, 1).Test.Count);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.99)]
    [InlineData(0.5)]
    public void Both_sets_have_a_group_whatever_the_share(double fraction)
    {
        LabeledDataset four = new([0, 1, 2, 3], 1, [0, 1, 0, 1]);

        (LabeledDataset train, LabeledDataset test) = four.Split(fraction, [7, 7, 7, -1]);

        Assert.Equal(4, train.Count + test.Count);
        Assert.True(train.Count is 1 or 3);
    }

    [Fact]
    public void Groups_that_do_not_fit_are_refused_with_both_numbers()
    {
        Assert.Contains("There are 2 groups for 100 samples", Error(() => data.Split(0.2, [1, 2])));
        Assert.Contains("All 100 samples are of 1 group", Error(() => data.Split(0.2, new int[100])));
        Assert.Contains("There are 10 groups for 11 folds; take at most 10 folds", Error(() => data.Folds(11, groups)));
        Assert.Contains("There are 0 groups for 100 samples", Error(() => data.Folds(2, data.Groups)));
    }

    [Fact]
    public void A_column_of_groups_goes_with_its_samples()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,patient,kind\n1,ann,a\n2,bob,b\n3,ann,b\n4,eve,a\n");
        var options = new CsvOptions { Group = "patient" };

        LabeledDataset read = Dataset.FromCsv(path, label: "kind", options: options);

        Assert.Equal(["x"], read.FeatureNames);
        Assert.Equal([0, 1, 0, 2], read.Groups.ToArray());
        Assert.Equal([2, 0], read.Subset([3, 0]).Groups.ToArray());
        Assert.Equal([0, 1, 0, 2], read.ToOneHot().WithFeatures(new float[4]).Groups.ToArray());
        (LabeledDataset train, LabeledDataset test) = read.Split(0.25, read.Groups, seed: 1);
        Assert.Empty(train.Groups.ToArray().Intersect(test.Groups.ToArray()));
        Assert.Contains("the header has no column 'q'", Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, label: "kind", options: new() { Group = "q" })).Message);
        Assert.Contains("The options have a Group, which is for splits of data in memory", Error(() => ChunkedDataset.FromCsv(path, label: "kind", options: options)));
        Assert.Contains("(2): column 'patient' is empty; fill in the group", Assert.Throws<DatasetException>(() =>
            Dataset.FromCsv(folder.Write("b.csv", "x,patient,kind\n1,,a\n"), label: "kind", options: options)).Message);
    }

    [Fact]
    public void In_order_the_last_samples_test()
    {
        (TargetDataset train, TargetDataset test) = targets.SplitInOrder(0.3);

        Assert.Equal(Enumerable.Range(0, 70).Select(i => (float)i), train.Features.ToArray());
        Assert.Equal(Enumerable.Range(70, 30).Select(i => 2f * i), test.Targets.ToArray());
        Assert.Equal(1, data.SplitInOrder(0.001).Test.Count);
    }

    [Fact]
    public void Every_sample_tests_in_one_fold_and_trains_in_the_others()
    {
        (LabeledDataset Train, LabeledDataset Test)[] folds = [.. data.Folds(7, seed: 3)];

        Assert.Equal(7, folds.Length);
        Assert.Equal(data.Features.ToArray(), folds.SelectMany(fold => fold.Test.Features.ToArray()).Order());
        Assert.All(folds, fold => Assert.Equal(data.Features.ToArray(), fold.Train.Features.ToArray().Concat(fold.Test.Features.ToArray()).Order()));
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 14, 15));
        Assert.NotEqual(folds[0].Test.Features.ToArray(), data.Folds(7, seed: 4).First().Test.Features.ToArray());
        Assert.Equal([4, 3, 3], new TargetDataset(new float[10], 1, new float[10]).Folds(3).Select(fold => fold.Test.Count));
    }

    [Fact]
    public void Stratified_folds_have_every_class_in_its_share()
    {
        foreach ((LabeledDataset train, LabeledDataset test) in data.Folds(5, seed: 1, stratify: true))
        {
            Assert.Equal(20, test.Count);
            Assert.InRange(test.ClassCounts[0], 2, 3);
            Assert.InRange(test.ClassCounts[1], 5, 6);
            Assert.Equal(12, test.ClassCounts[2]);
            Assert.Equal(11, train.ClassCounts[0] + test.ClassCounts[0]);
        }
    }

    [Fact]
    public void Grouped_folds_are_about_equally_large_and_share_no_group()
    {
        (TargetDataset Train, TargetDataset Test)[] folds = [.. targets.Folds(4, groups, seed: 1)];

        Assert.All(folds, fold => Assert.Empty(GroupsOf(fold.Train).Intersect(GroupsOf(fold.Test))));
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 20, 30));
        Assert.Equal(100, folds.Sum(fold => fold.Test.Count));
    }

    [Fact]
    public void Folds_in_order_never_train_on_what_comes_later()
    {
        (LabeledDataset Train, LabeledDataset Test)[] folds = [.. new LabeledDataset([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 1, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]).FoldsInOrder(3)];

        // As TimeSeriesSplit(n_splits=3) of scikit-learn for 10 samples.
        Assert.Equal(["0,1,2,3|4,5", "0,1,2,3,4,5|6,7", "0,1,2,3,4,5,6,7|8,9"], folds.Select(fold =>
            $"{string.Join(',', fold.Train.Features.ToArray())}|{string.Join(',', fold.Test.Features.ToArray())}"));
    }

    [Fact]
    public void Too_few_members_and_folds_are_refused_at_once()
    {
        LabeledDataset few = new([1, 2, 3, 4], 1, [0, 0, 0, 1], ["cat", "dog"]);

        Assert.Contains("The class 'dog' has 1 samples for 3 folds", Error(() => few.Folds(3, stratify: true)));
        Assert.Contains("All 2 samples are of the class 'cat', so there is nothing to stratify by", Error(() => few.Subset([0, 1]).Folds(2, stratify: true)));
        Assert.Contains("There are 4 samples for 5 folds; take at most 4 folds", Error(() => few.Folds(5)));
        Assert.Contains("There are 4 samples for 4 folds in order, which take 5 parts", Error(() => few.FoldsInOrder(4)));
        Assert.Contains("2 labels", Error(() => new LabeledDataset([1, 2], 1, [0, 1, 1, 0], labelSize: 2).Folds(2, stratify: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => few.Folds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => few.FoldsInOrder(0));
    }

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        Assert.Equal([11, 29, 60], data.ClassCounts);
        Assert.Equal([(float)(100 / (3 * 11.0)), (float)(100 / (3 * 29.0)), (float)(100 / (3 * 60.0))], data.BalancedClassWeights());
        Assert.Contains("Class 'b' has 0 of the 1 labels", Assert.Throws<InvalidOperationException>(() => new LabeledDataset([1], 1, [0], ["a", "b"]).BalancedClassWeights()).Message);
    }

    private static IEnumerable<int> GroupsOf(Dataset part) => part.Features.ToArray().Select(x => groups[(int)x]).Distinct().Order();

    private static string Error(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
