using System;
using System.Buffers.Binary;

namespace NetGen.Training.Arrays;

/// <summary>Decodes the elements of array files.</summary>
internal static class Elements
{
    // From here on, a double does not hold every integer.
    private const long LargestExactInteger = 1L << 53;

    /// <summary>Decodes as many elements as there is room for.</summary>
    /// <returns>The number of the first one that a double does not hold; -1 where there is none.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, ElementKind kind, bool isBigEndian, Span<double> values)
    {
        int size = ArrayLayout.SizeOf(kind), inexact = -1;
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            ulong bits = size switch
            {
                1 => element[0],
                2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(element) : BinaryPrimitives.ReadUInt16LittleEndian(element),
                4 => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(element) : BinaryPrimitives.ReadUInt32LittleEndian(element),
                _ => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(element) : BinaryPrimitives.ReadUInt64LittleEndian(element),
            };
            values[i] = ToDouble(bits, kind);
            if (inexact < 0 && !IsExact(bits, kind))
                inexact = i;
        }

        return inexact;
    }

    /// <summary>The integer of an element that a double does not hold, for a message.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes, ElementKind kind, bool isBigEndian, int element)
    {
        ReadOnlySpan<byte> at = bytes.Slice(element * sizeof(ulong), sizeof(ulong));
        ulong bits = isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(at) : BinaryPrimitives.ReadUInt64LittleEndian(at);
        return kind == ElementKind.I8 ? FormattableString.Invariant($"{(long)bits}") : FormattableString.Invariant($"{bits}");
    }

    private static double ToDouble(ulong bits, ElementKind kind) => kind switch
    {
        ElementKind.F2 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
        ElementKind.F4 => BitConverter.UInt32BitsToSingle((uint)bits),
        ElementKind.F8 => BitConverter.UInt64BitsToDouble(bits),
        ElementKind.I1 => (sbyte)bits,
        ElementKind.I2 => (short)bits,
        ElementKind.I4 => (int)bits,
        ElementKind.I8 => (long)bits,
        ElementKind.B1 => bits == 0 ? 0 : 1,
        _ => bits,
    };

    private static bool IsExact(ulong bits, ElementKind kind) => kind switch
    {
        ElementKind.I8 => (long)bits is >= -LargestExactInteger and <= LargestExactInteger || (Int128)(double)(long)bits == (long)bits,
        ElementKind.U8 => bits <= LargestExactInteger || (UInt128)(double)bits == bits,
        _ => true,
    };
}
