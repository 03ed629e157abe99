using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data.Images;

/// <summary>Image files that are none, or no whole ones.</summary>
public sealed class DamagedImageTests
{
    private static readonly ImageOptions bytes = new() { Scale = 1 };

    [Theory]
    [InlineData("", "x.bin: the file is no image that can be read: it is empty")]
    [InlineData("hello", "it is no PNG, JPEG, BMP, GIF, PGM (P5) or PPM (P6) file; save it anew as PNG, or take it out of the folder")]
    [InlineData("P5 2 2 255 ", "it states 2 x 2 pixels, which take 4 bytes from byte 11 on, but 0 follow")]
    [InlineData("P6 2 2 255 12345", "which take 12 bytes from byte 11 on, but 5 follow")]
    [InlineData("P5 2", "its header has no width, height and largest value")]
    [InlineData("P5 1 1 0 1", "its largest value is 0, and 1 to 65535 are read")]
    [InlineData("P5 99999999999 1 255 1", "its header has no width")]
    [InlineData("P5 0 1 255 ", "it states 0 x 1 pixels")]
    public void What_is_no_image_is_named_with_the_reason(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetException>(() => ImageTests.Read([.. text.Select(c => (byte)c)], bytes)).Message);

    [Theory]
    [InlineData("Png")]
    [InlineData("Bmp")]
    [InlineData("Gif")]
    [InlineData("Jpeg")]
    [InlineData("Ppm")]
    public void An_image_cut_off_at_any_byte_is_refused(string format)
    {
        byte[] file = ImageTests.BytesOf(format);

        for (int length = 0; length < file.Length; length += file.Length > 200 && length < file.Length - 20 ? 7 : 1)
            Assert.True(Record.Exception(() => ImageTests.Read(file[..length], bytes)) is DatasetException, $"{format}, {length} of {file.Length} bytes");
    }

    [Theory]
    [InlineData("Png")]
    [InlineData("Bmp")]
    [InlineData("Gif")]
    [InlineData("Jpeg")]
    [InlineData("Ppm")]
    public void An_image_with_any_byte_changed_is_refused_or_read_and_never_allocates_much(string format)
    {
        byte[] file = ImageTests.BytesOf(format);
        for (int i = 0; i < file.Length; i += file.Length > 200 ? 3 : 1)
            foreach (byte change in (byte[])[1, 0x80])
            {
                byte[] changed = [.. file];
                changed[i] ^= change;
                long before = GC.GetAllocatedBytesForCurrentThread();
                Exception? error = Record.Exception(() => ImageTests.Read(changed, bytes));
                Assert.True(error is DatasetException or null, $"{format}, byte {i} ^ {change:X2}: {error}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
            }
    }

    [Fact]
    public void A_size_that_the_bytes_cannot_hold_is_refused()
    {
        byte[] png = [.. ImageBytes.Png], bmp = [.. ImageBytes.Bmp], gif = [.. ImageBytes.Gif];
        png[18] = 0xFF;
        bmp[20] = 0x7F;
        (gif[7], gif[9]) = (0xFF, 0xFF);

        Assert.Contains("the sum of the chunk at byte 8 is wrong", Fault(png));
        Assert.Contains("it states 8323075 x 2 pixels of 24 bits, which take 49938456 bytes from byte 54 on, but has 78 in all", Fault(bmp));
        Assert.Contains($"it states 65283 x 65282 pixels in {ImageBytes.Gif.Length} bytes", Fault(gif));
    }

    private static string Fault(byte[] file) => Assert.Throws<DatasetException>(() => ImageTests.Read(file, bytes)).Message;
}
