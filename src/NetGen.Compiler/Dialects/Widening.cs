using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// 16-bit numbers as floats. A bfloat16 is the upper half of one. A float16's exponent counts from 112 less: added to it, that makes a normal number right, and
/// of a subnormal m 2^-24 it makes (1024 + m) 2^-25, whose double is 2^-14 too much. A product with 2^112 would do for both, but processors take a hundred
/// cycles for each subnormal that is multiplied, and of the weights of most networks a few in a thousand are. Infinities and NaN are refused when weights are
/// compiled in.
/// </summary>
internal static class Widening
{
    public static Helper HelperOf(Storage storage) => storage == Storage.Float16 ? Helper.WidenFloat16 : Helper.WidenBFloat16;

    /// <summary>A statement that widens a stretch of memory.</summary>
    public static string All(string from, int count, string to) => Invariant($"WidenAll({from}, {count}, {to});");

    public static string Text(Storage storage) => $$"""
        /// <summary>A {{Name(storage)}} as a float.</summary>
        [INLINE]
        internal static float WidenBy1(ref ushort from)
        {
            return {{(storage == Storage.BFloat16
                ? "global::System.BitConverter.UInt32BitsToSingle((uint)from << 16)"
                : "global::System.BitConverter.Int32BitsToSingle((unchecked((short)from) << 13) & unchecked((int)0x8FFFE000)) * 5.19229686E+33f")}};
        }

        /// <summary>Four of them.</summary>
        [INLINE]
        internal static V128<float> WidenBy4(ref ushort from)
        {
            {{Vector(storage, "V128", "V128.CreateScalarUnsafe(UNSAFE.ReadUnaligned<ulong>(ref UNSAFE.As<ushort, byte>(ref from)))")}}
        }

        /// <summary>Eight of them.</summary>
        [INLINE]
        internal static V256<float> WidenBy8(ref ushort from)
        {
            {{Vector(storage, "V256", "V128.ToVector256Unsafe(V128.LoadUnsafe(ref from))")}}
        }

        /// <summary>Sixteen of them.</summary>
        [INLINE]
        internal static V512<float> WidenBy16(ref ushort from)
        {
            {{Vector(storage, "V512", "V256.ToVector512Unsafe(V256.LoadUnsafe(ref from))")}}
        }

        /// <summary>So many of them, and zeros behind them as far as a vector may read.</summary>
        [OPTIMIZE]
        internal static void WidenAll(ref ushort from, int count, ref float to)
        {
            int k = 0;
            for (; k <= count - 8; k += 8)
                V256.StoreUnsafe(WidenBy8(ref UNSAFE.Add(ref from, k)), ref UNSAFE.Add(ref to, k));
            for (; k < count; k++)
                UNSAFE.Add(ref to, k) = WidenBy1(ref UNSAFE.Add(ref from, k));
            V512.StoreUnsafe(V512<float>.Zero, ref UNSAFE.Add(ref to, count));
        }
        """;

    private static string Name(Storage storage) => storage == Storage.Float16 ? "float16" : "bfloat16";

    private static string Vector(Storage storage, string vector, string halves) => storage == Storage.BFloat16
        ? $"return {vector}.AsSingle({vector}.ShiftLeft({vector}.WidenLower({vector}.AsUInt16({halves})), 16));"
        : $$"""
                var bits = {{vector}}.ShiftLeft({{vector}}.WidenLower({{vector}}.AsInt16({{halves}})), 13);
                {{vector}}<float> size = {{vector}}.AsSingle((bits & {{vector}}.Create(0x0FFFE000)) + {{vector}}.Create(112 << 23));
                // Twice a subnormal's, less 2^-14; what is no less than that stays.
                var below = {{vector}}.AsInt32(size - {{vector}}.Create(6.1035156E-05f));
                size += {{vector}}.AsSingle(below & {{vector}}.ShiftRightArithmetic(below, 31));
                return {{vector}}.AsSingle((bits & {{vector}}.Create(int.MinValue)) | {{vector}}.AsInt32(size));
            """.TrimStart();
}
