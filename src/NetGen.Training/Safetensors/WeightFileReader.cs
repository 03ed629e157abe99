using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;

namespace NetGen.Training.Safetensors;

/// <summary>
/// Reads a safetensors file: eight bytes with the header's length (little-endian), the header, the data. It reads
/// front to back, never seeks, and never allocates by a size that the file alone claims.
/// </summary>
internal static class WeightFileReader
{
    // The limit of the format's reference implementation.
    private const long LongestHeader = 100_000_000;
    private const int ChunkSize = 1 << 16;

    /// <summary>Reads all parameters of a network, and gives back the metadata.</summary>
    /// <param name="stream">The file, at its beginning; it must end where the data ends.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="table">The network's parameters.</param>
    /// <param name="destination">Laid out as the table says; floats that belong to no parameter stay. Its contents are unspecified after an exception.</param>
    /// <param name="names">How the file names the parameters.</param>
    /// <exception cref="WeightsException">The file is damaged or does not fit the table.</exception>
    public static Dictionary<string, string> Read(Stream stream, string file, IReadOnlyList<ParameterPlace> table, float[] destination, TensorNames names)
    {
        (List<TensorEntry> entries, Dictionary<string, string> metadata) = ReadHeader(stream, file);
        Dictionary<TensorEntry, ParameterPlace> matches = ParameterMatch.Match(entries, table, file, names, Advice);
        ReadData(stream, file, entries, matches.ToDictionary(static match => match.Key, match => new SavedTensor(match.Value, destination)));
        return metadata;
    }

    /// <summary>Reads the header: the tensors in the order of their data, and the metadata.</summary>
    /// <param name="stream">The file, at its beginning; it must end where the data ends.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="WeightsException">The file is damaged or of another format.</exception>
    public static (List<TensorEntry> Entries, Dictionary<string, string> Metadata) ReadHeader(Stream stream, string file)
    {
        (List<TensorEntry> parsed, Dictionary<string, string> metadata) = HeaderJson.Parse(ReadHeaderBytes(stream, file), file);
        List<TensorEntry> entries = HeaderLayout.Check(parsed, file);
        CheckLength(stream, file, entries);
        return (entries, metadata);
    }

    /// <summary>Reads the data, behind the header.</summary>
    /// <param name="stream">The file, where the header has ended.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="entries">All tensors, in the order of their data.</param>
    /// <param name="tensors">Where tensors go; what is not in it is skipped. Their contents are unspecified after an exception.</param>
    /// <param name="hash">Is given all bytes.</param>
    /// <exception cref="WeightsException">The file is cut off or too long.</exception>
    public static void ReadData(
        Stream stream, string file, IReadOnlyList<TensorEntry> entries, IReadOnlyDictionary<TensorEntry, SavedTensor> tensors, IncrementalHash? hash = null)
    {
        byte[] chunk = new byte[ChunkSize];
        float[] values = new float[ChunkSize];
        foreach (TensorEntry entry in entries)
        {
            tensors.TryGetValue(entry, out SavedTensor? tensor);
            int size = Dtype.SizeOf(entry.Dtype)!.Value;
            StridedWalk? walk = tensor is null ? null : new StridedWalk(tensor.Place);
            for (long position = entry.Begin; position < entry.End;)
            {
                int length = (int)Math.Min(ChunkSize, entry.End - position);
                ReadChunk(stream, file, entry, position, chunk.AsSpan(0, length));
                hash?.AppendData(chunk, 0, length);
                position += length;
                if (walk is null)
                    continue;

                int count = length / size;
                ElementDecoder.Decode(entry.Dtype, chunk, 0, values, count);
                for (int i = 0; i < count; i++)
                    tensor!.Floats[walk.Next()] = values[i];
            }
        }

        if (stream.Read(chunk, 0, 1) != 0)
            throw TooLong(file, entries);
    }

    private static byte[] ReadHeaderBytes(Stream stream, string file)
    {
        byte[] prefix = new byte[8];
        int read = stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false);
        if (read < 8)
            throw Foreign(stream, prefix[..read], file, $"it has {read} bytes, but a safetensors file begins with 8 bytes for the header's length; the file is empty, cut off or of another format.");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            throw Foreign(stream, prefix, file, $"the first 8 bytes state a header of {length} bytes, over the limit of {LongestHeader}; the file is damaged or not a safetensors file.");
        if (stream.CanSeek && (ulong)Math.Max(0, stream.Length - stream.Position) < length)
            throw Foreign(stream, prefix, file, HeaderCutOff(length, stream.Length - stream.Position));

        var header = new MemoryStream();
        byte[] chunk = new byte[ChunkSize];
        while ((ulong)header.Length < length)
        {
            int part = stream.Read(chunk, 0, (int)Math.Min(ChunkSize, length - (ulong)header.Length));
            if (part == 0)
                throw Foreign(stream, [.. prefix, .. header.ToArray()], file, HeaderCutOff(length, header.Length));
            header.Write(chunk, 0, part);
        }

        byte[] json = header.ToArray();
        return json.Length > 0 && json[0] == '{' ? json : throw Foreign(stream, [.. prefix, .. json], file, HeaderJson.NoObject);
    }

    /// <summary>What the file is, if its first bytes tell; else what is wrong with it as one of this format.</summary>
    private static WeightsException Foreign(Stream stream, byte[] begin, string file, string otherwise)
    {
        byte[] head = new byte[Math.Max(begin.Length, ForeignFile.HeadLength)];
        begin.CopyTo(head, 0);
        int count = begin.Length + stream.ReadAtLeast(head.AsSpan(begin.Length), head.Length - begin.Length, throwOnEndOfStream: false);
        return new WeightsException($"{file}: {ForeignFile.Describe(head[..count], Path.GetFileName(file)) ?? otherwise}");
    }

    private static string Advice(TensorNames names)
    {
        var parts = new List<string>();
        if (names.Prefix.Length > 0)
            parts.Add($"Prefix = \"{names.Prefix}\"");
        if (names.Names.Count > 0)
            parts.Add($"Names = {{ {string.Join(", ", names.Names.Select(static n => $"[\"{n.Key}\"] = \"{n.Value}\""))} }}");
        return $"load it by these names: LoadWeights(path, new WeightNames {{ {string.Join(", ", parts)} }})";
    }

    private static void CheckLength(Stream stream, string file, List<TensorEntry> entries)
    {
        if (!stream.CanSeek || entries.Count == 0)
            return;

        long expected = entries[^1].End;
        long actual = stream.Length - stream.Position;
        if (actual > expected)
            throw TooLong(file, entries);
        if (actual < expected)
        {
            TensorEntry cut = entries.Find(entry => entry.End > actual)!;
            throw CutOff(file, cut, actual);
        }
    }

    private static void ReadChunk(Stream stream, string file, TensorEntry entry, long position, Span<byte> chunk)
    {
        int read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        if (read < chunk.Length)
            throw CutOff(file, entry, position + read);
    }

    private static string HeaderCutOff(ulong length, long actual) =>
        $"the first 8 bytes state a header of {length} bytes, but only {actual} follow; the file is cut off or not a safetensors file.";

    private static WeightsException CutOff(string file, TensorEntry entry, long actual) =>
        new($"{file}: the data end after {actual} bytes, but tensor {Excerpt.Quote(entry.Name)} reaches to byte {entry.End}; the file is cut off, copy or save it again.");

    private static WeightsException TooLong(string file, IReadOnlyList<TensorEntry> entries) =>
        new($"{file}: more bytes follow the last tensor, which ends at byte {(entries.Count == 0 ? 0 : entries[^1].End)} of the data; the file is damaged, save it again.");
}
