using System;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Data.Arrays.ArrayBytes;

namespace NetGen.Training.Tests.Data.Arrays;

public sealed class IdxTests
{
    private static readonly byte[] images = Idx(8, [2, 2, 2], 0, 51, 102, 255, 1, 2, 3, 4), labels = Idx(8, [2], 1, 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read_plain_or_compressed_whatever_the_name(bool isCompressed)
    {
        LabeledDataset data = isCompressed ? Read(Gzip(images), Gzip(labels)) : Read(images, labels);

        Assert.Equal([0f, 51, 102, 255, 1, 2, 3, 4], data.Features.ToArray());
        Assert.Equal([1, 0], data.Labels.ToArray());
        Assert.Equal([2, 2], data.SampleShape);
    }

    [Fact]
    public void Pixels_are_scaled_where_that_is_asked() =>
        Assert.Equal([0f, 51 * (1 / 255f), 102 * (1 / 255f), 1, 1 / 255f], Read(images, labels, 1 / 255f).Features[..5].ToArray());

    [Theory]
    [InlineData(0x08, "FF01", 255, 1)]
    [InlineData(0x09, "FF01", -1, 1)]
    [InlineData(0x0B, "FFFF0001", -1, 1)]
    [InlineData(0x0C, "FFFFFFFF00000001", -1, 1)]
    [InlineData(0x0D, "BF8000003F800000", -1, 1)]
    [InlineData(0x0E, "BFF00000000000003FF0000000000000", -1, 1)]
    public void Every_type_is_read(byte type, string hex, float first, float second) =>
        Assert.Equal([first, second], Read(Idx(type, [2], Convert.FromHexString(hex)), labels).Features.ToArray());

    [Fact]
    public void What_is_no_IDX_file_is_refused()
    {
        Assert.Contains("the file is no IDX file: its first bytes are 934E554D", Refused(Npy([2], 1, 2), labels));
        Assert.Contains("it seems to be a .npy file, read it by FromNpy", Refused(Npy([2], 1, 2), labels));
        Assert.Contains("the file ends after 0 bytes, within its header", Refused([], labels));
        Assert.Contains("[2, 2, 2] of 1 bytes each, 8 bytes, but 9 follow it (from byte 16); the file is longer than its array", Refused([.. images, 0], labels));
        Assert.Contains("more bytes follow the array of shape [2, 2, 2]", Refused(Gzip([.. images, 0]), labels));
        Assert.Contains("there are 2 labels (shape [2]), but ", Refused(Idx(8, [3], 1, 2, 3), labels));
        Assert.Contains("the shape [4294967295, 4294967295, 4294967295] of 1 bytes each, more than any file", Refused(Idx(8, [-1, -1, -1], 1), labels));
        Assert.Contains("the shape [1000000000] of 1 bytes each, 1000000000 bytes, but at most ", Refused(Gzip(Idx(8, [1000000000], 1)), labels));
    }

    internal static Exception? Fault(byte[] file) => Record.Exception(() => Read(file, labels));

    private static string Refused(byte[] x, byte[] y) => Assert.Throws<DatasetException>(() => Read(x, y)).Message;

    private static LabeledDataset Read(byte[] x, byte[] y, float scale = 1)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromIdx(folder.Write("images", x), folder.Write("labels", y), scale: scale);
    }
}
