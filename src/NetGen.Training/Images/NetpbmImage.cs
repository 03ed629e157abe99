using System;

namespace NetGen.Training.Images;

/// <summary>
/// PGM and PPM files of bytes (P5 and P6): the width, the height and the largest value as text, one blank, and the rows. Values over 255 have two bytes, the
/// higher first; all are brought to 0 to 255.
/// </summary>
internal static class NetpbmImage
{
    private const int LargestValue = 65535;

    public static (int Width, int Height, string? Fault) Check(ReadOnlySpan<byte> file)
    {
        if (!TryReadHeader(file, out int width, out int height, out int largest, out int start))
            return (0, 0, "its header has no width, height and largest value: it is cut off or damaged");
        if (largest is < 1 or > LargestValue)
            return (0, 0, $"its largest value is {largest}, and 1 to {LargestValue} are read");

        long size = (long)width * height * ChannelsOf(file) * (largest > 255 ? 2 : 1);
        return size == file.Length - start ? (width, height, null)
            : (0, 0, $"it states {width} x {height} pixels, which take {size} bytes from byte {start} on, but {file.Length - start} follow: it is cut off or damaged");
    }

    /// <summary>Reads a file that was checked.</summary>
    public static Pixels Read(ReadOnlySpan<byte> file, int channels)
    {
        TryReadHeader(file, out int width, out int height, out int largest, out int start);
        int count = ChannelsOf(file), size = largest > 255 ? 2 : 1;
        byte[] bytes = new byte[checked(width * height * channels)];
        for (int pixel = 0; pixel < width * height; pixel++)
        {
            ReadOnlySpan<byte> at = file[(start + pixel * count * size)..];
            byte r = Value(at, 0, size, largest), g = count == 1 ? r : Value(at, 1, size, largest), b = count == 1 ? r : Value(at, 2, size, largest);
            if (channels == 3)
                (bytes[3 * pixel], bytes[3 * pixel + 1], bytes[3 * pixel + 2]) = (r, g, b);
            else
                bytes[pixel] = count == 1 ? r : (byte)((77 * r + 150 * g + 29 * b) >> 8); // as StbImageSharp does
        }

        return new Pixels(width, height, channels, bytes);
    }

    private static int ChannelsOf(ReadOnlySpan<byte> file) => file[1] == '5' ? 1 : 3;

    private static byte Value(ReadOnlySpan<byte> at, int channel, int size, int largest)
    {
        int value = size == 1 ? at[channel] : at[2 * channel] << 8 | at[2 * channel + 1];
        return (byte)Math.Min(255, (value * 255L + largest / 2) / largest);
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> file, out int width, out int height, out int largest, out int start)
    {
        int at = 2;
        height = largest = 0;
        bool isRead = TryReadNumber(file, ref at, out width) && TryReadNumber(file, ref at, out height) && TryReadNumber(file, ref at, out largest);
        start = at + 1;
        return isRead;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> file, ref int at, out int number)
    {
        number = 0;
        while (at < file.Length && file[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'#')
        {
            if (file[at] == '#')
                while (at < file.Length && file[at] != '\n')
                    at++;
            else
                at++;
        }

        int first = at;
        while (at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && number < 100_000_000)
            number = number * 10 + file[at++] - '0';
        return at > first && at < file.Length && file[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
    }
}
