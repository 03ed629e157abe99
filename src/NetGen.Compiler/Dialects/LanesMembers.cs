using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>An operation of the lanes' types.</summary>
/// <param name="Name">As C# calls it.</param>
/// <param name="Signature">What it gives, its name, and what it takes; <c>V</c> is the vector.</param>
/// <param name="Body">An expression, or a block, for so many lanes. <c>V</c> is the vector's type there, <c>VEC</c> the class with its operations; null where a
/// width has none.</param>
internal sealed record LanesMember(string Name, string Signature, Func<int, string?> Body)
{
    public string? Summary { get; init; }

    /// <summary>The members that its bodies call.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Only other members call it, and not every width has it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Where the target has the vectors of .NET 8, which lack some members; null where it makes no difference.</summary>
    public Func<int, string>? OldBody { get; init; }
}

/// <summary>
/// The members of the lanes' types, in the order in which a file has those that it calls. What differs between processors, and between .NET 8 and later, stands
/// here and nowhere else.
/// </summary>
internal static class LanesMembers
{
    public static IReadOnlyDictionary<string, LanesMember> All { get; } = Table().ToDictionary(static m => m.Name);

    private static IEnumerable<LanesMember> Table()
    {
        static LanesMember Row(string signature, string body) => RowOf(signature, _ => body);
        static LanesMember RowOf(string signature, Func<int, string> body) =>
            new(signature.Substring(0, signature.IndexOfAny(['(', '{'])).Trim().Split(' ').Last(), signature, body);

        yield return RowOf("int Count { get; }", static lanes => Invariant($"{lanes}"));
        yield return Row("V Zero { get; }", "V.Zero");
        yield return Row("V One { get; }", "V.One");
        yield return RowOf("V Ascending { get; }", static lanes => $"VEC.Create({Each(lanes, static k => Invariant($"{k}f"))})");
        yield return Row("V Create(float x)", "VEC.Create(x)");
        yield return Row("V Load(ref float at)", "VEC.LoadUnsafe(ref at)");
        yield return Row("V LoadFrom(ref float at, int offset)", "VEC.LoadUnsafe(ref at, unchecked((nuint)offset))");
        yield return Row("void Store(V x, ref float at)", "VEC.StoreUnsafe(x, ref at)");
        yield return Row("void StoreFrom(V x, ref float at, int offset)", "VEC.StoreUnsafe(x, ref at, unchecked((nuint)offset))");
        yield return RowOf("V LoadFirst(ref float at, int count)", static lanes => lanes == 4
            ? """
                count == 1 ? VEC.CreateScalar(at)
                : count == 2 ? VEC.Create(at, UNSAFE.Add(ref at, 1), 0f, 0f)
                : VEC.Create(at, UNSAFE.Add(ref at, 1), UNSAFE.Add(ref at, 2), 0f)
                """
            : Invariant($"VEC.{(lanes == 8 ? "Create(LANES4.LoadFirst(ref at, count), T4.Zero)" : "Create(LANES8.LoadFirst(ref at, count), T8.Zero)")}")) with
        {
            Summary = "One, two or three elements, and zeros behind them.",
        };
        yield return RowOf("void StoreFirst(V x, ref float at, int count)", static lanes => lanes == 4
            ? """
                {
                    at = VEC.ToScalar(x);
                    if (count > 1)
                        UNSAFE.Add(ref at, 1) = VEC.GetElement(x, 1);
                    if (count > 2)
                        UNSAFE.Add(ref at, 2) = VEC.GetElement(x, 2);
                }
                """
            : Invariant($"LANES{lanes / 2}.StoreFirst(VEC.GetLower(x), ref at, count)"));
        yield return RowOf("V First(int count)", static lanes => Invariant($"VEC.LessThan(Ascending, VEC.Create((float)count))")) with
        {
            Summary = "All bits in the first lanes.",
            Needs = ["Ascending"],
        };
        yield return RowOf("V Last(int count)", static lanes => Invariant($"VEC.GreaterThanOrEqual(Ascending, VEC.Create((float)({lanes} - count)))")) with
        {
            Summary = "All bits in the last lanes.",
            Needs = ["Ascending"],
        };
        yield return Row("V Add(V a, V b)", "a + b");
        yield return Row("V Subtract(V a, V b)", "a - b");
        yield return Row("V Multiply(V a, V b)", "a * b");
        yield return Row("V Divide(V a, V b)", "a / b");
        yield return Row("V Negate(V a)", "-a");
        yield return Row("V MultiplyAdd(V a, V b, V c)", "VEC.MultiplyAddEstimate(a, b, c)") with
        {
            Summary = "a b + c, rounded once where the processor can.",
            OldBody = static lanes => Choose(lanes, lanes == 16 ? "Avx512F.FusedMultiplyAdd(a, b, c)" : "Fma.MultiplyAdd(a, b, c)", "FusedMultiplyAdd(c, a, b)", "a * b + c"),
        };
        foreach ((string name, string operation, string test) in new[] { ("MaxNative", "Max", "GreaterThan"), ("MinNative", "Min", "LessThan") })
        {
            yield return Row($"V {name}(V a, V b)", $"VEC.{name}(a, b)") with
            {
                Summary = $"The {(operation == "Max" ? "larger" : "smaller")} of two; on x64 b where one is no number.",
                OldBody = lanes => Choose(lanes, $"{(lanes == 16 ? "Avx512F" : lanes == 8 ? "Avx" : "Sse")}.{operation}(a, b)", operation + "(a, b)", $"VEC.ConditionalSelect(VEC.{test}(a, b), a, b)"),
            };
        }

        yield return Row("V Max(V a, V b)", "VEC.Max(a, b)");
        yield return Row("V Min(V a, V b)", "VEC.Min(a, b)");
        yield return Row("V Abs(V x)", "VEC.Abs(x)");
        yield return Row("V Sqrt(V x)", "VEC.Sqrt(x)");
        yield return Row("V Equal(V a, V b)", "VEC.Equals(a, b)");
        yield return Row("V Greater(V a, V b)", "VEC.GreaterThan(a, b)");
        yield return Row("V GreaterOrEqual(V a, V b)", "VEC.GreaterThanOrEqual(a, b)");
        yield return Row("V Less(V a, V b)", "VEC.LessThan(a, b)");
        yield return Row("V And(V a, V b)", "a & b");
        yield return Row("V AndNot(V a, V b)", "VEC.AndNot(a, b)") with { Summary = "The bits of a that b has not." };
        yield return Row("V Or(V a, V b)", "a | b");
        yield return Row("V Select(V mask, V a, V b)", "VEC.ConditionalSelect(mask, a, b)");
        yield return Row("float Sum(V x)", "VEC.Sum(x)");
        yield return Row("float FirstLane(V x)", "VEC.ToScalar(x)");
        yield return RowOf("float Largest(V x)", static lanes => lanes == 4
            ? """
                {
                    x = MaxNative(x, VEC.Shuffle(x, VEC.Create(2, 3, 0, 1)));
                    return VEC.ToScalar(MaxNative(x, VEC.Shuffle(x, VEC.Create(1, 0, 3, 2))));
                }
                """
            : Invariant($"LANES{lanes / 2}.Largest(LANES{lanes / 2}.MaxNative(VEC.GetLower(x), VEC.GetUpper(x)))")) with
        {
            Summary = "The largest lane.",
            Needs = ["MaxNative"],
        };
        yield return RowOf("T4 SumsOfFour(V a, V b, V c, V d)", static lanes => lanes switch
        {
            4 => """
                X86.Sse3.IsSupported ? X86.Sse3.HorizontalAdd(X86.Sse3.HorizontalAdd(a, b), X86.Sse3.HorizontalAdd(c, d))
                : ARM.AdvSimd.Arm64.IsSupported ? ARM.AdvSimd.Arm64.AddPairwise(ARM.AdvSimd.Arm64.AddPairwise(a, b), ARM.AdvSimd.Arm64.AddPairwise(c, d))
                : VEC.Create(VEC.Sum(a), VEC.Sum(b), VEC.Sum(c), VEC.Sum(d))
                """,
            8 => """
                {
                    T8 halves = X86.Avx.HorizontalAdd(X86.Avx.HorizontalAdd(a, b), X86.Avx.HorizontalAdd(c, d));
                    return VEC.GetLower(halves) + VEC.GetUpper(halves);
                }
                """,
            _ => $"LANES8.SumsOfFour({string.Join(", ", "abcd".Select(static c => $"VEC.GetLower({c}) + VEC.GetUpper({c})"))})",
        }) with
        {
            Summary = "The sums over the lanes of four vectors, side by side.",
        };
        foreach ((string name, string arm, Func<string, string, string> join) in new (string, string, Func<string, string, string>)[]
        {
            ("PairMaxima", "MaxPairwise", static (a, b) => $"VEC.MaxNative({a}, {b})"), ("PairSums", "AddPairwise", static (a, b) => $"{a} + {b}"),
        })
        {
            yield return RowOf($"V {name}(V a, V b)", lanes => lanes switch
            {
                4 => $"X86.Sse.IsSupported ? {join("X86.Sse.Shuffle(a, b, 0x88)", "X86.Sse.Shuffle(a, b, 0xDD)")}\n"
                    + $": ARM.AdvSimd.Arm64.IsSupported ? ARM.AdvSimd.Arm64.{arm}(a, b)\n: {join(Pairs(0), Pairs(1))}",
                8 => $"VEC.AsSingle(X86.Avx2.Permute4x64(VEC.AsDouble({join("X86.Avx.Shuffle(a, b, 0x88)", "X86.Avx.Shuffle(a, b, 0xDD)")}), 0xD8))",
                _ => $"VEC.Create(LANES8.{name}(VEC.GetLower(a), VEC.GetUpper(a)), LANES8.{name}(VEC.GetLower(b), VEC.GetUpper(b)))",
            }) with
            {
                Summary = $"The {(name == "PairSums" ? "sum" : "larger")} of each two neighbours, those of a first.",
            };
        }

        yield return RowOf("V TwiceLower(V x)", static lanes => $"VEC.Shuffle(x, VEC.Create({Each(lanes, static k => Invariant($"{k / 2}"))}))") with { Summary = "Each lane of a half twice, side by side." };
        yield return RowOf("V TwiceUpper(V x)", static lanes => $"VEC.Shuffle(x, VEC.Create({Each(lanes, k => Invariant($"{(lanes / 2) + (k / 2)}"))}))");
        foreach (LanesMember member in ByTurns())
            yield return member;
        yield return RowOf("V Reverse(V x)", static lanes => $"VEC.Shuffle(x, VEC.Create({Each(lanes, k => Invariant($"{lanes - 1 - k}"))}))") with { Summary = "The lanes from the last to the first." };
        yield return Row("V FirstOfPairs(V mask)", "VEC.AndNot(mask, VEC.AsSingle(VEC.ShiftLeft(VEC.AsUInt64(mask), 32)))") with
        {
            Summary = "The mask without the second of two neighbours where both are set.",
        };
        yield return RowOf("V SwapPairs(V x)", static lanes => $"VEC.Shuffle(x, VEC.Create({Each(lanes, static k => Invariant($"{k ^ 1}"))}))");
        yield return Row("V PowerOfTwo(V t)", "VEC.AsSingle(VEC.ShiftLeft(VEC.AsInt32(t), 23))") with { Summary = "The low bits as an exponent." };
        yield return Row("V Exponent(V bits)", "VEC.ConvertToSingle(VEC.ShiftRightArithmetic(VEC.AsInt32(bits), 23))") with { Summary = "The bits of an exponent as a number." };
        yield return Row("V AddBits(V x, int bits)", "VEC.AsSingle(VEC.AsInt32(x) + VEC.Create(bits))");
        yield return Row("V AndBits(V x, int bits)", "VEC.AsSingle(VEC.AsInt32(x) & VEC.Create(bits))");
        yield return Row("V InverseExponent(V bits)", "VEC.AsSingle(VEC.Max(VEC.Create(0x3F800000) - (VEC.AsInt32(bits) & VEC.Create(-8388608)), VEC.Create(0)))") with
        {
            Summary = "2^-n for the n of an exponent's bits, or 0 where that is too small.",
        };

        yield return Row("bool IsAny(V mask)", "VEC.ExtractMostSignificantBits(mask) != 0") with { Summary = "Whether the bits of any lane are set." };
        yield return Row("V LowestBitAsSign(V k)", "VEC.AsSingle(VEC.ShiftLeft(VEC.AsInt32(k), 31))");
        foreach (string name in new[] { "Sin", "Cos" })
        {
            yield return RowOf($"V {name}OfEach(V x)", lanes => lanes == 4
                ? $"VEC.Create({Each(lanes, k => Invariant($"global::System.MathF.{name}(VEC.GetElement(x, {k}))"))})"
                : Invariant($"VEC.Create(LANES{lanes / 2}.{name}OfEach(VEC.GetLower(x)), LANES{lanes / 2}.{name}OfEach(VEC.GetUpper(x)))"));
        }

        yield return Row("V WidenLower(V x)", "VEC.AsSingle(VEC.WidenLower(x))") with
        {
            Summary = "The lower half of the lanes in double. Doubles are kept in the bits of a vector.",
        };
        yield return Row("V WidenUpper(V x)", "VEC.AsSingle(VEC.WidenUpper(x))");
        yield return Row("V Narrow(V lower, V upper)", "VEC.Narrow(VEC.AsDouble(lower), VEC.AsDouble(upper))") with { Summary = "Doubles as floats." };
        yield return Row("V CreateDoubles(double x)", "VEC.AsSingle(VEC.Create(x))");
        yield return Row("V AddDoubles(V a, V b)", "VEC.AsSingle(VEC.AsDouble(a) + VEC.AsDouble(b))");
        yield return Row("V MultiplyDoubles(V a, V b)", "VEC.AsSingle(VEC.AsDouble(a) * VEC.AsDouble(b))");
        yield return Row("double SumDoubles(V x)", "VEC.Sum(VEC.AsDouble(x))");

        foreach (Storage storage in new[] { Storage.Float16, Storage.BFloat16 })
        {
            yield return RowOf($"V Load{storage}(ref ushort at)", lanes => Invariant($"WidenBy{lanes}(ref at)"));
            yield return RowOf($"V LoadFirst{storage}(ref ushort at, int count)", lanes => lanes == 4
                ? "VEC.Create(WidenBy1(ref at), count > 1 ? WidenBy1(ref UNSAFE.Add(ref at, 1)) : 0f, count > 2 ? WidenBy1(ref UNSAFE.Add(ref at, 2)) : 0f, 0f)"
                : Invariant($"VEC.Create(LANES{lanes / 2}.LoadFirst{storage}(ref at, count), T{lanes / 2}.Zero)"));
        }

        foreach (LanesMember member in LanesColumns.Table)
            yield return member;
    }

