using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>
/// An array of bytes in the IDX format of MNIST: two zeros, the type, the number of axes, each axis's size as a big-endian integer, the elements.
/// </summary>
internal sealed record IdxFile(IReadOnlyList<int> Sizes, byte[] Elements)
{
    private const byte UnsignedBytes = 8;

    /// <summary>The file of a folder by its name as MNIST's page has it, also with a dot in the place of its last dash, also compressed.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is not such a file; the message says what is wrong.</exception>
    public static IdxFile Find(string folder, string name, int axes)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string? path = new[] { name, dotted, name + ".gz", dotted + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (path is null)
            throw new FileNotFoundException($"{folder} has no {name}, nor {name}.gz");
        using Stream file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Read(content, path, axes);
    }

    /// <exception cref="InvalidDataException">It is not such a file; the message says what is wrong.</exception>
    public static IdxFile Read(Stream stream, string name, int axes)
    {
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        int header = 4 + 4 * axes;
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0)
            throw new InvalidDataException($"{name} is not an IDX file: it does not begin with two zeros");
        if (bytes[2] != UnsignedBytes)
            throw new InvalidDataException($"{name} has elements of type 0x{bytes[2]:x2}; unsigned bytes, 0x08, are read");
        if (bytes[3] != axes || bytes.Length < header)
            throw new InvalidDataException($"{name} has {bytes[3]} axes in a file of {bytes.Length} bytes; {axes} axes are asked for");
        int[] sizes = new int[axes];
        long count = 1;
        for (int axis = 0; axis < axes; axis++)
        {
            sizes[axis] = BinaryPrimitives.ReadInt32BigEndian(bytes[(4 + 4 * axis)..]);
            if (sizes[axis] <= 0)
                throw new InvalidDataException($"{name}: axis {axis} has size {sizes[axis]}");
            count = checked(count * sizes[axis]);
        }

        if (bytes.Length - header != count)
            throw new InvalidDataException($"{name} holds {bytes.Length - header} elements, but its axes, {string.Join(" x ", sizes)}, have {count}");
        return new(sizes, bytes[header..].ToArray());
    }
}
