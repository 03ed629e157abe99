using System;
using System.Buffers.Binary;
using System.Linq;
using NetGen.Cli.Report;
using Xunit;

namespace NetGen.Cli.Tests.Report;

/// <summary>The samples that a network does worst on, in a table and as images.</summary>
public sealed class WorstSectionTests
{
    [Fact]
    public void A_table_has_what_was_right_what_was_given_and_the_features() => Assert.Equal(
        [
            ["row", "right", "given", "loss", "sepal_length", "sepal_width", "petal_length", "petal_width"],
            ["107", "versicolor", "virginica (0.71)", "1.302", "4.9", "2.5", "4.5", "1.7"],
            ["71", "versicolor", "versicolor (0.58)", "0.5447", "5.9", "3.2", "4.8", "1.8"],
        ], ReportPage.Of(SampleReports.Iris()).Table("Largest losses"));

    [Fact]
    public void Of_many_features_the_first_are_shown_and_the_others_counted()
    {
        ReportPage page = ReportPage.Of(SampleReports.Binary());
        string[][] table = page.Table("Largest losses");
        Assert.Equal(["loss", "measure_1"], table[0][3..5]);
        Assert.Equal("measure_8", table[0][^1]);
        Assert.All(table, static row => Assert.Equal(12, row.Length));
        Assert.Contains("The first 8 of 30 features are shown.", page.Section("worst").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_are_drawn_with_what_they_were_taken_for()
    {
        ReportPage page = ReportPage.Of(SampleReports.Digits());
        Assert.Equal(16, page.Section("worst").Descendants().Count(static e => e.Name.LocalName == "img"));
        Assert.Equal("Sample 37, right: 0, given: 3 (0.90)", (string?)page.All("img").First().Attribute("alt"));
        Assert.Contains("loss 4.2, row 37", page.Section("worst").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bitmap_has_the_pixels_of_the_image()
    {
        // Red, green, blue by their planes; the second row is half as bright. Two pixels are filled up to 8 bytes.
        byte[] file = Bytes(new SampleImage(3, 2, 2, [1, 0, 0.5f, 0, 0, 1, 0, 0.5f, 0, 0, 0, float.NaN]));
        Assert.Equal("BM"u8.ToArray(), file[..2]);
        int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        Assert.Equal((70, 54, 40, 2, 2, 1, 24), (Number(2), Number(10), Number(14), Number(18), Number(22), (int)file[26], (int)file[28]));
        Assert.Equal(file.Length, Number(2));
        Assert.Equal([0, 0, 128, 0, 128, 0, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0], file[54..]);
    }

    [Fact]
    public void A_grey_image_is_grey_and_of_other_channels_the_first_is_shown()
    {
        Assert.Equal([51, 51, 51, 0], Bytes(new SampleImage(1, 1, 1, [0.2f]))[54..]);
        Assert.Equal([51, 51, 51, 0], Bytes(new SampleImage(2, 1, 1, [0.2f, 0.9f]))[54..]);
        Assert.Equal([255, 255, 255, 0], Bytes(new SampleImage(1, 1, 1, [7]))[54..]);
    }

    [Fact]
    public void A_large_image_is_made_smaller_by_means()
    {
        // 130 columns: 44 squares of 3, the last of 1.
        byte[] file = Bytes(new SampleImage(1, 3, 130, [.. Enumerable.Range(0, 390).Select(static k => k % 130 == 129 ? 1f : (k % 3) * 0.5f)]));
        Assert.Equal((44, 1), (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(18)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(22))));
        Assert.Equal(255, file[54 + (43 * 3)]);
        Assert.InRange(file[54 + 3], 100, 155);
    }

    private static byte[] Bytes(SampleImage image)
    {
        const string Prefix = "data:image/bmp;base64,";
        string uri = BitmapUri.Of(image);
        Assert.StartsWith(Prefix, uri, StringComparison.Ordinal);
        return Convert.FromBase64String(uri[Prefix.Length..]);
    }
}
