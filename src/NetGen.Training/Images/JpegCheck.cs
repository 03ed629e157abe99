using System;
using System.Buffers.Binary;

namespace NetGen.Training.Images;

/// <summary>
/// Checks that a JPEG file is whole: segments up to the first scan, and an end marker behind it. (Pictures within segments have end markers of their own.)
/// </summary>
internal static class JpegCheck
{
    private const byte StartOfScan = 0xDA;

    public static (int Width, int Height, string? Fault) Check(ReadOnlySpan<byte> file)
    {
        int width = 0, height = 0;
        for (int at = 2; ;)
        {
            ReadOnlySpan<byte> rest = file[at..];
            if (rest.Length < 4)
                return (0, 0, $"it ends at byte {file.Length}, before its pixels: it is cut off");
            if (rest[0] != 0xFF)
                return (0, 0, $"no segment begins at byte {at}: it is damaged");
            if (rest[1] == 0xFF)
            {
                at++; // a byte to fill
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length > rest.Length - 2)
                return (0, 0, $"the segment at byte {at} states {length} bytes, but {rest.Length - 2} follow: it is cut off or damaged");
            if (rest[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && length >= 8)
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(rest[5..]), BinaryPrimitives.ReadUInt16BigEndian(rest[7..]));
            if (rest[1] == StartOfScan)
                return rest.LastIndexOf([(byte)0xFF, (byte)0xD9]) < 0 ? (0, 0, $"it ends at byte {file.Length} without an end marker: it is cut off") : (width, height, null);
            at += 2 + length;
        }
    }
}
