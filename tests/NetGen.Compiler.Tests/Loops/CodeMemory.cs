using System;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Tests.Loops;

/// <summary>Memory of interpreted code: a buffer, with what a kernel may read and write behind its end.</summary>
/// <param name="elements">Floats, ints, or 16 bits of each, one for each number.</param>
/// <param name="readable">How many behind the buffer's end may be read.</param>
/// <param name="writable">How many may be written; minus all where nothing of the buffer may.</param>
/// <param name="behind">What stands there: a NaN, which no result may show.</param>
internal sealed class CodeMemory(string name, uint[] elements, int readable, int writable, Storage storage = Storage.Float32, float behind = float.NaN)
{
    private readonly uint[] _elements = [.. elements, .. Enumerable.Repeat(BitConverter.SingleToUInt32Bits(behind), readable)];

    public static CodeMemory OfFloats(string name, float[] elements, int readable = 0, int writable = 0) =>
        new(name, [.. elements.Select(BitConverter.SingleToUInt32Bits)], readable, writable);

    /// <summary>Memory on the stack: what was not written is a NaN.</summary>
    public static CodeMemory Reserved(string name, int count) => OfFloats(name, [.. Enumerable.Repeat(float.NaN, count)]);

    public float[] Floats => [.. Enumerable.Range(0, elements.Length).Select(Float)];

    public int Int(int index) => (int)Read(index);

    public float Float(int index) => storage switch
    {
        Storage.Float16 => (float)BitConverter.UInt16BitsToHalf((ushort)Read(index)),
        Storage.BFloat16 => BitConverter.UInt32BitsToSingle(Read(index) << 16),
        _ => BitConverter.UInt32BitsToSingle(Read(index)),
    };

    public void Set(int index, float value)
    {
        if (index < 0 || index >= elements.Length + writable)
            throw new InvalidOperationException($"{name}[{index}] of {elements.Length} is written");
        _elements[index] = BitConverter.SingleToUInt32Bits(value);
    }

    private uint Read(int index) => index >= 0 && index < _elements.Length ? _elements[index]
        : throw new InvalidOperationException($"{name}[{index}] of {elements.Length} is read, of which {readable} more may be");
}

/// <summary>A place within memory.</summary>
internal readonly record struct CodePlace(CodeMemory Memory, int Offset)
{
    public static CodePlace operator +(CodePlace place, int by) => place with { Offset = place.Offset + by };

    public float Float(int k) => Memory.Float(Offset + k);

    public int Int(int k) => Memory.Int(Offset + k);

    public void SetFloat(int k, float value) => Memory.Set(Offset + k, value);
}
