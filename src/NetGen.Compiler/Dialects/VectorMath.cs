using System;
using System.Collections.Generic;
using System.Globalization;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The elementary functions on vectors of float32, as C# that is generic over the lanes: without loops and tables, and but for arguments that hardly
/// occur without branches, so that one method holds many of them. Each method is named after its function, and takes and gives one vector.
/// </summary>
/// <remarks>
/// Two idioms recur. <c>MinNative(limit, x)</c> is x where x is NaN,
/// and costs one instruction, but only in this order. Adding 1.5 * 2^23 + k rounds a small number to an integer n and leaves
/// n + k in the low bits, so that a shift makes a power of two of it. The coefficients of polynomials come from
/// tests/goldens/make_polynomials.py. VectorMathTests holds every method to its <see cref="MaxUlps"/>.
/// </remarks>
internal static class VectorMath
{
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
        Function.Sin => fused ? 1.8 : 1.9,
        Function.Cos => fused ? 1.8 : 1.9,
        _ => throw new InvalidOperationException($"no vector form of {function}"),
    };

    /// <summary>The method for a function, over the lanes of any width.</summary>
    public static string Text(Function function)
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
            Function.Sin => VectorTrigonometry.Sin,
            Function.Cos => VectorTrigonometry.Cos,
            _ => throw new InvalidOperationException($"no vector form of {function}"),
        };
        return text
            .Replace("{reduction}", ExpReduction)
            .Replace("{polynomial}", LogPolynomial)
            .Replace("{tail}", VectorActivations.NormalTail)
            .Replace("{sine}", VectorTrigonometry.Sine)
            .Replace("{error}", $"{Ulps(function, fused: true)} ulp ({Ulps(function, fused: false)} without fused multiply-add)")
            .Replace("{constraints}", LanesTypes.Constraints);
    }

    private static string Ulps(Function function, bool fused) => MaxUlps(function, fused).ToString(CultureInfo.InvariantCulture);

    private const string Exp = """
        /// <summary>
        /// e^x = 2^n e^r, where n = round(x / ln 2), by a polynomial of degree 7. Error: {error}.
        /// Below 2^-126.5 it is 0; from there to 2^-126 a denormal; e^±0 = 1; where it exceeds the largest float, infinity; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Exp<TLanes, TVector>(TVector x) {constraints}
        {
        {reduction}
            return TLanes.MultiplyAdd(p, power, power);
        }
        """;

    private const string ExpM1 = """
        /// <summary>
        /// e^x - 1 = (2^n - 1) + 2^n (e^r - 1), where n = round(x / ln 2), by a polynomial of degree 7. Error: {error}, also next to 0;
        /// -1 on the far left; where it exceeds the largest float, infinity; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector ExpM1<TLanes, TVector>(TVector x) {constraints}
        {
        {reduction}
            return TLanes.MultiplyAdd(p, power, TLanes.Subtract(power, TLanes.One));
        }
        """;

    /// <summary>From x, power = 2^n and p = e^r - 1.</summary>
    private const string ExpReduction = """
            // At -88 the exponent's bits are 0, and so is the power. n stays below 128, whose power of two is none;
            // above, r grows instead, and the polynomial holds as far as ln 2, then overflows by itself.
            x = TLanes.MaxNative(TLanes.Create(-88f), x);
            TVector t = TLanes.MinNative(TLanes.Create(12583166f), TLanes.MultiplyAdd(x, TLanes.Create(1.442695f), TLanes.Create(12583039f)));
            TVector n = TLanes.Subtract(t, TLanes.Create(12583039f));
            // ln 2 in two parts, of which the first has 15 bits, so that its product is exact.
            TVector r = TLanes.MultiplyAdd(n, TLanes.Create(-0.69314575f), x);
            r = TLanes.MultiplyAdd(n, TLanes.Create(-1.4286068e-06f), r);
            TVector r2 = TLanes.Multiply(r, r);
            TVector p = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(r, TLanes.Create(0.00022600207f), TLanes.Create(0.0013896305f)), r2,
                TLanes.MultiplyAdd(r, TLanes.Create(0.008327527f), TLanes.Create(0.041666884f)));
            p = TLanes.MultiplyAdd(p, r2, TLanes.MultiplyAdd(r, TLanes.Create(0.16666697f), TLanes.Create(0.5f)));
            p = TLanes.MultiplyAdd(p, r2, r);
            TVector power = TLanes.PowerOfTwo(t);
        """;

    private const string Log = """
        /// <summary>
        /// ln x = n ln 2 + ln(1 + f), where 1 + f lies between the roots of 1/2 and 2, by a polynomial of degree 9. Error: {error}, also next
        /// to 1 and for denormals; ln 0 = -∞, ln ∞ = ∞; NaN below 0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Log<TLanes, TVector>(TVector x) {constraints}
        {
            TVector denormal = TLanes.Less(x, TLanes.Create(1.1754944e-38f));
            TVector y = TLanes.Select(denormal, TLanes.Multiply(x, TLanes.Create(8388608f)), x);
            // n in the bits of the exponent, counted from the root of 1/2.
            TVector bits = TLanes.AddBits(y, -0x3F3504F3);
            TVector n = TLanes.Subtract(TLanes.Exponent(bits), TLanes.And(denormal, TLanes.Create(23f)));
            TVector f = TLanes.Subtract(TLanes.AddBits(TLanes.AndBits(bits, 0x007FFFFF), 0x3F3504F3), TLanes.One);
        {polynomial}
            return TLanes.Select(TLanes.Less(x, TLanes.Create(float.PositiveInfinity)), p, x);
        }
        """;

    private const string LogP1 = """
        /// <summary>
        /// ln(1 + x) = n ln 2 + ln(1 + f), where 1 + f lies between the roots of 1/2 and 2 and has what rounding takes from 1 + x, by a
        /// polynomial of degree 9. Error: {error}, also next to 0; -∞ at -1, ∞ at ∞; NaN below -1; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector LogP1<TLanes, TVector>(TVector x) {constraints}
        {
            TVector y = TLanes.Add(x, TLanes.One);
            TVector bits = TLanes.AddBits(y, -0x3F3504F3);
            TVector n = TLanes.Exponent(bits);
            TVector f = TLanes.Subtract(TLanes.AddBits(TLanes.AndBits(bits, 0x007FFFFF), 0x3F3504F3), TLanes.One);
            // 2^-n, or 0 where 1 + x is so large that nothing was lost.
            TVector scale = TLanes.InverseExponent(bits);
            f = TLanes.MultiplyAdd(TLanes.Subtract(x, TLanes.Subtract(y, TLanes.One)), scale, f);
        {polynomial}
            return TLanes.Select(TLanes.Less(x, TLanes.Create(float.PositiveInfinity)), p, x);
        }
        """;

    /// <summary>From f and n, p = n ln 2 + ln(1 + f), -∞ where y is 0, and NaN where it is below.</summary>
    private const string LogPolynomial = """
            TVector f2 = TLanes.Multiply(f, f);
            TVector p = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(f, TLanes.Create(0.08844645f), TLanes.Create(-0.1432123f)), f2,
                TLanes.MultiplyAdd(f, TLanes.Create(0.14880668f), TLanes.Create(-0.16565454f)));
            p = TLanes.MultiplyAdd(p, f2, TLanes.MultiplyAdd(f, TLanes.Create(0.19965404f), TLanes.Create(-0.25002137f)));
            p = TLanes.MultiplyAdd(p, f2, TLanes.MultiplyAdd(f, TLanes.Create(0.33333874f), TLanes.Create(-0.49999985f)));
            p = TLanes.MultiplyAdd(n, TLanes.Create(0.6931472f), TLanes.MultiplyAdd(p, f2, f));
            p = TLanes.Or(TLanes.Select(TLanes.Equal(y, TLanes.Zero), TLanes.Create(float.NegativeInfinity), p), TLanes.Less(y, TLanes.Zero));
        """;

    private const string Tanh = """
        /// <summary>
        /// tanh x = ((s - 1) + (s + 1) tanh r) / ((s + 1) + (s - 1) tanh r), where s = 2^n, n = round(2x / ln 2), r = x - n ln 2 / 2, and
        /// tanh r = p / q, a Padé approximant of degrees 3 and 2. Error: {error}, also next to 0; never beyond ±1, which it reaches
        /// within ±9.1; tanh ±0 = ±0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Tanh<TLanes, TVector>(TVector x) {constraints}
        {
            x = TLanes.MinNative(TLanes.Create(10f), TLanes.MaxNative(TLanes.Create(-10f), x));
            TVector t = TLanes.MultiplyAdd(x, TLanes.Create(2.88539f), TLanes.Create(12583039f));
            // One part of ln 2 is enough: where n is large, r counts little.
            TVector r = TLanes.MultiplyAdd(TLanes.Subtract(t, TLanes.Create(12583039f)), TLanes.Create(-0.3465736f), x);
            TVector s = TLanes.PowerOfTwo(t);
            TVector up = TLanes.Add(s, TLanes.One);
            TVector down = TLanes.Subtract(s, TLanes.One);
            // -p and -q, by whose signs -0 stays -0; their scale, 107 / 128, puts them where floats are dense.
            TVector r2 = TLanes.Multiply(r, r);
            TVector p = TLanes.Multiply(r, TLanes.MultiplyAdd(r2, TLanes.Create(-0.055729166f), TLanes.Create(-0.8359375f)));
            TVector q = TLanes.MultiplyAdd(r2, TLanes.Create(-0.334375f), TLanes.Create(-0.8359375f));
            return TLanes.Divide(TLanes.MultiplyAdd(up, p, TLanes.Multiply(down, q)), TLanes.MultiplyAdd(up, q, TLanes.Multiply(down, p)));
        }
        """;

    private const string Sigmoid = """
        /// <summary>
        /// 1 / (1 + e^-x) = (q + p) / ((q + p) + 2^n (q - p)), where n = round(-x / ln 2), r = x + n ln 2 and e^r = (q + p) / (q - p), the
        /// Padé approximant of degree 3. Error: {error}, also on the far left, where below 2^-126 digits are lost and from 2^-127.5 on
        /// it is 0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Sigmoid<TLanes, TVector>(TVector x) {constraints}
        {
            // Between these bounds 2^n goes from 0 to infinity.
            x = TLanes.MinNative(TLanes.Create(88f), TLanes.MaxNative(TLanes.Create(-89f), x));
            TVector t = TLanes.MultiplyAdd(x, TLanes.Create(-1.442695f), TLanes.Create(12583039f));
            TVector n = TLanes.Subtract(t, TLanes.Create(12583039f));
            // ln 2 in two parts, of which the first has 15 bits, so that its product is exact.
            TVector r = TLanes.MultiplyAdd(n, TLanes.Create(0.69314575f), x);
            r = TLanes.MultiplyAdd(n, TLanes.Create(1.4286068e-06f), r);
            TVector s = TLanes.PowerOfTwo(t);
            // Their scale, 107 / 128, puts q + p and q - p where floats are dense, between 1/2 and 1.
            TVector r2 = TLanes.Multiply(r, r);
            TVector p = TLanes.Multiply(r, TLanes.MultiplyAdd(r2, TLanes.Create(0.0069661457f), TLanes.Create(0.41796875f)));
            TVector q = TLanes.MultiplyAdd(r2, TLanes.Create(0.08359375f), TLanes.Create(0.8359375f));
            TVector sum = TLanes.Add(q, p);
            return TLanes.Divide(sum, TLanes.MultiplyAdd(TLanes.Subtract(q, p), s, sum));
        }
        """;
}
