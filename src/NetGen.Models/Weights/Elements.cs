using System;
using System.Buffers.Binary;
using NetGen.Compiler.Weights;

namespace NetGen.Models.Weights;

/// <summary>What became of elements that are no floats.</summary>
/// <param name="Rounded">So many are not what they were, but the float next to it.</param>
/// <param name="LargestError">The largest change, as a part of the number.</param>
internal readonly record struct Rounding(long Rounded, double LargestError);

/// <summary>The element types of tensors, by the names that safetensors has for them, and their way to floats.</summary>
internal static class Elements
{
    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(string type) => Dtype.SizeOf(type) ?? (type == "C128" ? 16 : 1);

    /// <summary>Its elements are numbers that floats can be made of.</summary>
    public static bool AreNumbers(string type) =>
        Dtype.IsReadable(type) || type is "BOOL" or "U8" or "I8" or "U16" or "I16" or "U32" or "I32" or "U64" or "I64";

    /// <summary>A tensor's elements as floats, row-major.</summary>
    /// <exception cref="TensorFileException">They are not numbers, or a float holds one of them not even nearly.</exception>
    public static (float[] Values, Rounding Rounding) ToFloats(TensorView tensor)
    {
        if (!AreNumbers(tensor.Type))
            throw new TensorFileException($"its elements are of the type {tensor.Type}, which no float is made of");
        byte[] bytes = Gather(tensor);
        float[] values = new float[tensor.Count];
        if (!Dtype.IsReadable(tensor.Type))
        {
            FromIntegers(tensor.Type, bytes, values);
            return (values, default);
        }

        ElementDecoder.Decode(tensor.Type, bytes, 0, values, values.Length);
        return (values, tensor.Type == "F64" ? RoundingOf(bytes, values) : default);
    }

    /// <summary>The elements' bytes in row-major order, the lowest byte of each first.</summary>
    private static byte[] Gather(TensorView tensor)
    {
        int size = SizeOf(tensor.Type), rank = tensor.Shape.Length;
        byte[] bytes = new byte[checked((int)(tensor.Count * size))];
        ReadOnlySpan<byte> from = tensor.Storage.Bytes.Span;
        int[] index = new int[rank];
        long at = tensor.Offset;
        for (int to = 0; to < bytes.Length; to += size)
        {
            from.Slice((int)(at * size), size).CopyTo(bytes.AsSpan(to));
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                at += tensor.Strides[axis];
                if (++index[axis] < tensor.Shape[axis])
                    break;
                at -= tensor.Strides[axis] * tensor.Shape[axis];
                index[axis] = 0;
            }
        }

        for (int k = 0; tensor.Storage.IsBigEndian && k < bytes.Length; k += size)
            bytes.AsSpan(k, size).Reverse();
        return bytes;
    }

    private static Rounding RoundingOf(byte[] bytes, float[] values)
    {
        long rounded = 0;
        double largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double exact = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8 * i));
            if (exact == values[i] || double.IsNaN(exact))
                continue;
            if (float.IsInfinity(values[i]))
                throw new TensorFileException(FormattableString.Invariant($"it holds {exact}, which is beyond the largest float, 3.4e38"));
            rounded++;
            largest = Math.Max(largest, Math.Abs(values[i] - exact) / Math.Abs(exact));
        }

        return new Rounding(rounded, largest);
    }

    private static void FromIntegers(string type, byte[] bytes, float[] values)
    {
        int size = SizeOf(type);
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> b = bytes.AsSpan(i * size, size);
            Int128 exact = type switch
            {
                "BOOL" => b[0] == 0 ? 0 : 1,
                "U8" => b[0],
                "I8" => (sbyte)b[0],
                "U16" => BinaryPrimitives.ReadUInt16LittleEndian(b),
                "I16" => BinaryPrimitives.ReadInt16LittleEndian(b),
                "U32" => BinaryPrimitives.ReadUInt32LittleEndian(b),
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(b),
                "U64" => BinaryPrimitives.ReadUInt64LittleEndian(b),
                _ => BinaryPrimitives.ReadInt64LittleEndian(b),
            };
            values[i] = (float)exact;
            if ((Int128)values[i] != exact)
                throw new TensorFileException(FormattableString.Invariant($"it holds the integer {exact}, which no float is equal to"));
        }
    }
}
