using System;
using System.IO;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class CsvErrorTests
{
    [Theory]
    [InlineData("", null, "the file is empty")]
    [InlineData("\n\n", null, "the file is empty")]
    [InlineData("x,kind\n", null, "the file has a header, but no line with a sample")]
    [InlineData("x,Kind\n1,0\n", 1, "the header has no column 'kind'; did you mean 'Kind'?")]
    [InlineData("x,species\n1,0\n", 1, "the header has no column 'kind'; it has 'x', 'species'.")]
    [InlineData("1,0\n2,1\n", 1, "the header has no column 'kind'; the first line looks like data; put a header line")]
    [InlineData("x;kind\n1;0\n", 1, "the header has no column 'kind'; the file seems to be delimited by ';'; state it as Delimiter")]
    [InlineData("x,kind,x\n1,0,2\n", 1, "columns 1 and 3 are both named 'x'; rename one")]
    [InlineData(",x,kind\n0,1,0\n", 1, "column 1 has no name; name it, or write the file without an index column")]
    [InlineData("kind\n0\n", 1, "beside 'kind' no column is left for features")]
    [InlineData("x,kind\n1,0\nabc,1\n", 3, "column 'x' holds 'abc', which is not a number")]
    [InlineData("x,kind\n\"1,5\",0\n", 2, "column 'x' holds '1,5', which is not a number; write numbers like 1.5")]
    [InlineData("x,kind\n1,0\n,1\n", 3, "column 'x' is empty; fill it in, or leave the line out")]
    [InlineData("x,kind\nNaN,0\n", 2, "column 'x' holds 'NaN', which is not a finite float")]
    [InlineData("x,kind\n-Infinity,0\n", 2, "column 'x' holds '-Infinity', which is not a finite float")]
    [InlineData("x,kind\n1e39,0\n", 2, "column 'x' holds '1e39', which is not a finite float")]
    [InlineData("x,kind\n1,0\n1,0,2\n", 3, "the line has 3 cells, but the header has 2")]
    [InlineData("x,kind\n1,0\n\"2,1\n3,0\n", 3, "the line's quotes are wrong; put a text with quotes in quotes, write each quote inside twice, and close the text")]
    [InlineData("x,kind\n1,0\n2,\"1\n", 3, "the line's quotes are wrong")]
    [InlineData("x,kind\n1,\"0\nb\"\nc,\"0\nb\"\n", 4, "column 'x' holds 'c'")]
    [InlineData("x,kind\n1,0\n1\n", 3, "the line has 1 cells, but the header has 2")]
    [InlineData("x,kind\n1,0\n2,\n", 3, "column 'kind' is empty; fill in the label")]
    [InlineData("x,kind\n1,0\n2,cat\n", 3, "column 'kind' holds 'cat', but the labels before it are numbers")]
    [InlineData("x,kind\n1,0\n2,1.5\n", 3, "column 'kind' holds '1.5', which is not an integer; labels are integers from 0 or texts, and for regression it is target: 'kind'")]
    [InlineData("x,kind\n1,0\n2,-1\n", 3, "column 'kind' holds '-1', but labels that are numbers go from 0 to the number of classes - 1")]
    [InlineData("x,kind\n1,0\n2,9999999999\n", 3, "column 'kind' holds '9999999999', but labels that are numbers go from 0")]
    [InlineData("x,kind\n1,1\n2,3\n", null, "column 'kind' has labels up to 3, but 0 is not among them; renumber them from 0")]
    [InlineData("x,kind\n1,0\n2,3\n", null, "column 'kind' has labels up to 3, but 1 is not among them")]
    [InlineData("x,kind\n1,0\n2\"3,1\n", 3, "the line's quotes are wrong")]
    [InlineData("x,kind\n\"1\"2,1\n", 2, "the line's quotes are wrong")]
    public void An_error_has_the_line_the_column_the_text_and_the_remedy(string text, int? line, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", text);

        var error = Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, label: "kind"));

        Assert.StartsWith(line is null ? $"{path}: " : $"{path}({line}): ", error.Message);
        Assert.Contains(message, error.Message);
        Assert.Equal((path, line), (error.File, error.Line));
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_does_with_blank_ones_and_line_breaks_in_quotes()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,kind\r\n\r\n1,\"a\r\nb\"\r\n\r\nwrong,c\r\n");

        Assert.Equal(6, Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, label: "kind")).Line);
    }

    [Fact]
    public void A_label_that_is_none_of_the_given_classes_is_refused_with_the_nearest()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,kind\n1,setosa\n2,virginika\n");

        var error = Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, label: "kind", classNames: ["setosa", "virginica"]));

        Assert.Contains("(3): column 'kind' holds 'virginika', which is none of the 2 classes 'setosa', 'virginica'; did you mean 'virginica'?", error.Message);
    }

    [Fact]
    public void A_target_that_is_no_number_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n1,2\n2,high\n");

        var error = Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, target: "y"));

        Assert.Contains("(3): column 'y' holds 'high', which is not a number", error.Message);
    }

    [Fact]
    public void A_long_text_is_shown_short()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", $"x,y\n\"{new string('z', 100_000)}\",1\n");

        Assert.True(Assert.Throws<DatasetException>(() => Dataset.FromCsv(path, target: "y")).Message.Length < 500);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Dataset.FromCsv("nowhere/digits.csv", label: "digit"));

        Assert.Contains("'nowhere/digits.csv'", error.Message);
    }

    [Fact]
    public void Options_that_contradict_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n1,2\n");

        Assert.Contains("both Features and Ignore", Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(path, target: "y", new CsvOptions { Features = ["x"], Ignore = ["x"] })).Message);
        Assert.Contains("'y' is both a feature and the label, a target or the group", Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(path, target: "y", new CsvOptions { Features = ["y"] })).Message);
        Assert.Contains("no column 'z'", Assert.Throws<DatasetException>(() =>
            Dataset.FromCsv(path, target: "y", new CsvOptions { Ignore = ["z"] })).Message);
        Assert.Contains("U+0022 cannot delimit cells", Assert.Throws<ArgumentException>(() =>
            Dataset.FromCsv(path, target: "y", new CsvOptions { Delimiter = '"' })).Message);
        Assert.Contains("no target columns", Assert.Throws<ArgumentException>(() => Dataset.FromCsv(path, targets: [])).Message);
    }
}
