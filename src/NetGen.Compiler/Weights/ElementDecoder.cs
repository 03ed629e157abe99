using System;

namespace NetGen.Compiler.Weights;

/// <summary>Turns a tensor's little-endian bytes into floats.</summary>
internal static class ElementDecoder
{
    /// <summary>
    /// Decodes <paramref name="count"/> elements. F16 and BF16 are exact, NaN and infinities included; F64 is rounded
    /// to the nearest float.
    /// </summary>
    public static void Decode(string dtype, byte[] bytes, int start, float[] values, int count)
    {
        switch (dtype)
        {
            case "F32" when BitConverter.IsLittleEndian:
                Buffer.BlockCopy(bytes, start, values, 0, 4 * count);
                break;
            case "F32":
                for (int i = 0; i < count; i++)
                    values[i] = FloatBits.ToSingle(Half(bytes, start + (4 * i)) | (Half(bytes, start + (4 * i) + 2) << 16));
                break;
            case "F16":
                for (int i = 0; i < count; i++)
                    values[i] = FloatBits.FromFloat16((ushort)Half(bytes, start + (2 * i)));
                break;
            case "BF16":
                for (int i = 0; i < count; i++)
                    values[i] = FloatBits.FromBFloat16((ushort)Half(bytes, start + (2 * i)));
                break;
            case "F64":
                for (int i = 0; i < count; i++)
                    values[i] = (float)BitConverter.Int64BitsToDouble(Word(bytes, start + (8 * i)) | (long)((ulong)Word(bytes, start + (8 * i) + 4) << 32));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "The header is checked before elements are decoded.");
        }
    }

    private static uint Half(byte[] bytes, int at) => bytes[at] | ((uint)bytes[at + 1] << 8);

    private static long Word(byte[] bytes, int at) => Half(bytes, at) | (Half(bytes, at + 2) << 16);
}
