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
        internal static TVector Softplus<TLanes, TVector>(TVector x) {constraints}
        {
            TVector positive = TLanes.MaxNative(TLanes.Zero, x);
            x = TLanes.Negate(TLanes.Abs(x));
        {reduction}
            TVector u = TLanes.MultiplyAdd(p, power, power);
            TVector s = TLanes.Divide(TLanes.Add(u, u), TLanes.Add(u, TLanes.Create(2f)));
            TVector s2 = TLanes.Multiply(s, s);
            TVector q = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(TLanes.MultiplyAdd(s2, TLanes.Create(0.0005470069f), TLanes.Create(0.0021877366f)), s2, TLanes.Create(0.012506699f)),
                s2, TLanes.Create(0.08333302f));
            return TLanes.MultiplyAdd(TLanes.Multiply(s, s2), q, TLanes.Add(s, positive));
        }
        """;

    public const string Gelu = """
        /// <summary>
        /// x Φ(x) = max(x, 0) - t (1 - Φ(t)), where t = |x| and Φ is the normal distribution. With 1 - Φ(t) = e^(-t² / 2) / (√(2π) t + n(t) / d(t)),
        /// the error of n and d fades as t grows. Error: {error}, also on the far left, where below 2^-126 it is 0 or has lost
        /// digits; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Gelu<TLanes, TVector>(TVector x) {constraints}
        {
        {tail}
            TVector share = TLanes.Divide(td, sum);
            share = TLanes.MultiplyAdd(share, p, share);
            return TLanes.MultiplyAdd(TLanes.Negate(share), power, TLanes.MaxNative(TLanes.Zero, x));
        }
        """;

    public const string GeluDerivative = """
        /// <summary>
        /// Φ(x) + x φ(x), the derivative of gelu: where x is negative e^(-t² / 2) (d(t) / (√(2π) t d(t) + n(t)) - t / √(2π)), with t = |x|, and 1 minus that
        /// where it is not. Error: {error} of the larger term; on the far left below 2^-123 it is 0 or has lost digits; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector GeluDerivative<TLanes, TVector>(TVector x) {constraints}
        {
        {tail}
            TVector slope = TLanes.MultiplyAdd(t, TLanes.Create(-0.3989423f), TLanes.Divide(TLanes.MultiplyAdd(t, d, TLanes.One), sum));
            slope = TLanes.MultiplyAdd(slope, p, slope);
            return TLanes.Select(TLanes.Greater(x, TLanes.Zero), TLanes.MultiplyAdd(TLanes.Negate(slope), power, TLanes.One), TLanes.Multiply(slope, power));
        }
        """;

    /// <summary>
    /// From x: t = |x|, the sum of td = t d(t) √(2π) and n(t) in 1 - Φ(t) = e^(-t² / 2) d(t) / sum, where d(t) = 1 + t d, and power = 2^n and p = e^r - 1 for
    /// e^(-t² / 2) = 2^n e^r.
    /// </summary>
    public const string NormalTail = """
            // Beyond, the exponent's bits are 0, and so is the power.
            TVector t = TLanes.MinNative(TLanes.Create(13.26f), TLanes.Abs(x));
            // t² in two parts: that of the upper half of the digits, which is exact, and what is left. Its error would count times t² / 2.
            TVector upper = TLanes.AndBits(t, -4096);
            TVector square = TLanes.Multiply(upper, upper);
            TVector rest = TLanes.Multiply(TLanes.Subtract(t, upper), TLanes.Add(t, upper));
            TVector k = TLanes.MultiplyAdd(square, TLanes.Create(-0.7213475f), TLanes.Create(12583039f));
            TVector n = TLanes.Subtract(k, TLanes.Create(12583039f));
            // -2r; twice ln 2 in two parts, of which the first has 15 bits, so that its product is exact.
            TVector r = TLanes.MultiplyAdd(n, TLanes.Create(1.3862915f), square);
            r = TLanes.MultiplyAdd(n, TLanes.Create(2.8572135e-06f), TLanes.Add(r, rest));
            TVector p = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(r, TLanes.Create(2.1593874e-05f), TLanes.Create(-0.00026152137f)), TLanes.Multiply(r, r),
                TLanes.MultiplyAdd(r, TLanes.Create(0.002604267f), TLanes.Create(-0.020833151f)));
            p = TLanes.MultiplyAdd(TLanes.MultiplyAdd(p, r, TLanes.Create(0.124999985f)), TLanes.Multiply(r, r), TLanes.Multiply(TLanes.Create(-0.5f), r));
            TVector power = TLanes.PowerOfTwo(k);
            TVector d = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(TLanes.MultiplyAdd(t, TLanes.Create(0.009465927f), TLanes.Create(0.08949825f)), t, TLanes.Create(0.39074638f)),
                t, TLanes.Create(0.9091141f));
            TVector m = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(TLanes.MultiplyAdd(t, TLanes.Create(2.835547e-06f), TLanes.Create(0.02360405f)), t, TLanes.Create(0.22664101f)),
                t, TLanes.Create(0.90737045f));
            TVector td = TLanes.MultiplyAdd(TLanes.Multiply(t, t), d, t);
            TVector sum = TLanes.Add(TLanes.MultiplyAdd(td, TLanes.Create(2.5066283f), TLanes.Multiply(t, m)), TLanes.Create(2f));
        """;

    public const string Mish = """
        /// <summary>
        /// x tanh(ln(1 + e^x)) = x n / (n + 2), where n = e^x (e^x + 2). Error: {error}; on the far left 0, once e^x is; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Mish<TLanes, TVector>(TVector x) {constraints}
        {
            x = TLanes.MaxNative(TLanes.Create(-88f), x);
            TVector argument = x;
            // Above, the quotient is 1; and n stays far from infinity.
            x = TLanes.MinNative(TLanes.Create(20f), x);
        {reduction}
            TVector e = TLanes.MultiplyAdd(p, power, power);
            TVector m = TLanes.MultiplyAdd(e, e, TLanes.Add(e, e));
            return TLanes.Multiply(argument, TLanes.Divide(m, TLanes.Add(m, TLanes.Create(2f))));
        }
        """;

    public const string MishDerivative = """
        /// <summary>
        /// n / (n + 2) + 4 x e^x (e^x + 1) / (n + 2)², where n = e^x (e^x + 2): the derivative of mish. Error: {error} of the larger term; on
        /// the far left 0, once e^x is; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector MishDerivative<TLanes, TVector>(TVector x) {constraints}
        {
            // Above, it is 1; and nothing overflows.
            x = TLanes.MinNative(TLanes.Create(20f), x);
        {reduction}
            TVector e = TLanes.MultiplyAdd(p, power, power);
            TVector m = TLanes.MultiplyAdd(e, e, TLanes.Add(e, e));
            TVector share = TLanes.Divide(TLanes.One, TLanes.Add(m, TLanes.Create(2f)));
            return TLanes.Multiply(share, TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Multiply(TLanes.Create(4f), x), TLanes.MultiplyAdd(e, e, e)), share, m));
        }
        """;
}
