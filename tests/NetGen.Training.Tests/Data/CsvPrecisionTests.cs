using System;
using System.Globalization;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class CsvPrecisionTests
{
    // A sample a minute, in seconds since 1970: floats lie 128 apart there.
    private const string Minutes = "t,y\n1700000000,0\n1700000060,1\n1700000120,0\n1700000180,1\n1700000240,0\n1700000300,1\n1700000360,0\n1700000420,1\n";

    private static readonly float[] standardMinutes = [-1.5275f, -1.0911f, -0.6547f, -0.2182f, 0.2182f, 0.6547f, 1.0911f, 1.5275f];

    [Fact]
    public void Numbers_that_floats_cannot_hold_are_standardized_in_double()
    {
        LabeledDataset data = Labeled(Minutes);

        AssertNear(standardMinutes, Standardizer.FitFeatures(data).ApplyToFeatures(data).Features);
    }

    [Fact]
    public void They_stay_so_through_subsets_splits_and_one_hot_targets()
    {
        LabeledDataset data = Labeled(Minutes);
        Standardizer standardizer = Standardizer.FitFeatures(data);

        AssertNear([standardMinutes[1], standardMinutes[6]], standardizer.ApplyToFeatures(data.Subset([1, 6])).Features);
        AssertNear(standardMinutes, standardizer.ApplyToFeatures(data.ToOneHot()).Features);
        (LabeledDataset train, LabeledDataset test) = data.Split(0.25, seed: 3);
        float[] parts = [.. standardizer.ApplyToFeatures(train).Features, .. standardizer.ApplyToFeatures(test).Features];
        AssertNear(standardMinutes, parts.Order().ToArray());
    }

    [Fact]
    public void Targets_are_standardized_in_double_and_come_back_in_double()
    {
        TargetDataset data = Targets("x,t\n1,1700000000\n2,1700000060\n3,1700000120\n");
        Standardizer standardizer = Standardizer.FitTargets(data);
        TargetDataset standard = standardizer.ApplyToTargets(standardizer.ApplyToFeatures(data));
        var back = new double[3];

        standardizer.Invert(standard.Targets, back);

        AssertNear([-1.2247f, 0, 1.2247f], standard.Targets);
        Assert.Equal([1700000000.0, 1700000060, 1700000120], back.Select(y => Math.Round(y, 3)));
    }

    [Fact]
    public void New_samples_are_standardized_from_doubles()
    {
        var row = new float[2];

        Standardizer.Fit([1.7e9, 1.7e9 + 60, 1.7e9 + 120], 1).Apply([1.7e9 + 60, 1.7e9 + 120], row);

        AssertNear([0, 1.2247f], row);
    }

    [Theory]
    [InlineData("t,y\n16777216,0\n16777217,1\n5,0\n", "16777216 (line 2) and 16777217 (line 3)")]
    [InlineData("t,y\n2460000.25,0\n2460000.5,1\n2460000.26,0\n", "2460000.25 (line 2) and 2460000.26 (line 4)")]
    [InlineData("t,y\n1e-50,0\n2e-50,1\n", "1E-50 (line 2) and 2E-50 (line 3)")]
    public void What_nobody_standardizes_is_refused_before_a_network_takes_it_with_both_cells(string text, string cells)
    {
        LabeledDataset data = Labeled(text);
        var net = new LinearSoftmax<OneInput>();

        foreach (Action act in new Action[] { () => net.Fit(data), () => net.Fit(Labeled("t,y\n1,0\n2,1\n"), data), () => net.Evaluate(data), () => net.Predict(data) })
            Assert.Contains(
                $"column 't' holds {cells}, which are one float, so the network could not tell them apart; standardize the data (Standardizer.FitFeatures",
                Assert.Throws<ArgumentException>(act).Message);

        Assert.Equal(0, net.Steps);
        net.Fit(Standardizer.FitFeatures(data).ApplyToFeatures(data));
    }

    [Fact]
    public void Targets_that_fall_together_are_refused_too()
    {
        TargetDataset data = Targets("x,t\n1,1700000000\n2,1700000060\n");

        Assert.Contains(
            "column 't' holds 1700000000 (line 2) and 1700000060 (line 3), which are one float, so the network could not tell them apart; standardize the data (Standardizer.FitTargets",
            Assert.Throws<ArgumentException>(() => new LinearRegression<OneOutput>().Fit(data)).Message);
    }

    [Fact]
    public void Decimals_of_many_digits_are_nothing_to_refuse()
    {
        var random = new Random(1);
        string text = "t,y\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{random.NextDouble():R},{i % 2}\n")));
        LabeledDataset data = Labeled(text);

        Assert.True(data.Features.ToArray().Distinct().Count() < data.Count);
        Assert.Equal(data.Count, new LinearSoftmax<OneInput>().Predict(data).Length / 2);
    }

    [Theory]
    [InlineData("t,y\n9007199254740992,0\n9007199254740993,1\n", "column 't' holds 9007199254740993, and 9007199254740992 in line 2, which are the same double; subtract an offset")]
    [InlineData("t,y\n123456789012345678901,0\n1,1\n123456789012345678902,1\n", "column 't' holds 123456789012345678902, and 123456789012345678901 in line 2")]
    public void Integers_that_doubles_cannot_hold_are_refused_with_both_lines(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetException>(() => Labeled(text)).Message);

    [Fact]
    public void Large_integers_that_are_equal_or_doubles_are_fine() =>
        Assert.Equal(3, Labeled("t,y\n9007199254740993,0\n9007199254740993,1\n9007199254740996,1\n").Count);

    [Fact]
    public void Class_numbers_are_compared_as_texts_not_as_rounded_numbers()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,kind\n1,16777216\n2,16777217\n3,16777217.0\n");
        string other = folder.Write("b.csv", "x,kind\n1,9007199254740993\n");

        Assert.Equal([0, 1, 1], Dataset.FromCsv(path, label: "kind", classNames: ["16777216", "16777217"]).Labels.ToArray());
        Assert.Contains("holds '9007199254740993', which is none of the 1 classes", Assert.Throws<DatasetException>(() =>
            Dataset.FromCsv(other, label: "kind", classNames: ["9007199254740992"])).Message);
        Assert.Contains("labels up to 16777217, but 0 is not among them", Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, label: "kind")).Message);
    }

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
    }

    private static LabeledDataset Labeled(string text)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), label: "y");
    }

    private static TargetDataset Targets(string text)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), target: "t");
    }
}
