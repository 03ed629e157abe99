using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class CsvOptionsTests
{
    [Fact]
    public void Without_a_header_columns_are_named_by_position_and_the_first_line_is_a_sample()
    {
        var options = new CsvOptions { HasHeader = false };

        LabeledDataset data = Labeled("5.1,3.5,setosa\n4.9,3.0,virginica\n", options, label: "column_3");

        Assert.Equal(["column_1", "column_2"], data.FeatureNames);
        Assert.Equal([5.1f, 3.5f, 4.9f, 3], data.Features.ToArray());
        Assert.Equal(["setosa", "virginica"], data.ClassNames);
        Assert.Equal([3.5f, 3], Labeled("5.1,3.5,a\n4.9,3.0,b\n", options with { Features = ["column_2"] }, label: "column_3").Features.ToArray());
    }

    [Theory]
    [InlineData("1,0\n2,1\n", "species", "(1): there is no column 'species'; without a header (HasHeader = false) they are named 'column_1' to 'column_2'")]
    [InlineData("x,kind\n1,0\n", "column_2", "(1): column 'column_1' holds 'x', which is not a number; if the first line is a header, leave HasHeader = false out")]
    [InlineData("1,0\n2\n", "column_2", "(2): the line has 1 cells, but the first line has 2: column 'column_2' has none")]
    [InlineData("", "column_2", "the file is empty; it needs a line for each sample")]
    public void What_is_wrong_without_a_header_is_said_so(string text, string label, string message) =>
        Assert.Contains(message, Refused(text, new CsvOptions { HasHeader = false }, label));

    [Fact]
    public void A_missing_header_is_recognized_and_the_option_named() =>
        Assert.Contains("the first line looks like data; put a header line with the columns' names before it, or state HasHeader = false", Refused("1,0\n2,1\n", new CsvOptions()));

    [Fact]
    public void Decimal_commas_are_read_between_semicolons_and_within_quotes()
    {
        var options = new CsvOptions { Delimiter = ';', DecimalSeparator = ',' };

        Assert.Equal([1.5f, -0.25f, 2e-3f], Labeled("x;kind\n1,5;0\n-,25;1\n2,0e-3;1,0\n", options).Features.ToArray());
        Assert.Equal([1.5f], Labeled("x,kind\n\"1,5\",0\n", options with { Delimiter = ',' }).Features.ToArray());
        Assert.Contains("(2): column 'x' holds '1.5', which is not a number; write numbers like 1,5, or state DecimalSeparator = '.'", Refused("x;kind\n1.5;0\n", options));
    }

    [Theory]
    [InlineData("\"1,5\"", "which is not a number; write numbers like 1.5, or state DecimalSeparator = ','")]
    [InlineData("\"1,234.5\"", "which is not a number; write it without thousands separators, 1234.5.")]
    [InlineData("1 234.5", "which is not a number; write it without thousands separators, 1234.5.")]
    [InlineData("0x1F", "which is not a number; hexadecimal numbers are not read")]
    [InlineData("red", "which is not a number; write numbers like 1.5 or 2e-3, name a column of texts in OneHot")]
    [InlineData("1e400", "which is not a finite float")]
    [InlineData("-1e39", "which is not a finite float")]
    [InlineData("Infinity", "which is not a finite float")]
    [InlineData("\u221E", "which is not a number")]
    [InlineData("\u0661", "which is not a number")]
    [InlineData("(5)", "which is not a number")]
    [InlineData("5 %", "which is not a number")]
    public void No_number_is_guessed(string cell, string message)
    {
        string error = Refused($"x,kind\n{cell},0\n", new CsvOptions());

        Assert.Contains($"(2): column 'x' holds '{cell.Trim('"')}', {message}", error);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        var german = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = german;
            Assert.Equal([1.5f], Labeled("x,kind\n1.5,0\n", new CsvOptions()).Features.ToArray());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Comment_lines_are_skipped_and_counted()
    {
        const string text = "# measured in May\nx,kind\n#1,0\n2,#a\n\n#\nwrong,b\n";
        var options = new CsvOptions { Comment = '#' };

        Assert.Equal(["#a"], Labeled(text.Replace("wrong,b\n", "#end"), options).ClassNames);
        Assert.Contains("(7): column 'x' holds 'wrong'", Refused(text, options));
        Assert.Contains("(1): the header has no column 'kind'; the first line looks like a comment; state Comment = '#'", Refused(text, new CsvOptions()));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_quote_in_a_comment_opens_no_cell_and_a_quoted_line_is_no_comment(string end)
    {
        string text = $"# 5\" wide{end}x,kind\r#\"\"\"\n1,\"a{end}#b\"{end}# \"{end}wrong,c{end}";
        var options = new CsvOptions { Comment = '#' };

        Assert.Equal([$"a{end}#b", "c"], Labeled(text.Replace("wrong", "2"), options).ClassNames);
        Assert.Contains("(7): column 'x' holds 'wrong'", Refused(text, options));
    }

    [Fact]
    public void Blank_lines_are_skipped_whatever_blanks_are_in_them() =>
        Assert.Equal(2, Labeled("x,kind\n1,0\n  \n\t\n2,1\n\n \n", new CsvOptions()).Count);

    [Theory]
    [InlineData("x,kind\n1,\"a\n2,b\n", 2, "the one that opens cell 2 is never closed")]
    [InlineData("x,kind\n\"1\n\",\"a\n2,b\n", 3, "the one that opens cell 2 is never closed")]
    [InlineData("x,kind\n1,\"a\"b\n", 2, "behind the quote that closes cell 2 stands more text")]
    [InlineData("x,kind\n1,a\"b\"\n", 2, "cell 2 does not begin with the quote that it holds")]
    public void Wrong_quotes_are_placed_and_explained(string text, int line, string how) =>
        Assert.Contains($"({line}): the line's quotes are wrong; put a text with quotes in quotes, write each quote inside twice, and close the text: {how}", Refused(text, new CsvOptions()));

    [Theory]
    [InlineData("x,kind\n1\n", "the line has 1 cells, but the header has 2: column 'kind' has none")]
    [InlineData("x,kind\n1,0,7\n", "the line has 3 cells, but the header has 2: '7' has no column")]
    public void A_ragged_line_says_which_column_it_lacks_or_which_cell_is_too_many(string text, string message) =>
        Assert.Contains("(2): " + message, Refused(text, new CsvOptions()));

    [Fact]
    public void Tabs_delimit_without_being_taken_for_blanks() =>
        Assert.Equal([1f, 2], Labeled("x\ty\tkind\n1\t 2 \ta\n", new CsvOptions { Delimiter = '\t' }).Features.ToArray());

    [Fact]
    public void Characters_that_mean_something_else_are_refused()
    {
        Assert.Contains("DecimalSeparator is ';'", Assert.Throws<ArgumentException>(() => Labeled("x,kind\n1,0\n", new CsvOptions { DecimalSeparator = ';' })).Message);
        Assert.All("\" \r\n#\0\u007F\u00A7", delimiter => Assert.Contains(
            $"U+{(int)delimiter:X4} cannot delimit cells", Assert.Throws<ArgumentException>(() => Labeled("x,kind\n1,0\n", new CsvOptions { Delimiter = delimiter })).Message));
        Assert.All(";|~\u001F\t", delimiter => Assert.Equal([1f], Labeled($"x{delimiter}kind\n1{delimiter}0\n", new CsvOptions { Delimiter = delimiter }).Features.ToArray()));
        Assert.Contains("U+002C cannot begin comments", Assert.Throws<ArgumentException>(() => Labeled("x,kind\n1,0\n", new CsvOptions { Comment = ',' })).Message);
    }

    [Fact]
    public void The_options_of_one_file_read_another_with_other_columns_in_another_order()
    {
        LabeledDataset train = Labeled("id;x;y;kind\n1;1,5;2;a\n", new CsvOptions { Delimiter = ';', DecimalSeparator = ',', Ignore = ["id"] });

        LabeledDataset test = Labeled("y;kind;more;x\n4;a;7;3,5\n", train.CsvOptions!);

        Assert.Equal(train.FeatureNames, test.FeatureNames);
        Assert.Equal([3.5f, 4], test.Features.ToArray());
        Assert.Equal(["x", "y"], train.Subset([0]).CsvOptions!.Features!);
        Assert.Null(new LabeledDataset([1], 1, [0]).CsvOptions);
    }

    [Fact]
    public void A_large_file_is_read_whole()
    {
        string[] rows = [.. Enumerable.Range(0, 50_000).Select(i => $"{i},\"a \"\"{i % 3}\"\"\r\nb\"")];

        LabeledDataset data = Labeled("x,kind\r\n" + string.Join("\r\n", rows), new CsvOptions());

        Assert.Equal(Enumerable.Range(0, 50_000).Select(i => (float)i), data.Features.ToArray());
        Assert.Equal(Enumerable.Range(0, 50_000).Select(i => i % 3), data.Labels.ToArray());
        Assert.Equal("a \"0\"\r\nb", data.ClassNames[0]);
    }

    [Fact]
    public void Line_breaks_and_characters_of_two_units_are_whole_wherever_a_buffer_ends()
    {
        string text = "kind,x\r\r" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\"\U0001F600\r\r{i % 3}\",{i}\r\r"));

        LabeledDataset data = Labeled(text, new CsvOptions());

        Assert.Equal(["\U0001F600\r\r0", "\U0001F600\r\r1", "\U0001F600\r\r2"], data.ClassNames);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (float)i), data.Features.ToArray());
        Assert.Contains("(80003): column 'x' holds 'wrong'", Refused(text + "a,wrong", new CsvOptions()));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_placed_in_a_file_of_any_length() => Assert.Contains(
        "(2): the row that begins here has over 16,000,000 characters; most likely one of its quotes is never closed",
        Refused("x,kind\n1,\"a\n" + string.Concat(Enumerable.Repeat("2,b\n", 4_500_000)), new CsvOptions()));

    private static string Refused(string text, CsvOptions options, string label = "kind") =>
        Assert.Throws<DatasetException>(() => Labeled(text, options, label)).Message;

    private static LabeledDataset Labeled(string text, CsvOptions options, string label = "kind")
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), label: label, options: options);
    }
}
