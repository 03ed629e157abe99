using System;
using System.IO;
using System.IO.Compression;
using Xunit;

namespace NetGen.Benchmarks.Tests;

public class IdxFileTests
{
    private static readonly byte[] s_twoLabels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 3];

    [Fact]
    public void Reads_sizes_and_elements()
    {
        IdxFile images = Read([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 255], 3);
        Assert.Equal([2, 1, 2], images.Sizes);
        Assert.Equal([10, 20, 30, 255], images.Elements);
    }

    [Theory]
    [InlineData("train-labels-idx1-ubyte", false)]
    [InlineData("train-labels.idx1-ubyte", false)]
    [InlineData("train-labels-idx1-ubyte.gz", true)]
    public void Finds_a_file_by_its_usual_names(string name, bool isCompressed)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-idx");
        try
        {
            using (Stream file = File.Create(Path.Combine(folder.FullName, name)))
            using (Stream content = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file)
                content.Write(s_twoLabels);
            Assert.Equal([7, 3], IdxFile.Find(folder.FullName, "train-labels-idx1-ubyte", 1).Elements);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var e = Assert.Throws<FileNotFoundException>(() => IdxFile.Find("nowhere", "t10k-images-idx3-ubyte", 3));
        Assert.Equal("nowhere has no t10k-images-idx3-ubyte, nor t10k-images-idx3-ubyte.gz", e.Message);
    }

    [Theory]
    [InlineData(new byte[] { }, "x is not an IDX file: it does not begin with two zeros")]
    [InlineData(new byte[] { 31, 139, 8, 1 }, "x is not an IDX file: it does not begin with two zeros")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0 }, "x has elements of type 0x0d; unsigned bytes, 0x08, are read")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1 }, "x has 3 axes in a file of 8 bytes; 1 axes are asked for")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 0, 0, 0 }, "x: axis 0 has size -16777216")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 7, 3 }, "x holds 2 elements, but its axes, 3, have 3")]
    public void What_is_no_such_file_is_refused_with_the_reason(byte[] bytes, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(bytes, 1)).Message);

    private static IdxFile Read(byte[] bytes, int axes) => IdxFile.Read(new MemoryStream(bytes), "x", axes);
}
