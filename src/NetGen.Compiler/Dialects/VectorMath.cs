using System;
using System.Collections.Generic;
using System.Globalization;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The elementary functions on vectors of float32, as C# for .NET 9 and later: without branches, loops and tables, so
/// that one method holds many of them. Each method is named after its function, and takes and gives one vector.
/// </summary>
/// <remarks>
/// In the texts <c>V</c> is the vector class of the width. Two idioms recur. <c>MinNative(limit, x)</c> is x where x is NaN,
/// and costs one instruction, but only in this order. Adding 1.5 * 2^23 + k rounds a small number to an integer n and leaves
/// n + k in the low bits, so that a shift makes a power of two of it. The coefficients of polynomials come from
/// tests/goldens/make_polynomials.py. VectorMathTests holds every method to its <see cref="MaxUlps"/>.
/// </remarks>
internal static class VectorMath
{
    /// <summary>Whether there is a method for a function; the others are members of the vector types themselves.</summary>
    public static bool Has(Function function) => function is not (Function.Sqrt or Function.Abs);

    /// <summary>The functions whose methods a method calls.</summary>
    public static IEnumerable<Function> Needs(Function function) => [];

    /// <summary>
    /// The largest error over all floats, in units in the last place of the exact result, or of the larger of the two terms of a
    /// derivative that has a root where they cancel; the same at every width.
    /// </summary>
    /// <param name="fused">Whether MultiplyAddEstimate rounds once, as where there is AVX2 and on Arm64, or twice.</param>
    public static double MaxUlps(Function function, bool fused) => function switch
    {
        Function.Exp => fused ? 1.07 : 0.97,
        Function.ExpM1 => fused ? 1.47 : 1.6,
        Function.Log => fused ? 1.2 : 1.3,
        Function.LogP1 => fused ? 1.82 : 1.9,
        Function.Tanh => fused ? 2.8 : 3.7,
        Function.Sigmoid => fused ? 2.5 : 2.5,
        Function.Softplus => fused ? 2.9 : 2.9,
        Function.Gelu => fused ? 3.4 : 3.6,
        Function.GeluDerivative => fused ? 3.7 : 4.6,
        Function.Mish => fused ? 4 : 4,
        Function.MishDerivative => fused ? 5.4 : 6.1,
        _ => throw new InvalidOperationException($"no vector form of {function}"),
    };

    /// <summary>The method for a function on vectors of 4, 8 or 16 floats.</summary>
    public static string Text(Function function, int lanes)
    {
        string text = function switch
        {
            Function.Exp => Exp,
            Function.ExpM1 => ExpM1,
            Function.Log => Log,
            Function.LogP1 => LogP1,
            Function.Tanh => Tanh,
            Function.Sigmoid => Sigmoid,
            Function.Softplus => VectorActivations.Softplus,
            Function.Gelu => VectorActivations.Gelu,
            Function.GeluDerivative => VectorActivations.GeluDerivative,
            Function.Mish => VectorActivations.Mish,
            Function.MishDerivative => VectorActivations.MishDerivative,
            _ => throw new InvalidOperationException($"no vector form of {function}"),
        };
        string vector = $"global::System.Runtime.Intrinsics.Vector{(32 * lanes).ToString(CultureInfo.InvariantCulture)}";
        return text
            .Replace("{reduction}", ExpReduction)
            .Replace("{polynomial}", LogPolynomial)
            .Replace("{tail}", VectorActivations.NormalTail)
            .Replace("{error}", $"{Ulps(function, fused: true)} ulp ({Ulps(function, fused: false)} without fused multiply-add)")
            .Replace("V<", vector + "<")
            .Replace("V.", vector + ".");
    }

    private static string Ulps(Function function, bool fused) => MaxUlps(function, fused).ToString(CultureInfo.InvariantCulture);

    private const string Exp = """
        /// <summary>
        /// e^x = 2^n e^r, where n = round(x / ln 2), by a polynomial of degree 7. Error: {error}.
        /// Below 2^-126.5 it is 0; from there to 2^-126 a denormal; e^±0 = 1; where it exceeds the largest float, infinity; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Exp(V<float> x)
        {
        {reduction}
            return V.MultiplyAddEstimate(p, power, power);
        }
        """;

