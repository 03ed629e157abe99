using System;
using System.Buffers.Binary;
using NetGen.Training.Files;

namespace NetGen.Training.Images;

/// <summary>Checks that a PNG file is whole: its chunks, each a length, a name, data and a CRC-32, from IHDR to IEND.</summary>
internal static class PngCheck
{
    private const int SignatureLength = 8, ChunkOverhead = 12;

    public static (int Width, int Height, string? Fault) Check(ReadOnlySpan<byte> file)
    {
        int width = 0, height = 0;
        for (int at = SignatureLength; ;)
        {
            ReadOnlySpan<byte> rest = file[at..];
            if (rest.Length < ChunkOverhead)
                return (0, 0, $"it ends at byte {file.Length}, before its IEND chunk: it is cut off");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkOverhead)
                return (0, 0, $"the chunk at byte {at} states {length} bytes, but {rest.Length - ChunkOverhead} follow: it is cut off or damaged");

            ReadOnlySpan<byte> named = rest.Slice(4, 4 + (int)length);
            if (Crc32.Of(named) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
                return (0, 0, $"the sum of the chunk at byte {at} is wrong: it is damaged");
            if (at == SignatureLength)
            {
                if (!named.StartsWith("IHDR"u8) || length != 13)
                    return (0, 0, "it does not begin with an IHDR chunk: it is damaged");
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(named[4..]), BinaryPrimitives.ReadInt32BigEndian(named[8..]));
            }

            if (named.StartsWith("IEND"u8))
                return (width, height, null);
            at += ChunkOverhead + (int)length;
        }
    }
}
