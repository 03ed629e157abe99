using System;
using System.Collections.Generic;
using Xunit;

namespace NetGen.Training.Tests.Data;

/// <summary>Columns of texts: one-hot features, and labels whose spellings differ.</summary>
public sealed class CategoryTests
{
    private static readonly CsvOptions oneHot = new() { OneHot = ["colour"] };

    [Fact]
    public void A_text_column_becomes_a_feature_for_each_category_in_ordinal_order()
    {
        LabeledDataset data = Labeled("x,colour,y,kind\n1,red,2,a\n3,Blue,4,b\n5,green,6,a\n", oneHot);

        Assert.Equal(["x", "colour=Blue", "colour=green", "colour=red", "y"], data.FeatureNames);
        Assert.Equal([1f, 0, 0, 1, 2, 3, 1, 0, 0, 4, 5, 0, 1, 0, 6], data.Features.ToArray());
    }

    [Fact]
    public void A_second_file_has_the_categories_of_the_first_and_no_other()
    {
        LabeledDataset train = Labeled("colour,kind\nred,a\nblue,b\ngreen,a\n", oneHot);

        LabeledDataset test = Labeled("colour,kind\nred,a\n", train.CsvOptions!);

        Assert.Equal(train.FeatureNames, test.FeatureNames);
        Assert.Equal([0f, 0, 1], test.Features.ToArray());
        Assert.Equal(["blue", "green", "red"], train.CsvOptions!.Categories["colour"]);
        Assert.Contains(
            "(2): column 'colour' holds 'gren', which is none of the 3 categories 'blue', 'green', 'red'; did you mean 'green'?",
            Refused("colour,kind\ngren,a\n", train.CsvOptions));
    }

    [Fact]
    public void Categories_may_be_given_in_an_order_of_the_callers()
    {
        var options = new CsvOptions { Categories = new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["small", "medium", "large"] } };

        Assert.Equal(["size=small", "size=medium", "size=large"], Labeled("size,kind\nlarge,a\n", options).FeatureNames);
    }

    [Fact]
    public void A_missing_category_is_refused_dropped_or_none_of_them()
    {
        const string text = "colour,kind\nred,a\n,b\nblue,a\n";

        Assert.Contains("(3): column 'colour' is empty; fill it in, or leave the line out", Refused(text, oneHot));
        Assert.Equal([0f, 1, 1, 0], Labeled(text, oneHot with { MissingValues = MissingValues.Drop }).Features.ToArray());
        Assert.Equal([0f, 1, 0, 0, 1, 0], Labeled(text, oneHot with { MissingValues = MissingValues.Fill }).Features.ToArray());
    }

    [Fact]
    public void Columns_that_are_no_features_cannot_be_one_hot()
    {
        Assert.Contains("Column 'kind' is in OneHot, but is no feature", Assert.Throws<ArgumentException>(() => Labeled("x,kind\n1,a\n", new CsvOptions { OneHot = ["kind"] })).Message);
        Assert.Contains("no column 'color'; did you mean 'colour'?", Refused("colour,kind\nred,a\n", new CsvOptions { OneHot = ["color"] }));
        Assert.Contains("both named 'a'", Assert.Throws<ArgumentException>(() =>
            Labeled("c,kind\na,0\n", new CsvOptions { Categories = new Dictionary<string, IReadOnlyList<string>> { ["c"] = ["a", "a"] } })).Message);
        Assert.Contains("read a second file with options: train.CsvOptions", Refused("colour,kind\nred,a\n", oneHot with { Features = ["colour=red"] }));
    }

    [Theory]
    [InlineData("cat", "\"cat \"", "white space")]
    [InlineData("cat", "cat\u00A0", "white space")]
    [InlineData("tom cat", "tom  cat", "white space")]
    [InlineData("cat", "ca\u200Bt", "white space")]
    [InlineData("Cat", "cat", "case")]
    [InlineData("Ärger", "ärger", "case")]
    [InlineData("Cat", "\" cat\"", "white space and case")]
    [InlineData("Bär", "Ba\u0308r", "their Unicode normal form")]
    [InlineData("Ba\u0308r", "Bär", "their Unicode normal form")]
    public void Two_spellings_of_one_name_are_not_taken_for_two(string first, string second, string difference)
    {
        string labels = Refused($"x,kind\n1,{first}\n2,Dog\n3,{second}\n", new CsvOptions());
        string categories = Refused($"colour,kind\n{first},1\nDog,0\n{second},1\n", oneHot);

        Assert.Contains("(4): column 'kind' holds '", labels);
        Assert.Contains($"' in line 2, which differ only in {difference}; write them alike, or, if they are two classes, list both in classNames.", labels);
        Assert.Contains($"' in line 2, which differ only in {difference}; write them alike, or, if they are two categories, list both in Categories in the options.", categories);
    }

    [Fact]
    public void What_does_not_show_is_spelled_out() =>
        Assert.Contains("holds 'Ba\\u0308r', and 'Bär' in line 2", Refused("x,kind\n1,Bär\n2,Ba\u0308r\n", new CsvOptions()));

    [Theory]
    [InlineData("a", "A")]
    [InlineData("Bär", "Bör")]
    [InlineData("Ba\u0308r", "Bo\u0308r")]
    [InlineData("किसल", "कमल")]
    [InlineData("1a", "1b")]
    public void Names_that_only_resemble_each_other_are_two(string first, string second) =>
        Assert.Equal(2, Labeled($"x,kind\n1,{first}\n2,{second}\n", new CsvOptions()).ClassCount);

    [Fact]
    public void Classes_that_are_given_are_told_apart_as_they_are_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,kind\n1,Cat\n2,cat\n"), other = folder.Write("b.csv", "x,kind\n1,Ba\u0308r\n");

        Assert.Equal([0, 1], Dataset.FromCsv(path, label: "kind", classNames: ["Cat", "cat"]).Labels.ToArray());
        Assert.Contains("none of the 2 classes 'Hund', 'Bär'; 'Bär' and 'Ba\\u0308r' differ in their Unicode normal form.", Assert.Throws<DatasetException>(() =>
            Dataset.FromCsv(other, label: "kind", classNames: ["Hund", "Bär"])).Message);
    }

    private static string Refused(string text, CsvOptions options) => Assert.Throws<DatasetException>(() => Labeled(text, options)).Message;

    private static LabeledDataset Labeled(string text, CsvOptions options)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), label: "kind", options: options);
    }
}
