using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Files;

namespace NetGen.Training.Arrays;

/// <summary>The arrays of a .npz file: a zip archive, as np.savez and np.savez_compressed write it, with an entry <c>name.npy</c> for each.</summary>
internal sealed class NpzArchive : IDisposable
{
    // What deflate makes of one byte at most, with something to spare.
    private const long LargestRatio = 1040;

    private const string Extension = ".npy";

    private readonly string file;
    private readonly FileStream stream;
    private readonly ZipArchive archive;

    /// <summary>Opens the archive.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">It is no zip archive, or damaged.</exception>
    public NpzArchive(string path)
    {
        file = path;
        stream = DataFile.Open(path);
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            _ = archive.Entries;
        }
        catch (Exception e) when (IsDamage(e))
        {
            stream.Dispose();
            throw new DatasetException(path, null, $"the file is no whole .npz file: {e.Message} Save the arrays by np.savez; a single .npy file is read by FromNpy.", e);
        }
    }

    /// <summary>The names of the arrays.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            IEnumerable<string> arrays = archive.Entries.Select(entry => entry.FullName).Where(entry => entry.EndsWith(Extension, StringComparison.Ordinal));
            return [.. arrays.Select(entry => entry[..^Extension.Length])];
        }
    }

    /// <summary>Reads an array of the archive, and checks its sum.</summary>
    /// <exception cref="DatasetException">There is none of that name, or it cannot be read.</exception>
    public T Read<T>(string name, Func<ArrayFile, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ZipArchiveEntry entry = archive.Entries.FirstOrDefault(entry => entry.FullName == name + Extension)
            ?? throw new DatasetException(file, null, NoEntry(name));
        string shown = $"{file} ({name})";
        try
        {
            if (entry.CompressedLength > stream.Length || entry.Length > entry.CompressedLength * LargestRatio)
                throw new DatasetException(shown, null, $"the archive states {entry.Length} bytes in {entry.CompressedLength}, but has {stream.Length} in all; it is damaged.");

            using Stream data = entry.Open();
            var sum = new SummedStream(data);
            using var array = new ArrayFile(shown, sum, NpyHeader.Read(shown, sum, entry.Length));
            T result = read(array);
            array.CheckEnd();
            return sum.Value == entry.Crc32 ? result : throw new DatasetException(shown, null, $"the sum of the array's bytes is {sum.Value:X8}, but {entry.Crc32:X8} is stored with it; the file is damaged, write it again.");
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new DatasetException(shown, null, $"the array cannot be read; the file is damaged: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        archive.Dispose();
        stream.Dispose();
    }

    private static bool IsDamage(Exception e) => e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException;

    private string NoEntry(string name)
    {
        IReadOnlyList<string> names = Names;
        return $"there is no array {Excerpt.Quote(name)}; {(Nearest.Find(name, names) is { } near ? $"did you mean '{near}'?" : names.Count == 0 ? "the archive has none; save the arrays by np.savez." : $"it has {Excerpt.Names(names)}.")}";
    }
}
