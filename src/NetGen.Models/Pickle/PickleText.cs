using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>The bytes of pickles, one behind the other, read from their beginning on.</summary>
internal sealed partial class PickleText(ReadOnlyMemory<byte> bytes)
{
    public int Position { get; private set; }

    public byte Byte() => Next(1).Span[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16LittleEndian(Next(2).Span);

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Next(4).Span);

    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Next(8).Span);

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Next(8).Span);

    public string Utf8(ulong length) => Encoding.UTF8.GetString(Next(length).Span);

    /// <summary>A text of Python 2, which are bytes.</summary>
    public string Latin1(ulong length) => Encoding.Latin1.GetString(Next(length).Span);

    /// <summary>The text up to the next line feed, which is taken as well.</summary>
    public string Line() => Encoding.UTF8.GetString(LineOfBytes()).TrimEnd('\r');

    /// <summary>The same of Latin-1 with \u0041 for other letters.</summary>
    public string Escaped() => Escape().Replace(
        Encoding.Latin1.GetString(LineOfBytes()), static m =>
            char.ConvertFromUtf32(Math.Min(0xD7FF, int.Parse(m.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    private ReadOnlySpan<byte> LineOfBytes()
    {
        int length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw CutOff();
        ReadOnlySpan<byte> line = bytes.Span.Slice(Position, length);
        Position += length + 1;
        return line;
    }

    /// <summary>Bytes as they are, not copied.</summary>
    public ReadOnlyMemory<byte> Next(ulong count)
    {
        if (count > (ulong)(bytes.Length - Position))
            throw CutOff();
        ReadOnlyMemory<byte> next = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return next;
    }

    private TensorFileException CutOff() =>
        new($"the pickle goes on behind its last byte, {bytes.Length}; the file is cut off or damaged, copy or save it again.");

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}")]
    private static partial Regex Escape();
}
