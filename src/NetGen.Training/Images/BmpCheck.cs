using System;
using System.Buffers.Binary;

namespace NetGen.Training.Images;

/// <summary>Checks that a BMP file is whole: it has the rows that its header states, each of a multiple of 4 bytes.</summary>
internal static class BmpCheck
{
    private const int HeaderLength = 34;

    public static (int Width, int Height, string? Fault) Check(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength)
            return (0, 0, $"it ends at byte {file.Length}, within its header: it is cut off");

        uint data = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]), header = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        if (header < 40)
            return (0, 0, $"its header is of {header} bytes, as of OS/2, which is not read");
        int width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]), height = BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]), compression = BinaryPrimitives.ReadInt32LittleEndian(file[30..]);
        if (compression is not (0 or 3))
            return (0, 0, $"it is compressed (method {compression}), which is not read");

        long size = ((long)width * bits + 31) / 32 * 4 * Math.Abs((long)height);
        return width < 1 || size > file.Length - (long)data
            ? (0, 0, $"it states {width} x {height} pixels of {bits} bits, which take {size} bytes from byte {data} on, but has {file.Length} in all: it is cut off or damaged")
            : (width, (int)Math.Min(Math.Abs((long)height), int.MaxValue), null);
    }
}
