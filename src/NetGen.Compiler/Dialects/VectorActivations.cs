namespace NetGen.Compiler.Dialects;

/// <summary>The texts of the vector functions that are activations, and of their derivatives, in the manner of <see cref="VectorMath"/>.</summary>
internal static class VectorActivations
{
    public const string Softplus = """
        /// <summary>
        /// ln(1 + e^x) = max(x, 0) + ln(1 + u), where u = e^-|x| and ln(1 + u) = 2 artanh(u / (2 + u)), a polynomial of degree 9. Error: {error},
        /// also on the far left, where below 2^-126 digits are lost and from 2^-126.5 on it is 0; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Softplus(V<float> x)
        {
            var positive = V.MaxNative(V<float>.Zero, x);
            x = -V.Abs(x);
        {reduction}
            var u = V.MultiplyAddEstimate(p, power, power);
            var s = (u + u) / (u + V.Create(2f));
            var s2 = s * s;
            var q = V.MultiplyAddEstimate(
                V.MultiplyAddEstimate(V.MultiplyAddEstimate(s2, V.Create(0.0005470069f), V.Create(0.0021877366f)), s2, V.Create(0.012506699f)),
                s2, V.Create(0.08333302f));
            return V.MultiplyAddEstimate(s * s2, q, s + positive);
        }
        """;

    public const string Gelu = """
        /// <summary>
        /// x Φ(x) = max(x, 0) - t (1 - Φ(t)), where t = |x| and Φ is the normal distribution. With 1 - Φ(t) = e^(-t² / 2) / (√(2π) t + n(t) / d(t)),
        /// the error of n and d fades as t grows. Error: {error}, also on the far left, where below 2^-126 it is 0 or has lost
        /// digits; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Gelu(V<float> x)
        {
        {tail}
            var share = td / sum;
            share = V.MultiplyAddEstimate(share, p, share);
            return V.MultiplyAddEstimate(-share, power, V.MaxNative(V<float>.Zero, x));
        }
        """;

    public const string GeluDerivative = """
        /// <summary>
        /// Φ(x) + x φ(x), the derivative of gelu: where x is negative e^(-t² / 2) (d(t) / (√(2π) t d(t) + n(t)) - t / √(2π)), with t = |x|, and 1 minus that
        /// where it is not. Error: {error} of the larger term; on the far left below 2^-123 it is 0 or has lost digits; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> GeluDerivative(V<float> x)
        {
        {tail}
            var slope = V.MultiplyAddEstimate(t, V.Create(-0.3989423f), V.MultiplyAddEstimate(t, d, V.Create(1f)) / sum);
            slope = V.MultiplyAddEstimate(slope, p, slope);
            return V.ConditionalSelect(V.GreaterThan(x, V<float>.Zero), V.MultiplyAddEstimate(-slope, power, V.Create(1f)), slope * power);
        }
        """;

    /// <summary>
    /// From x: t = |x|, the sum of td = t d(t) √(2π) and n(t) in 1 - Φ(t) = e^(-t² / 2) d(t) / sum, where d(t) = 1 + t d, and power = 2^n and p = e^r - 1 for
    /// e^(-t² / 2) = 2^n e^r.
    /// </summary>
    public const string NormalTail = """
            // Beyond, the exponent's bits are 0, and so is the power.
            var t = V.MinNative(V.Create(13.26f), V.Abs(x));
            // t² in two parts: that of the upper half of the digits, which is exact, and what is left. Its error would count times t² / 2.
            var upper = V.AsSingle(V.AsInt32(t) & V.Create(-4096));
            var square = upper * upper;
            var rest = (t - upper) * (t + upper);
            var k = V.MultiplyAddEstimate(square, V.Create(-0.7213475f), V.Create(12583039f));
            var n = k - V.Create(12583039f);
            // -2r; twice ln 2 in two parts, of which the first has 15 bits, so that its product is exact.
            var r = V.MultiplyAddEstimate(n, V.Create(1.3862915f), square);
            r = V.MultiplyAddEstimate(n, V.Create(2.8572135e-06f), r + rest);
            var p = V.MultiplyAddEstimate(
                V.MultiplyAddEstimate(r, V.Create(2.1593874e-05f), V.Create(-0.00026152137f)), r * r,
                V.MultiplyAddEstimate(r, V.Create(0.002604267f), V.Create(-0.020833151f)));
            p = V.MultiplyAddEstimate(V.MultiplyAddEstimate(p, r, V.Create(0.124999985f)), r * r, V.Create(-0.5f) * r);
            var power = V.AsSingle(V.ShiftLeft(V.AsInt32(k), 23));
            var d = V.MultiplyAddEstimate(
                V.MultiplyAddEstimate(V.MultiplyAddEstimate(t, V.Create(0.009465927f), V.Create(0.08949825f)), t, V.Create(0.39074638f)),
                t, V.Create(0.9091141f));
            var m = V.MultiplyAddEstimate(
                V.MultiplyAddEstimate(V.MultiplyAddEstimate(t, V.Create(2.835547e-06f), V.Create(0.02360405f)), t, V.Create(0.22664101f)),
                t, V.Create(0.90737045f));
            var td = V.MultiplyAddEstimate(t * t, d, t);
            var sum = V.MultiplyAddEstimate(td, V.Create(2.5066283f), t * m) + V.Create(2f);
        """;

    public const string Mish = """
        /// <summary>
        /// x tanh(ln(1 + e^x)) = x n / (n + 2), where n = e^x (e^x + 2). Error: {error}; on the far left 0, once e^x is; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> Mish(V<float> x)
        {
            x = V.MaxNative(V.Create(-88f), x);
            var argument = x;
            // Above, the quotient is 1; and n stays far from infinity.
            x = V.MinNative(V.Create(20f), x);
        {reduction}
            var e = V.MultiplyAddEstimate(p, power, power);
            var m = V.MultiplyAddEstimate(e, e, e + e);
            return argument * (m / (m + V.Create(2f)));
        }
        """;

    public const string MishDerivative = """
        /// <summary>
        /// n / (n + 2) + 4 x e^x (e^x + 1) / (n + 2)², where n = e^x (e^x + 2): the derivative of mish. Error: {error} of the larger term; on
        /// the far left 0, once e^x is; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static V<float> MishDerivative(V<float> x)
        {
            // Above, it is 1; and nothing overflows.
            x = V.MinNative(V.Create(20f), x);
        {reduction}
            var e = V.MultiplyAddEstimate(p, power, power);
            var m = V.MultiplyAddEstimate(e, e, e + e);
            var share = V.Create(1f) / (m + V.Create(2f));
            return share * V.MultiplyAddEstimate(V.Create(4f) * x * V.MultiplyAddEstimate(e, e, e), share, m);
        }
        """;
}
