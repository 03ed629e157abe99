using System;
using System.Collections.Generic;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class MissingValueTests
{
    private const string Holes = "x,y,kind\n1,10,a\nNA,20,b\n3,,a\n8,60,a\n4,n/a,\n";

    private static readonly CsvOptions drop = new() { MissingValues = MissingValues.Drop };
    private static readonly CsvOptions fill = new() { MissingValues = MissingValues.Fill };

    [Theory]
    [InlineData("", "is empty; fill it in, or leave the line out: MissingValues in the options does either")]
    [InlineData("NA", "holds 'NA', which stands for a missing value; fill it in, or leave the line out: MissingValues in the options does either")]
    [InlineData("?", "holds '?', which stands for a missing value")]
    [InlineData("NULL", "holds 'NULL', which stands for a missing value")]
    [InlineData("nan", "holds 'nan', which is not a finite float; fill in a number, or leave the line out: MissingValues in the options does either")]
    public void By_default_a_missing_number_is_refused_with_the_option(string cell, string message) =>
        Assert.Contains($"(2): column 'x' {message}", Refused($"x,kind\n{cell},0\n", new CsvOptions()));

    [Fact]
    public void Lines_with_a_missing_feature_or_label_are_dropped()
    {
        LabeledDataset data = Labeled(Holes, drop);

        Assert.Equal([1f, 10, 8, 60], data.Features.ToArray());
        Assert.Equal(["a"], data.ClassNames);
    }

    [Fact]
    public void Lines_with_a_missing_target_are_dropped()
    {
        using var folder = new TemporaryFolder();

        TargetDataset data = Dataset.FromCsv(folder.Write("a.csv", "x,y\n1,2\n3,NaN\n,4\n5,6\n"), target: "y", drop);

        Assert.Equal([1f, 5], data.Features.ToArray());
        Assert.Equal([2f, 6], data.Targets.ToArray());
    }

    [Fact]
    public void A_column_that_is_left_out_may_have_holes() =>
        Assert.Equal(5, Labeled("x,y,kind\n1,,a\n2,,b\n3,,a\n4,5,b\n6,,b\n", drop with { Ignore = ["y"] }).Count);

    [Fact]
    public void Dropping_every_line_is_an_error() =>
        Assert.Contains("no line with a sample that lacks no value; fill values in", Refused("x,kind\n,a\nNA,b\n", drop));

    [Fact]
    public void Numbers_are_filled_with_the_mean_or_the_median_of_their_column()
    {
        const string text = "x,kind\n1,a\n,b\n3,a\n8,a\n";

        Assert.Equal([1f, 4, 3, 8], Labeled(text, fill).Features.ToArray());
        Assert.Equal([1f, 3, 3, 8], Labeled(text, fill with { FillWith = FillWith.Median }).Features.ToArray());
        Assert.Equal([1f, 2, 3], Labeled("x,kind\n1,a\n,b\n3,a\n", fill with { FillWith = FillWith.Median }).Features.ToArray());
    }

    [Fact]
    public void A_number_that_is_given_goes_before_the_mean()
    {
        var options = fill with { FillValues = new Dictionary<string, double> { ["y"] = -1 } };

        Assert.Equal([1f, -1, 3, 10, 2, 20], Labeled("x,y,kind\n1,,a\n3,10,b\n,20,a\n", options).Features.ToArray());
    }

    [Fact]
    public void A_second_file_is_filled_with_the_numbers_of_the_first()
    {
        LabeledDataset train = Labeled("x,kind\n1,a\n3,b\n", fill);

        Assert.Equal([100f, 2], Labeled("x,kind\n100,a\n,b\n", train.CsvOptions!).Features.ToArray());
    }

    [Fact]
    public void Labels_and_targets_are_never_filled()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n1,2\n3,\n");

        Assert.Contains("(3): column 'kind' is empty; fill in the label, or leave the line out", Refused("x,kind\n1,a\n2,\n", fill));
        Assert.Contains("(3): column 'y' is empty; fill it in, or leave the line out", Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, target: "y", fill)).Message);
    }

    [Fact]
    public void A_column_without_any_value_has_no_mean() =>
        Assert.Contains("column 'y' has no value in any line, and so no mean; give it a number by FillValues", Refused("x,y,kind\n1,,a\n2,NA,b\n", fill));

    [Fact]
    public void What_stands_for_a_missing_number_may_be_a_class() =>
        Assert.Equal(["?", "DE", "NA", "None"], Labeled("x,kind\n1,NA\n2,DE\n3,None\n4,?\n", drop).ClassNames);

    [Fact]
    public void Stated_texts_are_missing_in_every_column_and_the_usual_ones_no_longer()
    {
        CsvOptions options = drop with { MissingTexts = ["-999", "unknown"] };

        LabeledDataset data = Labeled("x,kind\n1,a\n-999,b\n3,Unknown\n,c\n4,NA\n", options);

        Assert.Equal([1f, 4], data.Features.ToArray());
        Assert.Equal(["NA", "a"], data.ClassNames);
        Assert.Contains("column 'x' holds 'NA', which is not a number", Refused("x,kind\nNA,a\n", options));
        Assert.Contains("column 'kind' holds 'unknown', which stands for a missing value", Refused("x,kind\n1,unknown\n", options with { MissingValues = MissingValues.Refuse }));
    }

    [Fact]
    public void Options_that_contradict_are_refused()
    {
        var values = new Dictionary<string, double> { ["x"] = 0 };

        Assert.Contains("have FillValues, but MissingValues is Refuse", Assert.Throws<ArgumentException>(() => Labeled(Holes, new CsvOptions { FillValues = values })).Message);
        Assert.Contains("no column 'z'", Refused(Holes, fill with { FillValues = new Dictionary<string, double> { ["z"] = 0 } }));
        Assert.Contains("FillValues has NaN for column 'x'", Assert.Throws<ArgumentException>(() =>
            Labeled("x,kind\n1,a\n", fill with { FillValues = new Dictionary<string, double> { ["x"] = double.NaN } })).Message);
    }

    private static string Refused(string text, CsvOptions options) => Assert.Throws<DatasetException>(() => Labeled(text, options)).Message;

    private static LabeledDataset Labeled(string text, CsvOptions options)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), label: "kind", options: options);
    }
}
