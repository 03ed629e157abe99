using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace NetGen.Training.Tests.Data;

/// <summary>What a summary says of a CSV file.</summary>
public sealed class CsvSummaryTests
{
    [Fact]
    public void Columns_of_numbers_have_their_range_and_moments()
    {
        CsvSummary summary = Read("x,y\n1,-2.5\n2,0\n3,NA\n6,2.5\n");

        Assert.Equal(4, summary.Rows);
        Assert.Equal(["x", "y"], summary.Columns.Select(c => c.Name));
        CsvColumnSummary x = summary["x"], y = summary["y"];
        Assert.Equal((true, 0, 4, 0), (x.IsNumeric, x.Missing, x.Numbers, x.Texts));
        Assert.Equal((1, 6, 3, Math.Sqrt(3.5)), (x.Min, x.Max, x.Mean, x.StandardDeviation));
        Assert.Equal((true, 4, null), (x.AreIntegers, x.Distinct, x.FirstText));
        Assert.Equal((true, 1, 3, 0), (y.IsNumeric, y.Missing, y.Numbers, y.Texts));
        Assert.Equal((-2.5, 2.5, 0), (y.Min, y.Max, y.Mean));
        Assert.Equal(Math.Sqrt(12.5 / 3), y.StandardDeviation, 12);
        Assert.Equal((false, 3), (y.AreIntegers, y.Distinct));
    }

    [Fact]
    public void Columns_of_texts_have_their_texts_by_frequency()
    {
        CsvColumnSummary colour = Read("colour,x\nred,1\nblue,2\nNA,3\n,4\nblue,5\ngreen,6\nNA,7\nblue,8\n")["colour"];

        // NA is a text beside texts, as FromCsv has it.
        Assert.Equal((false, 1, 0, 7), (colour.IsNumeric, colour.Missing, colour.Numbers, colour.Texts));
        Assert.Equal([new("blue", 3), new("NA", 2), new("green", 1), new("red", 1)], colour.Frequencies);
        Assert.Equal((4, (2L, "red")), (colour.Distinct, colour.FirstText));
        Assert.True(double.IsNaN(colour.Mean) && double.IsNaN(colour.Min) && double.IsNaN(colour.StandardDeviation) && !colour.AreIntegers);
    }

    [Fact]
    public void A_text_among_numbers_is_found_with_its_line()
    {
        CsvColumnSummary x = Read("x\n1\n\n?\n\"2\"\n3 kg\n4\nabc\n")["x"];

        Assert.Equal((false, 3, 3, (6L, "3 kg")), (x.IsNumeric, x.Numbers, x.Texts, x.FirstText));
        // The question mark would be missing in a column of numbers, and is a text in one that has texts.
        Assert.Equal((0, 6), (x.Missing, x.Distinct));
    }

    [Theory]
    [InlineData("1e39")]
    [InlineData("Infinity")]
    [InlineData("0x1F")]
    [InlineData("1,5")]
    public void What_no_data_set_takes_for_a_number_is_none(string cell) =>
        Assert.Equal((2L, cell), Read($"x,y\n\"{cell}\",1\n2,2\n")["x"].FirstText);

    [Fact]
    public void The_options_say_what_is_a_number_and_what_is_missing()
    {
        var options = new CsvOptions { HasHeader = false, Delimiter = ';', DecimalSeparator = ',', Comment = '#', MissingTexts = ["-999"] };
        CsvSummary summary = Read("# made\n1,5;-999\n2;x\n", options);

        Assert.Equal((1.75, 2), (summary["column_1"].Mean, summary.Rows));
        Assert.Equal((1, 1), (summary["column_2"].Missing, summary["column_2"].Texts));
    }

