using System;
using System.IO;
using NetGen.Training.Files;
using StbImageSharp;

namespace NetGen.Training.Images;

/// <summary>
/// Reads image files, whose format their first bytes tell. PNG, JPEG, BMP and GIF are decoded by StbImageSharp, which takes much for granted: that a file
/// is whole, and as large as it states, is checked before.
/// </summary>
internal static class ImageFile
{
    private const int LargestSide = 1 << 16;

    /// <summary>Reads an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">1 or 3.</param>
    /// <exception cref="DatasetException">It is no image, or damaged.</exception>
    public static Pixels Read(string path, int channels)
    {
        byte[] bytes = BytesOf(path);
        (int width, int height, string? fault) = bytes switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngCheck.Check(bytes),
            [0xFF, 0xD8, 0xFF, ..] => JpegCheck.Check(bytes),
            [(byte)'B', (byte)'M', ..] => BmpCheck.Check(bytes),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifCheck.Check(bytes),
            [(byte)'P', (byte)'5' or (byte)'6', ..] => NetpbmImage.Check(bytes),
            [] => (0, 0, "it is empty"),
            _ => (0, 0, "it is no PNG, JPEG, BMP, GIF, PGM (P5) or PPM (P6) file"),
        };
        if (fault is not null)
            throw Fault(path, fault, null);
        if (width < 1 || height < 1)
            throw Fault(path, $"it states {width} x {height} pixels", null);
        if (width > LargestSide || height > LargestSide || (long)width * height > bytes.Length * MostPixels(bytes[0]))
            throw Fault(path, $"it states {width} x {height} pixels in {bytes.Length} bytes", null);

        return bytes[0] == 'P' ? NetpbmImage.Read(bytes, channels) : Decode(path, bytes, channels);
    }

    // More pixels than a format writes into a byte: a JPEG takes a bit for 8 x 8 at least, a GIF 12 for 4096, and a PNG deflates 1032 bytes of 8 each.
    private static long MostPixels(byte first) => first switch
    {
        0xFF => 1_000,
        (byte)'G' => 3_000,
        _ => 10_000,
    };

    private static byte[] BytesOf(string path)
    {
        using FileStream file = DataFile.Open(path);
        if (file.Length > Array.MaxLength)
            throw Fault(path, $"it has {file.Length} bytes, over {Array.MaxLength}", null);

        byte[] bytes = new byte[file.Length];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }

    private static Pixels Decode(string path, byte[] bytes, int channels)
    {
        try
        {
            ImageResult image = ImageResult.FromMemory(bytes, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue);
            return image.Data.Length == (long)image.Width * image.Height * channels
                ? new Pixels(image.Width, image.Height, channels, image.Data)
                : throw Fault(path, "its pixels are not those of its size", null);
        }
        catch (Exception e) when (e is not (DatasetException or OutOfMemoryException))
        {
            throw Fault(path, $"it cannot be decoded: {e.Message.TrimEnd('.')}", e); // of whatever type the decoder throws
        }
    }

    private static DatasetException Fault(string path, string what, Exception? inner) =>
        new(path, null, $"the file is no image that can be read: {what}; save it anew as PNG, or take it out of the folder.", inner);
}
