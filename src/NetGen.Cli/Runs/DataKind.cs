using System;
using System.IO;

namespace NetGen.Cli.Runs;

/// <summary>What a file of data is, by its content.</summary>
internal enum DataKind
{
    /// <summary>Rows of text.</summary>
    Csv,

    /// <summary>An array of NumPy.</summary>
    Npy,

    /// <summary>Arrays of NumPy in an archive.</summary>
    Npz,

    /// <summary>An IDX file, plain or compressed.</summary>
    Idx,

    /// <summary>A folder of images.</summary>
    Images,
}

/// <summary>Finds out what a file is.</summary>
internal static class DataKinds
{
    /// <summary>By the first bytes; what is none of the others is text.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DataKind Of(string path)
    {
        if (Directory.Exists(path))
            return DataKind.Images;
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no file '{path}'; the current folder is '{Environment.CurrentDirectory}'", path);
        Span<byte> head = stackalloc byte[6];
        using FileStream stream = File.OpenRead(path);
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head switch
        {
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => DataKind.Npy,
            [(byte)'P', (byte)'K', 3, 4, ..] => DataKind.Npz,
            [0, 0, >= 8 and <= 14, >= 1, ..] or [0x1F, 0x8B, ..] => DataKind.Idx,
            _ => DataKind.Csv,
        };
    }
}
