using System;
using System.Text;
using Google.FlatBuffers;

namespace NetGen.Models.TFLite;

/// <summary>A table of a TensorFlow Lite file. Fields are named by their numbers in the format's schema.</summary>
/// <remarks>Every place is checked against the file's length, since a damaged file can name any.</remarks>
internal readonly struct TFLiteTable
{
    private readonly Table _table;

    private TFLiteTable(int position, ByteBuffer buffer) => _table = new Table(position, buffer);

    /// <summary>What the file's first four bytes lead to.</summary>
    public static TFLiteTable Root(ByteBuffer buffer) => new(Checked(buffer, buffer.GetInt(0), 4), buffer);

    public int Integer(int field, int otherwise = 0) => Offset(field) is > 0 and int o ? _table.bb.GetInt(o + _table.bb_pos) : otherwise;

    public byte Byte(int field, byte otherwise = 0) => Offset(field) is > 0 and int o ? _table.bb.Get(o + _table.bb_pos) : otherwise;

    public float Float(int field, float otherwise = 0) => Offset(field) is > 0 and int o ? _table.bb.GetFloat(o + _table.bb_pos) : otherwise;

    public bool Boolean(int field) => Byte(field) != 0;

    public string Text(int field)
    {
        (int at, int length) = Vector(field, 1);
        return length == 0 ? "" : Encoding.UTF8.GetString(_table.bb.ToArraySegment(at, length).AsSpan());
    }

    public int[] Integers(int field)
    {
        (int at, int length) = Vector(field, 4);
        int[] values = new int[length];
        for (int i = 0; i < length; i++)
            values[i] = _table.bb.GetInt(at + 4 * i);
        return values;
    }

    public float[] Floats(int field)
    {
        (int at, int length) = Vector(field, 4);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = _table.bb.GetFloat(at + 4 * i);
        return values;
    }

    public long[] Longs(int field)
    {
        (int at, int length) = Vector(field, 8);
        long[] values = new long[length];
        for (int i = 0; i < length; i++)
            values[i] = _table.bb.GetLong(at + 8 * i);
        return values;
    }

    public ReadOnlySpan<byte> Bytes(int field)
    {
        (int at, int length) = Vector(field, 1);
        return _table.bb.ToArraySegment(at, length).AsSpan();
    }

    public TFLiteTable? Child(int field)
    {
        if (Offset(field) is not (> 0 and int o))
            return null;
        int at = o + _table.bb_pos;
        return new TFLiteTable(Checked(_table.bb, at + (long)_table.bb.GetInt(at), 4), _table.bb);
    }

    public TFLiteTable[] Children(int field)
    {
        (int at, int length) = Vector(field, 4);
        var tables = new TFLiteTable[length];
        for (int i = 0; i < length; i++)
            tables[i] = new TFLiteTable(Checked(_table.bb, at + 4 * i + (long)_table.bb.GetInt(at + 4 * i), 4), _table.bb);
        return tables;
    }

    private (int At, int Length) Vector(int field, int size)
    {
        if (Offset(field) is not (> 0 and int o))
            return (0, 0);
        int at = o + _table.bb_pos;
        int start = Checked(_table.bb, at + (long)_table.bb.GetInt(at), 4), length = _table.bb.GetInt(start);
        if (length < 0)
            throw new ImportException("it is damaged: a list has a length below 0");
        return (Checked(_table.bb, start + 4L, (long)length * size), length);
    }

    private int Offset(int field)
    {
        int vtable = Checked(_table.bb, _table.bb_pos - (long)_table.bb.GetInt(_table.bb_pos), 4);
        int at = 4 + 2 * field;
        if (at >= _table.bb.GetShort(vtable))
            return 0;
        int offset = (ushort)_table.bb.GetShort(Checked(_table.bb, vtable + at, 2));
        return offset > 0 ? Checked(_table.bb, _table.bb_pos + (long)offset, 1) - _table.bb_pos : 0;
    }

    private static int Checked(ByteBuffer buffer, long at, long length) =>
        at >= 0 && length >= 0 && at + length <= buffer.Length ? (int)at : throw new ImportException("it is damaged: a place in it lies outside of the file");
}
