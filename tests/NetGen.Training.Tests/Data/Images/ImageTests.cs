using System;
using System.IO;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data.Images;

public sealed class ImageTests
{
    private static readonly ImageOptions bytes = new() { Scale = 1 };

    // Channels first: the reds of all pixels, then the greens, then the blues.
    private static readonly float[] colours = [255, 0, 0, 255, 0, 100, 0, 255, 0, 255, 0, 150, 0, 0, 255, 255, 0, 200];

    public static TheoryData<string> Formats { get; } = ["Png", "Bmp", "Gif"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_image_of_any_format_is_channels_first_whatever_its_name(string format)
    {
        LabeledDataset data = Read(BytesOf(format), bytes);

        Assert.Equal(colours, data.Features.ToArray());
        Assert.Equal([3, 2, 3], data.SampleShape);
    }

    [Fact]
    public void A_JPEG_is_read_within_its_own_precision()
    {
        LabeledDataset data = Read(ImageBytes.Jpeg, bytes);

        Assert.Equal([3, 8, 8], data.SampleShape);
        Assert.All(data.Features[..64].ToArray(), x => Assert.InRange(x, 198, 202));
        Assert.All(data.Features[64..128].ToArray(), x => Assert.InRange(x, 98, 102));
        Assert.All(data.Features[128..].ToArray(), x => Assert.InRange(x, 48, 52));
    }

    [Fact]
    public void Features_are_0_to_1_by_default() => Assert.Equal(colours.Select(x => x * (1 / 255f)), Read(ImageBytes.Png, new ImageOptions()).Features.ToArray());

    [Fact]
    public void Transparency_is_left_out_and_16_bits_become_8()
    {
        Assert.Equal([10f, 40, 20, 50, 30, 60], Read(ImageBytes.TransparentPng, bytes).Features.ToArray());
        Assert.Equal([0x12, 0xFF], Read(ImageBytes.DeepPng, bytes with { Channels = 1 }).Features.ToArray().Select(x => (int)x));
    }

    [Theory]
    [InlineData("Png")]
    [InlineData("Bmp")]
    public void Colours_become_gray_by_how_bright_they_are(string format) => Assert.Equal(
        [(77 * 255) >> 8, (150 * 255) >> 8, (29 * 255) >> 8, 255, 0, (77 * 100 + 150 * 150 + 29 * 200) >> 8],
        Read(BytesOf(format), bytes with { Channels = 1 }).Features.ToArray().Select(x => (int)x));

    [Fact]
    public void PGM_and_PPM_are_read_with_comments_and_any_largest_value()
    {
        Assert.Equal([0f, 128, 255], Read([.. "P5 3 1 255\n"u8, 0, 128, 255], bytes with { Channels = 1 }).Features.ToArray());
        Assert.Equal([0f, 128, 0, 128, 0, 128], Read([.. "P5\n# two\n2 1\n#\n255\n"u8, 0, 128], bytes).Features.ToArray());
        Assert.Equal([1f, 4, 2, 5, 3, 6], Read([.. "P6\t2\r\n1 255 "u8, 1, 2, 3, 4, 5, 6], bytes).Features.ToArray());
        Assert.Equal([(float)((77 + 150 * 2 + 29 * 3) >> 8)], Read([.. "P6 1 1 255 "u8, 1, 2, 3], bytes with { Channels = 1 }).Features.ToArray());
        Assert.Equal([0f, 128, 255], Read([.. "P5 3 1 15\n"u8, 0, 8, 15], bytes with { Channels = 1 }).Features.ToArray().Select(x => x == 136 ? 128f : x));
        Assert.Equal([0f, 255], Read([.. "P5 2 1 65535\n"u8, 0, 0, 255, 255], bytes with { Channels = 1 }).Features.ToArray());
    }

    [Fact]
    public void Classes_and_files_are_in_ordinal_order_and_hidden_ones_are_skipped()
    {
        using var folder = new TemporaryFolder();
        Put(folder, "dog/b.pgm", Gray(3));
        Put(folder, "dog/a.pgm", Gray(2));
        Put(folder, "Cat/x.png", Gray(1));
        Put(folder, "dog/.DS_Store", [1, 2, 3]);
        Put(folder, ".git/x", [1]);

        LabeledDataset data = Dataset.FromImages(folder.Path, options: bytes with { Channels = 1 });

        Assert.Equal(["Cat", "dog"], data.ClassNames);
        Assert.Equal([1f, 2, 3], data.Features.ToArray());
        Assert.Equal([0, 1, 1], data.Labels.ToArray());
        Assert.Equal([1, 2, 2], Dataset.FromImages(folder.Path, classNames: ["bird", "Cat", "dog"]).Labels.ToArray());
    }

    [Fact]
    public void An_image_of_another_size_is_refused_unless_a_resize_is_stated()
    {
        using var folder = new TemporaryFolder();
        Put(folder, "a/1.png", ImageBytes.Png);
        Put(folder, "a/2.jpg", ImageBytes.Jpeg);

        Assert.Contains("2.jpg: the image has 8 x 8 pixels (width x height), but 3 x 2 are those of the first image; state Width, Height and Resize", Refused(folder, bytes));
        Assert.Contains("1.png: the image has 3 x 2 pixels (width x height), but 3 x 3 are asked for", Refused(folder, bytes with { Width = 3, Height = 3 }));
        Assert.Equal(2, Dataset.FromImages(folder.Path, options: bytes with { Width = 4, Height = 5, Resize = ImageResize.Bilinear }).Count);
        Assert.Contains("Resize is Bilinear, but Width or Height is null", Wrong(folder, bytes with { Resize = ImageResize.Bilinear }));
        Assert.Contains("Channels is 2", Wrong(folder, bytes with { Channels = 2 }));
        Assert.Contains("Width is 0 and Height null", Wrong(folder, bytes with { Width = 0 }));
        Assert.Contains("Scale is NaN", Wrong(folder, bytes with { Scale = float.NaN }));
    }

    // im.resize((6, 4), Image.BILINEAR) of Pillow 9.4, the reds.
    [Fact]
    public void A_resize_interpolates_between_the_centers_of_pixels()
    {
        LabeledDataset data = Read(ImageBytes.Png, bytes with { Width = 6, Height = 4, Resize = ImageResize.Bilinear });

        Assert.Equal([255f, 191, 64, 0, 0, 0], data.Features[..6].ToArray().Select(x => MathF.Round(x)));
        Assert.Equal([191.25f, 63.75f], data.Features[1..3].ToArray());
        Assert.Equal([127.5f], Read([.. "P5 2 2 255\n"u8, 0, 255, 0, 255], bytes with { Channels = 1, Width = 1, Height = 1, Resize = ImageResize.Bilinear }).Features.ToArray());
    }

    [Fact]
    public void A_folder_that_is_no_folder_of_classes_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("the folder holds no folders", Refused(folder, bytes));
        Directory.CreateDirectory(folder.File("cat"));
        Assert.Contains("the class folder 'cat' holds no files", Refused(folder, bytes));
        Put(folder, "cat/1.pgm", Gray(1));
        Put(folder, "dogs/1.pgm", Gray(1));
        Assert.Contains("the folder 'dogs' is none of the 2 classes 'cat', 'dog'; did you mean 'dog'?", Assert.Throws<DatasetException>(() => Dataset.FromImages(folder.Path, ["cat", "dog"])).Message);
        Directory.CreateDirectory(folder.File("cat/more"));
        Assert.Contains("the class folder 'cat' holds the folder 'more'", Refused(folder, bytes));
        Put(folder, "labels.csv", [1]);
        Assert.Contains("the file 'labels.csv' stands beside the folders of the classes", Refused(folder, bytes));
        Assert.Throws<DirectoryNotFoundException>(() => Dataset.FromImages(folder.File("none")));
    }