    /// <summary>What puts the lanes of two vectors into one by turns, and takes them apart.</summary>
    private static IEnumerable<LanesMember> ByTurns()
    {
        foreach (bool isSecond in new[] { false, true })
        {
            yield return Of(
                $"Interleave{(isSecond ? "Upper" : "Lower")}", isSecond ? "ZipHigh" : "ZipLow", $"The {(isSecond ? "upper" : "lower")} halves of two vectors, their lanes by turns.",
                (lanes, k) => (isSecond ? lanes / 2 : 0) + (k / 2) + (k % 2 * lanes), $"X86.Avx.Permute2x128(X86.Avx.UnpackLow(a, b), X86.Avx.UnpackHigh(a, b), {(isSecond ? "0x31" : "0x20")})");
            yield return Of(
                isSecond ? "OddLanes" : "EvenLanes", isSecond ? "Odds" : "Evens", $"Every other lane of a, then of b, from the {(isSecond ? "second" : "first")} on.",
                (_, k) => (2 * k) + (isSecond ? 1 : 0), $"VEC.AsSingle(X86.Avx2.Permute4x64(VEC.AsDouble(X86.Avx.Shuffle(a, b, {(isSecond ? "0xDD" : "0x88")})), 0xD8))");
        }

        // Lanes of b are numbered behind those of a.
        static LanesMember Of(string name, string ofFour, string summary, Func<int, int, int> lane, string eight)
        {
            string Places(int lanes) => $"VEC.Create({Each(lanes, k => Invariant($"{lane(lanes, k)}"))})";
            return new(name, $"V {name}(V a, V b)", lanes => lanes switch
            {
                16 => $"X86.Avx512F.PermuteVar16x32x2(a, {Places(16)}, b)",
                8 => $"X86.Avx512F.VL.IsSupported ? X86.Avx512F.VL.PermuteVar8x32x2(a, {Places(8)}, b)\n: {eight}",
                _ => ofFour + "(a, b)",
            })
            {
                Summary = summary,
                Needs = [ofFour],
            };
        }
    }

    /// <summary>What the processor has: x64's instruction, Arm's (of four lanes), or what both can.</summary>
    private static string Choose(int lanes, string x86, string arm, string otherwise)
    {
        string isSupported = x86.Substring(0, x86.IndexOf('.')) + ".IsSupported";
        string last = lanes == 4 ? $"ARM.AdvSimd.IsSupported ? ARM.AdvSimd.{arm} : {otherwise}" : otherwise;
        return $"X86.{isSupported} ? X86.{x86} : {last}";
    }

    /// <summary>The first elements, or the second ones, of the pairs of a and b.</summary>
    private static string Pairs(int which) =>
        $"VEC.Create({string.Join(", ", new[] { "a", "b" }.SelectMany(x => new[] { which, which + 2 }.Select(k => Invariant($"VEC.GetElement({x}, {k})"))))})";

    private static string Each(int lanes, Func<int, string> text) => string.Join(", ", Enumerable.Range(0, lanes).Select(text));
}
