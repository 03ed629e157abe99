namespace NetGen.Compiler.Dialects;

/// <summary>The texts of the sine and the cosine over vectors, in the manner of <see cref="VectorMath"/>.</summary>
internal static class VectorTrigonometry
{
    public const string Sin = """
        /// <summary>
        /// sin x = ±sin r, where r = x - n π and n = round(x / π), by a polynomial of degree 9. Error: {error}, also next to the roots, since r is
        /// computed in double. Beyond ±100,000 it is computed lane by lane; sin ±0 = ±0; NaN of infinities; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Sin<TLanes, TVector>(TVector x) {constraints}
        {
            TVector k = TLanes.MultiplyAdd(x, TLanes.Create(0.31830987f), TLanes.Create(12582912f));
            TVector n = TLanes.Subtract(k, TLanes.Create(12582912f));
        {sine}
            return TLanes.IsAny(TLanes.Greater(TLanes.Abs(x), TLanes.Create(100000f))) ? SinBeyond<TLanes, TVector>(x, y) : y;
        }

        /// <summary>The sine where an argument is beyond ±100,000; y where none is.</summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        internal static TVector SinBeyond<TLanes, TVector>(TVector x, TVector y) {constraints}
        {
            return TLanes.Select(TLanes.Greater(TLanes.Abs(x), TLanes.Create(100000f)), TLanes.SinOfEach(x), y);
        }
        """;

    public const string Cos = """
        /// <summary>
        /// cos x = ±sin r, where r = x - n π and n + 1/2 = round(x / π + 1/2), by a polynomial of degree 9. Error: {error}, also next to the roots,
        /// since r is computed in double. Beyond ±100,000 it is computed lane by lane; NaN of infinities; NaN stays NaN.
        /// </summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        internal static TVector Cos<TLanes, TVector>(TVector x) {constraints}
        {
            TVector k = TLanes.Add(TLanes.MultiplyAdd(x, TLanes.Create(0.31830987f), TLanes.Create(0.5f)), TLanes.Create(12582912f));
            TVector n = TLanes.Subtract(TLanes.Subtract(k, TLanes.Create(12582912f)), TLanes.Create(0.5f));
        {sine}
            return TLanes.IsAny(TLanes.Greater(TLanes.Abs(x), TLanes.Create(100000f))) ? CosBeyond<TLanes, TVector>(x, y) : y;
        }

        /// <summary>The cosine where an argument is beyond ±100,000; y where none is.</summary>
        [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        internal static TVector CosBeyond<TLanes, TVector>(TVector x, TVector y) {constraints}
        {
            return TLanes.Select(TLanes.Greater(TLanes.Abs(x), TLanes.Create(100000f)), TLanes.CosOfEach(x), y);
        }
        """;

    /// <summary>From x, n and k, whose lowest bit says whether n is odd: y = ±sin(x - n π), within ±1.</summary>
    public const string Sine = """
            // π in two parts, of which the first has 33 bits, so that its product is exact.
            TVector lower = TLanes.WidenLower(n);
            TVector upper = TLanes.WidenUpper(n);
            lower = TLanes.AddDoubles(
                TLanes.AddDoubles(TLanes.WidenLower(x), TLanes.MultiplyDoubles(lower, TLanes.CreateDoubles(-3.1415926534682512))),
                TLanes.MultiplyDoubles(lower, TLanes.CreateDoubles(-1.2154201013012384e-10)));
            upper = TLanes.AddDoubles(
                TLanes.AddDoubles(TLanes.WidenUpper(x), TLanes.MultiplyDoubles(upper, TLanes.CreateDoubles(-3.1415926534682512))),
                TLanes.MultiplyDoubles(upper, TLanes.CreateDoubles(-1.2154201013012384e-10)));
            // An odd multiple of π turns the sign.
            TVector r = TLanes.Multiply(TLanes.Narrow(lower, upper), TLanes.Or(TLanes.One, TLanes.LowestBitAsSign(k)));
            TVector t = TLanes.Abs(r);
            TVector r2 = TLanes.Multiply(r, r);
            TVector p = TLanes.MultiplyAdd(
                TLanes.MultiplyAdd(TLanes.MultiplyAdd(r2, TLanes.Create(2.5989148e-06f), TLanes.Create(-0.0001980659f)), r2, TLanes.Create(0.008333027f)),
                r2, TLanes.Create(-0.16666658f));
            // Never beyond 1; and the sign of r, of a zero too.
            TVector y = TLanes.MinNative(TLanes.One, TLanes.MultiplyAdd(TLanes.Multiply(t, r2), p, t));
            y = TLanes.Or(y, TLanes.AndBits(r, int.MinValue));
        """;
}
