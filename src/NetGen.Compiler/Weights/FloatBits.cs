using System.Runtime.InteropServices;

namespace NetGen.Compiler.Weights;

/// <summary>The bits of floats, and the two halves of one: float16 (IEEE 754's binary16) and bfloat16 (the upper half of a float).</summary>
internal static class FloatBits
{
    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public float Single;

        [FieldOffset(0)]
        public uint Bits;
    }

    public static float ToSingle(uint bits) => new Union { Bits = bits }.Single;

    public static uint Of(float value) => new Union { Single = value }.Bits;

    public static float FromBFloat16(ushort half) => ToSingle((uint)half << 16);

    /// <summary>Exact: each float16 is a float. Its exponent is 112 less, so 2^112 brings subnormal ones up as well.</summary>
    public static float FromFloat16(ushort half)
    {
        uint sign = (uint)(half & 0x8000) << 16, rest = (uint)(half & 0x7FFF);
        return ToSingle(sign | (rest >= 0x7C00 ? 0x7F800000 | ((rest & 0x3FF) << 13) : Of(ToSingle(rest << 13) * 5.1922968585348276e33f)));
    }

    /// <summary>Rounded to the nearest, halves to even; beyond the largest, infinity.</summary>
    public static ushort ToBFloat16(float value)
    {
        uint bits = Of(value);
        if (float.IsNaN(value))
            return (ushort)((bits >> 16) | 0x40);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Rounded to the nearest, halves to even; from 65,520 on, infinity.</summary>
    public static ushort ToFloat16(float value)
    {
        uint bits = Of(value), sign = (bits >> 16) & 0x8000, rest = bits & 0x7FFFFFFF;
        if (rest > 0x7F800000)
            return (ushort)(sign | 0x7E00 | ((rest >> 13) & 0x1FF));
        if (rest >= 0x477FF000)
            return (ushort)(sign | 0x7C00);
        // Below 2^-14 there are fewer digits: adding a half lets the processor round there.
        if (rest < 0x38800000)
            return (ushort)(sign | (Of(ToSingle(rest) + 0.5f) - 0x3F000000));
        return (ushort)(sign | ((rest - 0x38000000 + 0xFFF + ((rest >> 13) & 1)) >> 13));
    }
}
