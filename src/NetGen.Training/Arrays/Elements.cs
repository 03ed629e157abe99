using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen.Training.Arrays;

/// <summary>Decodes the elements of array files.</summary>
internal static class Elements
{
    // From here on, a double does not hold every integer.
    private const long LargestExactInteger = 1L << 53;

    /// <summary>Decodes as many elements as there is room for. Their bytes are brought to the machine's order in place.</summary>
    public static void Decode(Span<byte> bytes, ElementKind kind, bool isBigEndian, Span<double> values)
    {
        if (isBigEndian == BitConverter.IsLittleEndian)
            Reverse(bytes, ArrayLayout.SizeOf(kind));

        switch (kind)
        {
            case ElementKind.F2: Convert<Half>(bytes, values); break;
            case ElementKind.F4: Convert<float>(bytes, values); break;
            case ElementKind.F8: Convert<double>(bytes, values); break;
            case ElementKind.I1: Convert<sbyte>(bytes, values); break;
            case ElementKind.I2: Convert<short>(bytes, values); break;
            case ElementKind.I4: Convert<int>(bytes, values); break;
            case ElementKind.I8: Convert<long>(bytes, values); break;
            case ElementKind.U2: Convert<ushort>(bytes, values); break;
            case ElementKind.U4: Convert<uint>(bytes, values); break;
            case ElementKind.U8: Convert<ulong>(bytes, values); break;
            case ElementKind.U1: Convert<byte>(bytes, values); break;
            default:
                for (int i = 0; i < values.Length; i++)
                    values[i] = bytes[i] == 0 ? 0 : 1;
                break;
        }
    }

    /// <summary>The first integer that a double does not hold, of bytes that were decoded, and its number; null where there is none.</summary>
    public static (int Number, string Value)? FindInexact(ReadOnlySpan<byte> bytes, ElementKind kind) => kind switch
    {
        ElementKind.I8 => FindInexact<long>(bytes),
        ElementKind.U8 => FindInexact<ulong>(bytes),
        _ => null,
    };

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<double> values) where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0; i < values.Length; i++)
            values[i] = double.CreateTruncating(elements[i]);
    }

    private static (int Number, string Value)? FindInexact<T>(ReadOnlySpan<byte> bytes) where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(bytes);
        T largest = T.CreateChecked(LargestExactInteger);
        for (int i = 0; i < elements.Length; i++)
            if ((elements[i] > largest || T.IsNegative(elements[i])) && Int128.CreateChecked(double.CreateTruncating(elements[i])) != Int128.CreateChecked(elements[i]))
                return (i, FormattableString.Invariant($"{elements[i]}"));

        return null;
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
