using System;
using System.Buffers.Binary;
using System.IO;
using NetGen.Training.Files;

namespace NetGen.Training.Arrays;

/// <summary>
/// The header of an IDX file ("The MNIST database of handwritten digits"): two bytes of 0, the type of the elements, the number of axes, and the size of
/// each axis in 4 bytes, the highest first. The elements are big-endian, and the last axis varies fastest.
/// </summary>
internal static class IdxHeader
{
    // What deflate makes of one byte at most, with something to spare.
    private const long LargestRatio = 1040;

    /// <summary>Opens an IDX file, plain or compressed by gzip, by its content.</summary>
    /// <exception cref="DatasetException">It is no IDX file, or damaged.</exception>
    public static ArrayFile Open(string path)
    {
        FileStream file = DataFile.Open(path);
        Stream stream = file;
        try
        {
            bool isCompressed = IsGzip(file);
            long length = isCompressed ? file.Length * LargestRatio : file.Length;
            if (isCompressed)
                stream = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
            return new ArrayFile(path, stream, Read(path, stream, length, isExact: !isCompressed));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file at the stream's beginning is compressed by gzip.</summary>
    public static bool IsGzip(FileStream file)
    {
        Span<byte> head = stackalloc byte[2];
        int read = file.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && head is [0x1F, 0x8B];
    }

    private static ArrayLayout Read(string file, Stream stream, long length, bool isExact)
    {
        Span<byte> magic = stackalloc byte[4];
        Next(file, stream, magic, 0);
        if (magic is not [0, 0, _, >= 1] || KindOf(magic[2]) is not { } kind)
            throw new DatasetException(file, null, $"the file is no IDX file: its first bytes are {Convert.ToHexString(magic)}, where 0000, a type (08 to 0E) and the number of axes belong{Foreign(magic)}.");

        var shape = new long[magic[3]];
        Span<byte> size = stackalloc byte[4];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            Next(file, stream, size, 4 + 4 * axis);
            shape[axis] = BinaryPrimitives.ReadUInt32BigEndian(size);
        }

        long offset = 4 + 4 * shape.Length;
        return ArrayLayout.Checked(file, kind, isBigEndian: true, isFortranOrder: false, shape, offset, length - offset, isExact);
    }

    private static void Next(string file, Stream stream, Span<byte> bytes, int at)
    {
        int read;
        try
        {
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DatasetException(file, null, $"the file is damaged: {e.Message}", e);
        }

        if (read < bytes.Length)
            throw new DatasetException(file, null, FormattableString.Invariant($"the file ends after {at + read} bytes, within its header; it is empty or cut off, write it again."));
    }

    private static ElementKind? KindOf(byte type) => type switch
    {
        0x08 => ElementKind.U1,
        0x09 => ElementKind.I1,
        0x0B => ElementKind.I2,
        0x0C => ElementKind.I4,
        0x0D => ElementKind.F4,
        0x0E => ElementKind.F8,
        _ => null,
    };

    private static string Foreign(ReadOnlySpan<byte> magic) => magic switch
    {
        [0x93, (byte)'N', ..] => "; it seems to be a .npy file, read it by FromNpy",
        [(byte)'P', (byte)'K', ..] => "; it is a zip archive, unpack it",
        _ => "",
    };
}
