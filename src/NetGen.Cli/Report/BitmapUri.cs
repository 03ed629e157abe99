using System;
using System.Buffers.Binary;

namespace NetGen.Cli.Report;

/// <summary>
/// An image as a BMP in a data URI: a header of 54 bytes, then rows from the bottom, each of blue, green and red bytes,
/// filled up to four. It is not compressed, so the bytes depend on the pixels alone; large images are made smaller.
/// </summary>
internal static class BitmapUri
{
    /// <summary>The most pixels of a side.</summary>
    private const int MostSide = 64;

    private const int Header = 54;

    public static string Of(SampleImage image)
    {
        // A pixel of the smaller image is the mean of a square.
        int square = Math.Max(1, (Math.Max(image.Width, image.Height) + MostSide - 1) / MostSide);
        int width = (image.Width + square - 1) / square, height = (image.Height + square - 1) / square, stride = ((3 * width) + 3) & ~3;
        byte[] file = new byte[Header + (stride * height)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        Write(file, 2, file.Length);
        Write(file, 10, Header);
        Write(file, 14, 40);
        Write(file, 18, width);
        Write(file, 22, height);
        file[26] = 1; // plane
        file[28] = 24; // bits of a pixel
        Write(file, 34, stride * height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = Header + ((height - 1 - y) * stride) + (3 * x);
                for (int c = 0; c < 3; c++)
                    file[at + 2 - c] = Mean(image, image.Channels == 3 ? c : 0, y * square, x * square, square);
            }
        }

        return "data:image/bmp;base64," + Convert.ToBase64String(file);
    }

    private static byte Mean(SampleImage image, int channel, int top, int left, int square)
    {
        int bottom = Math.Min(top + square, image.Height), right = Math.Min(left + square, image.Width);
        double sum = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
                sum += image.Pixels[(((channel * image.Height) + y) * image.Width) + x];
        }

        double mean = sum / ((bottom - top) * (right - left));
        // A NaN is black.
        return mean > 0 ? (byte)Math.Round(255 * Math.Min(mean, 1)) : (byte)0;
    }

    private static void Write(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