    private const string ExpM1 = """
        /// <summary>
        /// e^x - 1 = (2^n - 1) + 2^n (e^r - 1), where n = round(x / ln 2), by a polynomial of degree 7. Error: {error}, also next to 0;
        /// -1 on the far left; where it exceeds the largest float, infinity; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> ExpM1(V<float> x)
        {
        {reduction}
            return V.MultiplyAddEstimate(p, power, power - V.Create(1f));
        }
        """;

    /// <summary>From x, power = 2^n and p = e^r - 1.</summary>
    private const string ExpReduction = """
            // At -88 the exponent's bits are 0, and so is the power. n stays below 128, whose power of two is none;
            // above, r grows instead, and the polynomial holds as far as ln 2, then overflows by itself.
            x = V.MaxNative(V.Create(-88f), x);
            var t = V.MinNative(V.Create(12583166f), V.MultiplyAddEstimate(x, V.Create(1.442695f), V.Create(12583039f)));
            var n = t - V.Create(12583039f);
            // ln 2 in two parts, of which the first has 15 bits, so that its product is exact.
            var r = V.MultiplyAddEstimate(n, V.Create(-0.69314575f), x);
            r = V.MultiplyAddEstimate(n, V.Create(-1.4286068e-06f), r);
            var r2 = r * r;
            var p = V.MultiplyAddEstimate(
                V.MultiplyAddEstimate(r, V.Create(0.00022600207f), V.Create(0.0013896305f)), r2,
                V.MultiplyAddEstimate(r, V.Create(0.008327527f), V.Create(0.041666884f)));
            p = V.MultiplyAddEstimate(p, r2, V.MultiplyAddEstimate(r, V.Create(0.16666697f), V.Create(0.5f)));
            p = V.MultiplyAddEstimate(p, r2, r);
            var power = V.AsSingle(V.ShiftLeft(V.AsInt32(t), 23));
        """;

    private const string Log = """
        /// <summary>
        /// ln x = n ln 2 + ln(1 + f), where 1 + f lies between the roots of 1/2 and 2, by a polynomial of degree 9. Error: {error}, also next
        /// to 1 and for denormals; ln 0 = -∞, ln ∞ = ∞; NaN below 0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Log(V<float> x)
        {
            var denormal = V.LessThan(x, V.Create(1.1754944e-38f));
            var y = V.ConditionalSelect(denormal, x * V.Create(8388608f), x);
            // n in the bits of the exponent, counted from the root of 1/2.
            var bits = V.AsInt32(y) - V.Create(0x3F3504F3);
            var n = V.ConvertToSingle(V.ShiftRightArithmetic(bits, 23)) - (denormal & V.Create(23f));
            var f = V.AsSingle((bits & V.Create(0x007FFFFF)) + V.Create(0x3F3504F3)) - V.Create(1f);
        {polynomial}
            return V.ConditionalSelect(V.LessThan(x, V.Create(float.PositiveInfinity)), p, x);
        }
        """;

    private const string LogP1 = """
        /// <summary>
        /// ln(1 + x) = n ln 2 + ln(1 + f), where 1 + f lies between the roots of 1/2 and 2 and has what rounding takes from 1 + x, by a
        /// polynomial of degree 9. Error: {error}, also next to 0; -∞ at -1, ∞ at ∞; NaN below -1; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> LogP1(V<float> x)
        {
            var y = x + V.Create(1f);
            var bits = V.AsInt32(y) - V.Create(0x3F3504F3);
            var n = V.ConvertToSingle(V.ShiftRightArithmetic(bits, 23));
            var f = V.AsSingle((bits & V.Create(0x007FFFFF)) + V.Create(0x3F3504F3)) - V.Create(1f);
            // 2^-n, or 0 where 1 + x is so large that nothing was lost.
            var scale = V.AsSingle(V.Max(V.Create(0x3F800000) - (bits & V.Create(-8388608)), V<int>.Zero));
            f = V.MultiplyAddEstimate(x - (y - V.Create(1f)), scale, f);
        {polynomial}
            return V.ConditionalSelect(V.LessThan(x, V.Create(float.PositiveInfinity)), p, x);
        }
        """;

