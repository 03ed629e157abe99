using System;
using System.Buffers.Binary;

namespace NetGen.Training.Images;

/// <summary>Checks that a GIF file is whole: blocks up to the trailer.</summary>
internal static class GifCheck
{
    private const byte Extension = 0x21, Image = 0x2C, Trailer = 0x3B;

    public static (int Width, int Height, string? Fault) Check(ReadOnlySpan<byte> file)
    {
        int at = 13;
        if (file.Length < at)
            return (0, 0, $"it ends at byte {file.Length}, within its header: it is cut off");

        at += ColorBytes(file[10]);
        bool hasImage = false;
        while (at < file.Length && file[at] != Trailer)
        {
            int start = at;
            if (file[at] == Extension)
                at += 2;
            else if (file[at] == Image && at + 10 < file.Length)
                at += 11 + ColorBytes(file[at + 9]);
            else
                return (0, 0, $"no block begins at byte {at}: it is cut off or damaged");

            hasImage |= file[start] == Image;
            while (at < file.Length && file[at] != 0)
                at += file[at] + 1;
            at++;
        }

        return at >= file.Length ? (0, 0, $"it ends at byte {file.Length} without a trailer: it is cut off")
            : !hasImage ? (0, 0, "it holds no image")
            : (BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), null);
    }

    private static int ColorBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
