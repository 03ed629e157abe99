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
    public static bool Has(Function function) => function is Function.Exp or Function.Tanh or Function.Sigmoid;

    /// <summary>The functions whose methods a method calls.</summary>
    public static IEnumerable<Function> Needs(Function function) => [];

    /// <summary>The largest error over all floats, in units in the last place of the exact result; the same at every width.</summary>
    /// <param name="fused">Whether MultiplyAddEstimate rounds once, as with AVX2 or on Arm64, or twice.</param>
    public static double MaxUlps(Function function, bool fused) => function switch
    {
        Function.Exp => fused ? 1.07 : 1.07,
        Function.Tanh => fused ? 2.5 : 2.5,
        Function.Sigmoid => fused ? 2.5 : 2.5,
        _ => throw new InvalidOperationException($"no vector form of {function}"),
    };

    /// <summary>The method for a function on vectors of 4, 8 or 16 floats.</summary>
    public static string Text(Function function, int lanes)
    {
        string text = function switch
        {
            Function.Exp => Exp,
            Function.Tanh => Tanh,
            Function.Sigmoid => Sigmoid,
            _ => throw new InvalidOperationException($"no vector form of {function}"),
        };
        string vector = $"global::System.Runtime.Intrinsics.Vector{(32 * lanes).ToString(CultureInfo.InvariantCulture)}";
        return text
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
            // At -88 the exponent's bits are 0, and so is the result. n stays below 128, whose power of two is none;
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
            return V.MultiplyAddEstimate(p, power, power);
        }
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
