using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace NetGen.Training.Tests.Data.Arrays;

/// <summary>Array files, byte by byte.</summary>
internal static class ArrayBytes
{
    /// <summary>A .npy file with any header.</summary>
    public static byte[] Npy(string header, byte[] data, int version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    /// <summary>A .npy file in C order, whose elements begin at byte 128.</summary>
    public static byte[] Npy(string type, int[] shape, byte[] data) =>
        Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(size => $"{size}, "))}), }}".PadRight(117) + "\n", data);

    /// <summary>A .npy file of floats.</summary>
    public static byte[] Npy(int[] shape, params float[] values) => Npy("<f4", shape, Bytes(values));

    /// <summary>An IDX file.</summary>
    public static byte[] Idx(byte type, int[] shape, params byte[] data) =>
        [0, 0, type, (byte)shape.Length, .. shape.SelectMany(size => BitConverter.GetBytes(size).Reverse()), .. data];

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }

        return packed.ToArray();
    }

    public static byte[] Bytes<T>(IEnumerable<T> values) where T : struct => System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray();
}
