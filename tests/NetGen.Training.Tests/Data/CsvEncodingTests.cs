using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class CsvEncodingTests
{
    private const string Animals = "x,art\n1,Bär\n2,Bör\n3,Bür\n4,Hund\n";

    static CsvEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, byte[]> MarkedFiles { get; } = new()
    {
        { "UTF-8", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Animals)] },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Animals)] },
        { "UTF-16, big endian", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Animals)] },
        { "UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Animals)] },
        { "UTF-32, big endian", [.. new UTF32Encoding(true, true).Preamble, .. new UTF32Encoding(true, true).GetBytes(Animals)] },
    };

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused_with_the_line_the_byte_and_the_remedy()
    {
        DatasetException error = Refused(Encoding.Latin1.GetBytes(Animals));

        Assert.Equal(2, error.Line);
        Assert.Contains("(2): byte 0xE4 behind '1,B' is not UTF-8; write the file as UTF-8, or state its encoding in the options: Encoding = Encoding.Latin1", error.Message);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    [InlineData("macintosh")]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void A_stated_encoding_keeps_classes_apart(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        LabeledDataset data = Read(encoding.GetBytes(Animals), encoding);

        Assert.Equal(["Bär", "Bör", "Bür", "Hund"], data.ClassNames);
        Assert.Equal([0, 1, 2, 3], data.Labels.ToArray());
    }

    [Theory]
    [MemberData(nameof(MarkedFiles))]
    public void A_byte_order_mark_says_the_encoding_whatever_the_options_state(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        Assert.Equal(["Bär", "Bör", "Bür", "Hund"], Read(bytes).ClassNames);
        Assert.Equal(["Bär", "Bör", "Bür", "Hund"], Read(bytes, Encoding.Latin1).ClassNames);
    }

    [Fact]
    public void A_byte_that_the_stated_encoding_lacks_is_refused()
    {
        DatasetException error = Refused(Encoding.UTF8.GetBytes(Animals), Encoding.ASCII);

        Assert.Contains("(2): byte 0xC3 behind '1,B' is not US-ASCII", error.Message);
    }

    [Theory]
    [InlineData("utf-16LE", "Encoding.Unicode")]
    [InlineData("utf-16BE", "Encoding.BigEndianUnicode")]
    public void UTF_16_without_a_mark_is_named(string name, string remedy) => Assert.Contains(
        $"(1): the file seems to be UTF-16 without a byte order mark; state Encoding = {remedy}",
        Refused(Encoding.GetEncoding(name).GetBytes(Animals)).Message);

    [Fact]
    public void A_mark_within_the_text_shows_files_that_were_joined() => Assert.Contains(
        "(3): a byte order mark (U+FEFF) stands within the text, as where files were joined",
        Refused(Encoding.UTF8.GetBytes("\uFEFFx,art\n1,a\n\uFEFF2,b\n")).Message);

    [Fact]
    public void A_NUL_is_named_with_its_place() => Assert.Contains(
        "(2): a NUL character behind '1,B' stands within the text; the file is damaged",
        Refused(Encoding.UTF8.GetBytes("x,art\n1,B\0r\n")).Message);

    [Fact]
    public void A_replacement_character_in_a_label_shows_an_earlier_conversion_that_failed() => Assert.Contains(
        "(2): column 'art' holds 'B\uFFFDr', whose U+FFFD stands where a conversion could not read the text",
        Refused(Encoding.UTF8.GetBytes("x,art\n1,B\uFFFDr\n")).Message);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void The_place_is_right_far_into_a_file_whatever_its_lines_end_with(string end)
    {
        IEnumerable<string> rows = Enumerable.Range(0, 30_000).Select(i => $"{i},Bär");
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"x,art{end}{string.Join(end, rows)}{end}7,a"), 0xFF];

        Assert.Contains("(30002): byte 0xFF behind '7,a' is not UTF-8", Refused(bytes).Message);
    }

    [Fact]
    public void A_character_cut_off_by_the_end_of_the_file_is_refused() =>
        Assert.Contains("(2): byte 0xC3 behind '1,B' is not UTF-8", Refused([.. Encoding.UTF8.GetBytes("x,art\n1,B"), 0xC3]).Message);

    private static DatasetException Refused(byte[] bytes, Encoding? encoding = null) => Assert.Throws<DatasetException>(() => Read(bytes, encoding));

    private static LabeledDataset Read(byte[] bytes, Encoding? encoding = null)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", bytes), label: "art", options: new CsvOptions { Encoding = encoding });
    }
}