    [Fact]
    public void A_folder_is_read_in_chunks_of_all_classes()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 40; i++)
            Put(folder, $"{(i < 20 ? "a" : "b")}/{i:00}.pgm", Gray((byte)i));

        ChunkedDataset<LabeledDataset> chunks = ChunkedDataset.FromImages(folder.Path, chunkSize: 15, options: bytes with { Channels = 1 });

        LabeledDataset[] read = [.. Enumerable.Range(0, chunks.ChunkCount).Select(chunks.Read)];
        Assert.Equal([15, 15, 10], read.Select(chunk => chunk.Count));
        Assert.Equal([15, 15, 10], Enumerable.Range(0, 3).Select(chunks.CountOf));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (float)i), read.SelectMany(chunk => chunk.Features.ToArray()).Order());
        Assert.All(read, chunk => Assert.All(Enumerable.Range(0, chunk.Count), i => Assert.Equal(chunk.Features[i] < 20 ? 0 : 1, chunk.Labels[i])));
        Assert.All(read, chunk => Assert.DoesNotContain(0, chunk.ClassCounts));
    }

    internal static LabeledDataset Read(byte[] file, ImageOptions options)
    {
        using var folder = new TemporaryFolder();
        Put(folder, "a/x.bin", file);
        return Dataset.FromImages(folder.Path, options: options);
    }

    internal static byte[] BytesOf(string format) => format switch
    {
        "Png" => ImageBytes.Png,
        "Bmp" => ImageBytes.Bmp,
        "Gif" => ImageBytes.Gif,
        "Jpeg" => ImageBytes.Jpeg,
        _ => [.. "P6 3 2 255\n"u8, .. new byte[18]],
    };

    private static byte[] Gray(byte value) => [.. "P5 1 1 255\n"u8, value];

    private static void Put(TemporaryFolder folder, string name, byte[] file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        folder.Write(name, file);
    }

    private static string Refused(TemporaryFolder folder, ImageOptions options) => Assert.Throws<DatasetException>(() => Dataset.FromImages(folder.Path, options: options)).Message;

    private static string Wrong(TemporaryFolder folder, ImageOptions options) => Assert.Throws<ArgumentException>(() => Dataset.FromImages(folder.Path, options: options)).Message;
}