    [Fact]
    public void Moments_keep_their_digits_beside_a_large_offset()
    {
        CsvColumnSummary time = Read("time\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{1_700_000_000 + i % 2}\n")))["time"];

        Assert.Equal(1_700_000_000.5, time.Mean, 6);
        Assert.Equal(0.5, time.StandardDeviation, 9);
        Assert.Equal(0, Read("x\n0.1\n0.1\n0.1\n")["x"].StandardDeviation);
    }

    [Fact]
    public void Values_are_counted_to_ten_thousand_and_texts_kept_to_a_hundred()
    {
        string Rows(int count) => "x,t\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{i},t{i}\n"));

        CsvSummary few = Read(Rows(100)), many = Read(Rows(10_000)), more = Read(Rows(10_001) + "3.0,t\n");
        Assert.Equal((100, 100), (few["x"].Frequencies.Count, few["t"].Frequencies.Count));
        Assert.Equal((10_000, 10_000, 0), (many["x"].Distinct, many["t"].Distinct, many["t"].Frequencies.Count));
        Assert.Equal((null, null, 0), (more["x"].Distinct, more["t"].Distinct, more["x"].Frequencies.Count));
        Assert.Equal(2, Read("x\n3\n3.0\n-0\n0\n")["x"].Distinct);
    }

    [Fact]
    public void Long_texts_are_told_apart_and_not_kept()
    {
        string text = new('a', 5_000);
        CsvColumnSummary t = Read($"t\n{text}b\n{text}c\n{text}b\n")["t"];

        Assert.Equal((2, 0, 200), (t.Distinct, t.Frequencies.Count, t.FirstText!.Value.Text.Length));
    }

    [Fact]
    public void Constant_and_empty_columns_say_so()
    {
        CsvSummary summary = Read("a,b,c,d\n7,,x,NA\n7.0,,x,NA\n,,x,NA\n");

        Assert.Equal([true, true, true, true], summary.Columns.Select(c => c.IsConstant));
        Assert.Equal([1, 0, 1, 1], summary.Columns.Select(c => c.Distinct));
        Assert.Equal([1, 3, 0, 0], summary.Columns.Select(c => c.Missing));
        Assert.False(summary["b"].IsNumeric);
    }

    [Fact]
    public void What_is_wrong_with_the_file_is_the_readers_error()
    {
        Assert.Contains("(3): the line has 1 cells, but the header has 2", Assert.Throws<DatasetException>(() => Read("x,y\n1,2\n3\n")).Message);
        Assert.Contains("both named 'x'", Assert.Throws<DatasetException>(() => Read("x,x\n1,2\n")).Message);
        Assert.Contains("did you mean 'petal_width'?", Assert.Throws<KeyNotFoundException>(() => Read("petal_width\n1\n")["petal_widht"]).Message);
    }

    [Fact]
    public void The_irises_are_as_their_data_set_is()
    {
        CsvSummary summary = CsvSummary.Read("data/iris.csv");
        LabeledDataset data = Dataset.FromCsv("data/iris.csv", label: "species");

        Assert.Equal(data.Count, summary.Rows);
        Standardizer scaler = Standardizer.FitFeatures(data);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(scaler.Means[i], summary[data.FeatureNames[i]].Mean, 5);
            Assert.Equal(data.FeatureNames[i], summary.Columns[i].Name);
        }

        Assert.Equal([new("0", 50), new("1", 50), new("2", 50)], summary["species"].Frequencies);
    }

    [Theory]
    [InlineData("x,y\n1.5,2\n", ',', '.', true)]
    [InlineData("x;y\n1,5;2\n2,25;3\n", ';', ',', true)]
    [InlineData("1,5;2\n2,25;3\n", ';', ',', false)] // three cells by commas as well
    [InlineData("x;y\n1,234;2\n", ';', ',', true)]
    [InlineData("x\ty\n1,234\t2\n", '\t', '.', true)] // perhaps thousands
    [InlineData("x\ty\n1,25\t2\n", '\t', ',', true)]
    [InlineData("x|y\n1.5|a;b\n", '|', '.', true)]
    [InlineData("x,y\n\"1,5\",a\n\"2,5\",b\n", ',', ',', true)]
    [InlineData("x,y\n\"1,5\",1.5\n", ',', '.', true)]
    [InlineData("5.1,3.5,setosa\n4.9,3.0,setosa\n", ',', '.', false)]
    [InlineData("id,2019,2020\n1,5,6\n2,7,8\n", ',', '.', true)]
    [InlineData("name,colour\nAda,red\nBob,blue\n", ',', '.', true)]
    [InlineData("NA,1\n3,2\n", ',', '.', false)]
    [InlineData("text\n\"a; b, c\"\nd\n", ',', '.', true)]
    [InlineData("x,note\n1,\"a;b\"\n2,\"c;d\"\n", ',', '.', true)]
    [InlineData("x,y\n1,2\n3\n", ',', '.', true)]
    [InlineData("", ',', '.', true)]
    public void The_way_a_file_is_written_is_found(string text, char delimiter, char decimalSeparator, bool hasHeader)
    {
        using var folder = new TemporaryFolder();
        CsvOptions found = CsvOptions.Detect(folder.Write("a.csv", text));

        Assert.Equal((delimiter, decimalSeparator, hasHeader), (found.Delimiter, found.DecimalSeparator, found.HasHeader));
    }

    [Fact]
    public void What_is_known_stays_as_it_is_and_helps()
    {
        using var folder = new TemporaryFolder();
        var known = new CsvOptions { Comment = '#', Encoding = Encoding.Latin1, Ignore = ["a"] };
        CsvOptions found = CsvOptions.Detect(folder.Write("a.csv", Encoding.Latin1.GetBytes("# made by hand\nm\u00FCde;b\n1;2\n")), known);

        Assert.Equal((';', '#', Encoding.Latin1, "a"), (found.Delimiter, found.Comment, found.Encoding, found.Ignore[0]));
        Assert.Throws<FileNotFoundException>(() => CsvOptions.Detect(folder.File("none.csv")));
    }

    [Theory]
    [InlineData("data/iris.csv")]
    [InlineData("data/digits.csv")]
    public void The_examples_are_found_to_be_as_they_are(string path) => Assert.Equal(new CsvOptions().ToString(), CsvOptions.Detect(path).ToString());

    private static CsvSummary Read(string text, CsvOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        return CsvSummary.Read(folder.Write("a.csv", text), options);
    }
}
