using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// 16-bit numbers as floats. A bfloat16 is the upper half of one. A float16's exponent counts from 112 less: with its digits where a float has them,
/// a product with 2^112 makes it right, subnormal ones as well; infinities and NaN are refused when weights are compiled in.
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
            return {{Vector(storage, "V128", "V128.CreateScalarUnsafe(UNSAFE.ReadUnaligned<ulong>(ref UNSAFE.As<ushort, byte>(ref from)))")}};
        }

        /// <summary>Eight of them.</summary>
        [INLINE]
        internal static V256<float> WidenBy8(ref ushort from)
        {
            return {{Vector(storage, "V256", "V128.ToVector256Unsafe(V128.LoadUnsafe(ref from))")}};
        }

        /// <summary>Sixteen of them.</summary>
        [INLINE]
        internal static V512<float> WidenBy16(ref ushort from)
        {
            return {{Vector(storage, "V512", "V256.ToVector512Unsafe(V256.LoadUnsafe(ref from))")}};
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
        ? $"{vector}.AsSingle({vector}.ShiftLeft({vector}.WidenLower({vector}.AsUInt16({halves})), 16))"
        : $"{vector}.AsSingle(({vector}.ShiftLeft({vector}.WidenLower({vector}.AsInt16({halves})), 13)) & {vector}.Create(unchecked((int)0x8FFFE000))) * {vector}.Create(5.19229686E+33f)";
}
