using System;
using System.Buffers.Binary;

namespace NetGen.Training.Safetensors;

/// <summary>Turns a tensor's little-endian bytes into floats.</summary>
internal static class ElementDecoder
{
    /// <summary>
    /// Decodes <c>values.Length</c> elements. F16 and BF16 are exact, NaN and infinities included; F64 is rounded
    /// to the nearest float.
    /// </summary>
    public static void Decode(string dtype, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (dtype)
        {
            case "F32":
                for (int i = 0; i < values.Length; i++)
                    values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                break;
            case "F16":
                for (int i = 0; i < values.Length; i++)
                    values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                break;
            case "BF16":
                // A bfloat16 is the upper half of a float.
                for (int i = 0; i < values.Length; i++)
                    values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
                break;
            case "F64":
                for (int i = 0; i < values.Length; i++)
                    values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "The header is checked before elements are decoded.");
        }
    }
}
