using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Files;

namespace NetGen.Models.Weights;

/// <summary>The entries of a zip archive, which are believed no further than the archive is long.</summary>
internal sealed class ZipContent : IDisposable
{
    /// <summary>What deflate makes of one byte at most, with something to spare.</summary>
    private const long LargestRatio = 1040;

    private const long MostBytes = 1L << 30;

    private readonly ZipArchive _archive;
    private readonly long _length;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private long _read;

    /// <summary>Opens an archive, which owns the stream from then on.</summary>
    /// <exception cref="TensorFileException">It is damaged.</exception>
    public ZipContent(Stream stream)
    {
        _length = stream.Length;
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read);
            _entries = _archive.Entries.GroupBy(static e => e.FullName, StringComparer.Ordinal)
                .ToDictionary(static g => g.Key, static g => g.Last(), StringComparer.Ordinal);
        }
        catch (Exception e) when (IsDamage(e))
        {
            stream.Dispose();
            throw new TensorFileException($"it begins as a zip archive does, but is none that can be read: {e.Message} It is cut off or damaged; copy or "
                + "save it again.", e);
        }
    }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Entries whose sums are not those that are stored with them.</summary>
    public int Unequal { get; private set; }

    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>An entry's bytes once it is unpacked, as the archive states them.</summary>
    /// <exception cref="TensorFileException">It is not there, or states what cannot be.</exception>
    public long LengthOf(string name)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
            throw new TensorFileException($"the archive has no entry {Excerpt.Quote(name)}; it is damaged, save it again.");
        if (entry.CompressedLength > _length || entry.Length > entry.CompressedLength * LargestRatio)
            throw new TensorFileException($"the archive states {CSharpLiteral.Grouped(entry.Length)} bytes for {Excerpt.Quote(name)} in "
                + $"{CSharpLiteral.Grouped(entry.CompressedLength)}, but has {CSharpLiteral.Grouped(_length)} in all; it is damaged.");
        return entry.Length;
    }

    /// <summary>Reads an entry whole.</summary>
    /// <exception cref="TensorFileException">It is damaged, or with all others larger than what is read.</exception>
    public byte[] Read(string name)
    {
        long length = LengthOf(name);
        if ((_read += length) > MostBytes)
            throw new TensorFileException($"the archive unpacks to more than {CSharpLiteral.Grouped(MostBytes)} bytes, the most that is read; take fewer "
                + "tensors.");
        try
        {
            byte[] bytes = new byte[length];
            using Stream data = _entries[name].Open();
            data.ReadExactly(bytes);
            if (data.ReadByte() >= 0)
                throw new InvalidDataException("It is longer than stated.");
            if (Crc32.Of(bytes) != _entries[name].Crc32)
                Unequal++;
            return bytes;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new TensorFileException($"{Excerpt.Quote(name)} in the archive cannot be read: {e.Message} The file is damaged; copy or save it again.", e);
        }
    }

    /// <summary>The same of what must have its sum.</summary>
    public byte[] ReadChecked(string name)
    {
        int before = Unequal;
        byte[] bytes = Read(name);
        return Unequal == before ? bytes
            : throw new TensorFileException($"the sum of {Excerpt.Quote(name)} in the archive is not the one that is stored with it; the file is damaged, "
                + "copy or save it again.");
    }

    public void Dispose() => _archive.Dispose();

    private static bool IsDamage(Exception e) => e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException;
}
