using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using NetGen.Compiler.Text;

namespace NetGen.Training.Arrays;

/// <summary>
/// The header of a .npy file (NumPy Enhancement Proposal 1): <c>\x93NUMPY</c>, the version, the length of the rest in 2 bytes (version 1) or 4 (2 and 3),
/// and a literal of Python, as in <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.
/// </summary>
internal static class NpyHeader
{
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header from the beginning of a stream, up to the elements.</summary>
    /// <param name="file">The file, as messages name it.</param>
    /// <param name="stream">It is read, never sought.</param>
    /// <param name="length">Its bytes.</param>
    /// <exception cref="DatasetException">It is no .npy file, or one that cannot be read as numbers.</exception>
    public static ArrayLayout Read(string file, Stream stream, long length)
    {
        StatedArray stated = ReadStated(file, stream, length);
        return ArrayLayout.Checked(file, stated.Kind, stated.IsBigEndian, stated.IsFortranOrder, stated.Shape, stated.DataOffset, length - stated.DataOffset, isExact: true);
    }

    /// <summary>The same of an array that need not have samples: its sizes are not checked against anything.</summary>
    /// <exception cref="DatasetException">It is no .npy file, or one that cannot be read as numbers.</exception>
    public static StatedArray ReadStated(string file, Stream stream, long length)
    {
        byte[] head = Next(file, stream, 8, 0);
        if (!head.AsSpan(0, 6).SequenceEqual(Magic))
            throw new DatasetException(file, null, $"the file is no .npy file: {Foreign(head)}.");
        if (head[6] is < 1 or > 3)
            throw new DatasetException(file, null, $"the file is of version {head[6]}.{head[7]} of the .npy format, and 1.0 to 3.0 are read; write it by np.save.");

        byte[] size = Next(file, stream, head[6] == 1 ? 2 : 4, 8);
        long offset = 8 + size.Length, headerLength = size.Length == 2 ? BitConverter.ToUInt16(size) : BitConverter.ToUInt32(size);
        if (headerLength > length - offset)
            throw new DatasetException(file, null, FormattableString.Invariant($"bytes 8 to {offset - 1} state a header of {headerLength} bytes, but only {length - offset} follow; the file is cut off or damaged."));
        if (headerLength > LongestHeader)
            throw new DatasetException(file, null, FormattableString.Invariant($"bytes 8 to {offset - 1} state a header of {headerLength} bytes, over the limit of {LongestHeader}; write the array by np.save."));

        byte[] text = Next(file, stream, (int)headerLength, offset);
        offset += headerLength;
        var literal = new PythonLiteral(head[6] == 3 ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text));
        if (!literal.TryReadHeader(out string? type, out bool isFortranOrder, out List<long>? shape))
            throw new DatasetException(file, null, $"the header does not state descr, fortran_order and shape as np.save does: {Excerpt.Quote(literal.Text.Trim())}; the file is damaged, or its elements are records: save one array of numbers.");

        (ElementKind kind, bool isBigEndian) = KindOf(file, type!);
        return new StatedArray(kind, isBigEndian, isFortranOrder, [.. shape!], offset);
    }

    /// <summary>The header of an array of floats, in version 1.0; its length is a multiple of 64 bytes, as the format asks.</summary>
    public static byte[] Of(ReadOnlySpan<int> shape)
    {
        string sizes = string.Join(", ", Array.ConvertAll(shape.ToArray(), static size => size.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes}{(shape.Length == 1 ? "," : "")}), }}";
        int length = (Magic.Length + 4 + text.Length + 1 + 63) / 64 * 64 - Magic.Length - 4;
        return [.. Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }

    private static byte[] Next(string file, Stream stream, int count, long at)
    {
        byte[] bytes = new byte[count];
        int read;
        try
        {
            read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DatasetException(file, null, $"the file is damaged: {e.Message}", e);
        }

        return read == count ? bytes : throw new DatasetException(file, null, FormattableString.Invariant($"the file ends after {at + read} bytes, within its header; it is empty or cut off, write it again."));
    }

    private static (ElementKind Kind, bool IsBigEndian) KindOf(string file, string type)
    {
        ElementKind? kind = type.Length < 2 ? null : type[1..] switch
        {
            "f2" => ElementKind.F2,
            "f4" => ElementKind.F4,
            "f8" => ElementKind.F8,
            "i1" => ElementKind.I1,
            "i2" => ElementKind.I2,
            "i4" => ElementKind.I4,
            "i8" => ElementKind.I8,
            "u1" => ElementKind.U1,
            "u2" => ElementKind.U2,
            "u4" => ElementKind.U4,
            "u8" => ElementKind.U8,
            "b1" => ElementKind.B1,
            _ => null,
        };
        if (kind is not { } known || type[0] is not ('<' or '>' or '|' or '='))
            throw new DatasetException(file, null, $"the elements are of type {Excerpt.Quote(type)}, and f2, f4, f8, i1 to i8, u1 to u8 and b1 are read; convert the array (in NumPy, x.astype(np.float32)).");

        return (known, type[0] == '>');
    }

    private static string Foreign(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', ..] => "it is a zip archive, as np.savez writes; read it by FromNpz",
        [0x1F, 0x8B, ..] => "it is compressed by gzip; decompress it, or save the array by np.savez_compressed and read it by FromNpz",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "it is an HDF5 file; save the array by np.save",
        [0, 0, >= 8 and <= 14, >= 1 and <= 8, ..] => "it seems to be an IDX file, as of MNIST; read it by FromIdx",
        _ => @"it does not begin with \x93NUMPY; save the array by np.save",
    };
}