    /// <summary>From f and n, p = n ln 2 + ln(1 + f), -∞ where y is 0, and NaN where it is below.</summary>
    private const string LogPolynomial = """
            var f2 = f * f;
            var p = V.MultiplyAddEstimate(
                V.MultiplyAddEstimate(f, V.Create(0.08844645f), V.Create(-0.1432123f)), f2,
                V.MultiplyAddEstimate(f, V.Create(0.14880668f), V.Create(-0.16565454f)));
            p = V.MultiplyAddEstimate(p, f2, V.MultiplyAddEstimate(f, V.Create(0.19965404f), V.Create(-0.25002137f)));
            p = V.MultiplyAddEstimate(p, f2, V.MultiplyAddEstimate(f, V.Create(0.33333874f), V.Create(-0.49999985f)));
            p = V.MultiplyAddEstimate(n, V.Create(0.6931472f), V.MultiplyAddEstimate(p, f2, f));
            p = V.ConditionalSelect(V.Equals(y, V<float>.Zero), V.Create(float.NegativeInfinity), p) | V.LessThan(y, V<float>.Zero);
        """;

    private const string Tanh = """
        /// <summary>
        /// tanh x = ((s - 1) + (s + 1) tanh r) / ((s + 1) + (s - 1) tanh r), where s = 2^n, n = round(2x / ln 2), r = x - n ln 2 / 2, and
        /// tanh r = p / q, a Padé approximant of degrees 3 and 2. Error: {error}, also next to 0; never beyond ±1, which it reaches
        /// within ±9.1; tanh ±0 = ±0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Tanh(V<float> x)
        {
            x = V.MinNative(V.Create(10f), V.MaxNative(V.Create(-10f), x));
            var t = V.MultiplyAddEstimate(x, V.Create(2.88539f), V.Create(12583039f));
            // One part of ln 2 is enough: where n is large, r counts little.
            var r = V.MultiplyAddEstimate(t - V.Create(12583039f), V.Create(-0.3465736f), x);
            var s = V.AsSingle(V.ShiftLeft(V.AsInt32(t), 23));
            var up = s + V.Create(1f);
            var down = s - V.Create(1f);
            // -p and -q, by whose signs -0 stays -0; their scale, 107 / 128, puts them where floats are dense.
            var r2 = r * r;
            var p = r * V.MultiplyAddEstimate(r2, V.Create(-0.055729166f), V.Create(-0.8359375f));
            var q = V.MultiplyAddEstimate(r2, V.Create(-0.334375f), V.Create(-0.8359375f));
            return V.MultiplyAddEstimate(up, p, down * q) / V.MultiplyAddEstimate(up, q, down * p);
        }
        """;

    private const string Sigmoid = """
        /// <summary>
        /// 1 / (1 + e^-x) = (q + p) / ((q + p) + 2^n (q - p)), where n = round(-x / ln 2), r = x + n ln 2 and e^r = (q + p) / (q - p), the
        /// Padé approximant of degree 3. Error: {error}, also on the far left, where below 2^-126 digits are lost and from 2^-127.5 on
        /// it is 0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Sigmoid(V<float> x)
        {
            // Between these bounds 2^n goes from 0 to infinity.
            x = V.MinNative(V.Create(88f), V.MaxNative(V.Create(-89f), x));
            var t = V.MultiplyAddEstimate(x, V.Create(-1.442695f), V.Create(12583039f));
            var n = t - V.Create(12583039f);
            // ln 2 in two parts, of which the first has 15 bits, so that its product is exact.
            var r = V.MultiplyAddEstimate(n, V.Create(0.69314575f), x);
            r = V.MultiplyAddEstimate(n, V.Create(1.4286068e-06f), r);
            var s = V.AsSingle(V.ShiftLeft(V.AsInt32(t), 23));
            // Their scale, 107 / 128, puts q + p and q - p where floats are dense, between 1/2 and 1.
            var r2 = r * r;
            var p = r * V.MultiplyAddEstimate(r2, V.Create(0.0069661457f), V.Create(0.41796875f));
            var q = V.MultiplyAddEstimate(r2, V.Create(0.08359375f), V.Create(0.8359375f));
            var sum = q + p;
            return sum / V.MultiplyAddEstimate(q - p, s, sum);
        }
        """;
}
