using System.Collections.Concurrent;
using System.Collections.Generic;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Dialects;

/// <summary>A function that the generated file gets only if something in it calls it.</summary>
internal enum Helper
{
    Sigmoid,
    SigmoidDouble,
    ExpM1,
    ExpM1Double,
    LogP1,
    LogP1Double,
    Softplus,
    SoftplusDouble,
    NormalTail,
    Gelu,
    GeluDerivative,
    Mish,
    MishDerivative,
    Mix,
    SampleSeed,
    Uniform,
    UniformWeight,
    NormalWeight,
    TruncatedNormalWeight,
    Orthogonal,
    NormalQuantile,
    PureLog,
    AddLaneProducts,
    AddLaneRows,
    Multiply,
    MultiplyPacked,
    MultiplyPackedRow,
    AddProduct,
    AddRows,
    AlignedFloats,
    ProductPlaces,
    Product,
    Window,
    Correlate,
    CorrelateWeightGradient,
    CorrelateInputGradient,
    MultiplyEach,
    Depthwise,
    FillRows,
    Transpose,
    WidenFloat16,
    WidenBFloat16,
}

/// <summary>The texts of the helpers. They use nothing beyond netstandard2.0 and C# 7.3.</summary>
internal static class Helpers
{
    /// <summary>What a helper calls itself.</summary>
    public static IEnumerable<Helper> Needs(Helper helper) => helper switch
    {
        Helper.ExpM1 => [Helper.ExpM1Double],
        Helper.LogP1 => [Helper.LogP1Double],
        Helper.Softplus => [Helper.SoftplusDouble],
        Helper.SoftplusDouble => [Helper.LogP1Double],
        Helper.Gelu or Helper.GeluDerivative => [Helper.NormalTail],
        Helper.SampleSeed or Helper.Uniform or Helper.UniformWeight => [Helper.Mix],
        Helper.NormalWeight => [Helper.UniformWeight, Helper.NormalQuantile],
        Helper.TruncatedNormalWeight => [Helper.UniformWeight, Helper.NormalQuantile],
        Helper.NormalQuantile => [Helper.PureLog],
        Helper.Orthogonal => [Helper.NormalWeight],
        Helper.Correlate or Helper.CorrelateWeightGradient => [Helper.Window, Helper.Product],
        Helper.CorrelateInputGradient => [Helper.Window, Helper.Product, Helper.Transpose],
        Helper.MultiplyPacked => [Helper.Multiply],
        Helper.MultiplyPackedRow => [Helper.MultiplyPacked],
        Helper.Depthwise => [Helper.Window, Helper.MultiplyEach],
        Helper.MultiplyEach => [Helper.ProductPlaces],
        Helper.Product => [Helper.ProductPlaces],
        _ => [],
    };

    /// <summary>The members of the lanes' types that a helper calls.</summary>
    public static IEnumerable<string> LanesMembers(Helper helper) =>
        helper < Helper.AddLaneProducts ? [] : s_lanesMembers.GetOrAdd(helper, static h => [.. LanesTypes.CalledIn(VectorHelpers.Text(h))]);

    private static readonly ConcurrentDictionary<Helper, string[]> s_lanesMembers = new();

    public static string Text(Helper helper, Target target)
    {
        string exp = target.HasMathF ? "global::System.MathF.Exp(" : $"(float)global::System.Math.Exp({(target.IsSmall ? "(double)" : "")}";
        return helper switch
        {
            Helper.Sigmoid => $$"""
                /// <summary>1 / (1 + e^-x), by the side on which nothing overflows or cancels.</summary>
                internal static float Sigmoid(float x)
                {
                    float e = {{exp}}-global::System.Math.Abs(x));
                    return (x >= 0f ? 1f : e) / (1f + e);
                }
                """,
            Helper.SigmoidDouble => """
                /// <summary>1 / (1 + e^-x), by the side on which nothing overflows or cancels.</summary>
                internal static double Sigmoid(double x)
                {
                    double e = global::System.Math.Exp(-global::System.Math.Abs(x));
                    return (x >= 0.0 ? 1.0 : e) / (1.0 + e);
                }
                """,
            Helper.ExpM1 => """
                /// <summary>e^x - 1, exact near 0.</summary>
                internal static float ExpM1(float x)
                {
                    return (float)ExpM1((double)x);
                }
                """,
            Helper.ExpM1Double => """
                /// <summary>e^x - 1, exact near 0: what rounding took from e^x, its logarithm gives back.</summary>
                internal static double ExpM1(double x)
                {
                    double u = global::System.Math.Exp(x);
                    return u == 1.0 ? x : u - 1.0 == -1.0 || double.IsInfinity(u) ? u - 1.0 : (u - 1.0) * x / global::System.Math.Log(u);
                }
                """,
            Helper.LogP1 => """
                /// <summary>log(1 + x), exact near 0.</summary>
                internal static float LogP1(float x)
                {
                    return (float)LogP1((double)x);
                }
                """,
            Helper.LogP1Double => """
                /// <summary>log(1 + x), exact near 0: what rounding took from 1 + x, the quotient gives back.</summary>
                internal static double LogP1(double x)
                {
                    double u = 1.0 + x;
                    return u == 1.0 || double.IsInfinity(u) ? x : global::System.Math.Log(u) * x / (u - 1.0);
                }
                """,
            >= Helper.Softplus and <= Helper.MishDerivative => ActivationHelpers.Text(helper),
            Helper.Mix => """
                /// <summary>Spreads 64 bits over 64 bits (the output function of the SplitMix64 generator).</summary>
                internal static ulong Mix(ulong z)
                {
                    unchecked
                    {
                        z += 0x9E3779B97F4A7C15UL;
                        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                        return z ^ (z >> 31);
                    }
                }
                """,
            Helper.SampleSeed => """
                /// <summary>The seed of one sample: the same whichever thread, tile or lane computes it.</summary>
                internal static ulong SampleSeed(ulong seed, int sample)
                {
                    return Mix(seed ^ Mix((ulong)sample));
                }
                """,
            Helper.Uniform => """
                /// <summary>A uniform number in [0, 1), a multiple of 2^-24, for one element of one stream.</summary>
                internal static float Uniform(ulong seed, ulong stream, int element)
                {
                    return (Mix(seed ^ Mix((stream << 32) | (uint)element)) >> 40) * (1f / 16777216f);
                }
                """,
            Helper.UniformWeight => """
                /// <summary>A uniform number in (0, 1) for one element of one parameter, by exact operations alone.</summary>
                internal static double UniformWeight(ulong seed, ulong parameter, int element)
                {
                    return ((Mix(seed ^ Mix((parameter << 32) | (uint)element)) >> 12) + 0.5) * (1.0 / 4503599627370496.0);
                }
                """,
            Helper.NormalWeight => """
                /// <summary>A standard normal number for one element of one parameter.</summary>
                internal static double NormalWeight(ulong seed, ulong parameter, int element)
                {
                    return NormalQuantile(UniformWeight(seed, parameter, element));
                }
                """,
            Helper.TruncatedNormalWeight => """
                /// <summary>A standard normal number within two standard deviations, for one element of one parameter.</summary>
                internal static double TruncatedNormalWeight(ulong seed, ulong parameter, int element)
                {
                    // The share of the distribution below -2, and that between -2 and 2.
                    return NormalQuantile(0.022750131948179212 + 0.9544997361036416 * UniformWeight(seed, parameter, element));
                }
                """,
            Helper.Orthogonal => """
                /// <summary>
                /// A random matrix whose rows (or columns, if they are fewer) are orthonormal, times a gain: normal numbers of elements from the first on,
                /// then Gram-Schmidt, twice for each vector, which is enough for full accuracy.
                /// </summary>
                internal static double[] Orthogonal(ulong seed, ulong parameter, int first, int rows, int columns, double gain)
                {
                    bool wide = rows <= columns;
                    int count = wide ? rows : columns;
                    int length = wide ? columns : rows;
                    var vectors = new double[count * length];
                    for (int k = 0; k < vectors.Length; k++)
                        vectors[k] = NormalWeight(seed, parameter, first + k);

                    for (int v = 0; v < count; v++)
                    {
                        for (int pass = 0; pass < 2; pass++)
                        {
                            for (int u = 0; u < v; u++)
                            {
                                double dot = 0.0;
                                for (int k = 0; k < length; k++)
                                    dot += vectors[v * length + k] * vectors[u * length + k];
                                for (int k = 0; k < length; k++)
                                    vectors[v * length + k] -= dot * vectors[u * length + k];
                            }
                        }

                        double squares = 0.0;
                        for (int k = 0; k < length; k++)
                            squares += vectors[v * length + k] * vectors[v * length + k];
                        double norm = global::System.Math.Sqrt(squares);
                        for (int k = 0; k < length; k++)
                            vectors[v * length + k] /= norm;
                    }

                    var matrix = new double[vectors.Length];
                    for (int r = 0; r < rows; r++)
                    {
                        for (int c = 0; c < columns; c++)
                            matrix[r * columns + c] = gain * vectors[wide ? r * length + c : c * length + r];
                    }

                    return matrix;
                }
                """,
            Helper.NormalQuantile => NormalQuantile,
            >= Helper.AddLaneProducts => target.UsesPortableVectors ? PortableText.Of(helper, target) : VectorHelpers.Text(helper),
            _ => """
                /// <summary>The natural logarithm of a positive normal number, by operations that round alike everywhere.</summary>
                internal static double PureLog(double x)
                {
                    long bits = global::System.BitConverter.DoubleToInt64Bits(x);
                    int exponent = (int)((bits >> 52) & 0x7FF) - 1023;
                    double m = global::System.BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
                    if (m > 1.4142135623730951)
                    {
                        m *= 0.5;
                        exponent++;
                    }

                    // log m = 2 artanh((m - 1) / (m + 1)), a series in a square below 0.03.
                    double s = (m - 1.0) / (m + 1.0);
                    double square = s * s;
                    double sum = 0.0;
                    for (int k = 23; k >= 1; k -= 2)
                        sum = sum * square + 1.0 / k;
                    return exponent * 0.69314718055994531 + 2.0 * s * sum;
                }
                """,
        };
    }

    private const string NormalQuantile = """
        /// <summary>
        /// The number that a standard normal variable stays below with probability p, to 16 digits:
        /// M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988).
        /// </summary>
        internal static double NormalQuantile(double p)
        {
            double q = p - 0.5;
            if (global::System.Math.Abs(q) <= 0.425)
            {
                double r = 0.180625 - q * q;
                return q * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                    + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r
                    + 3.387132872796366608)
                    / (((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                    + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0);
            }

            double t = global::System.Math.Sqrt(-PureLog(q < 0.0 ? p : 1.0 - p));
            double x;
            if (t <= 5.0)
            {
                t -= 1.6;
                x = (((((((0.000774545014278341407640 * t + 0.0227238449892691845833) * t + 0.241780725177450611770) * t
                    + 1.27045825245236838258) * t + 3.64784832476320460504) * t + 5.76949722146069140550) * t + 4.63033784615654529590) * t
                    + 1.42343711074968357734)
                    / (((((((0.00000000105075007164441684324 * t + 0.000547593808499534494600) * t + 0.0151986665636164571966) * t
                    + 0.148103976427480074590) * t + 0.689767334985100004550) * t + 1.67638483018380384940) * t + 2.05319162663775882187) * t + 1.0);
            }
            else
            {
                t -= 5.0;
                x = (((((((0.000000201033439929228813265 * t + 0.0000271155556874348757815) * t + 0.00124266094738807843860) * t
                    + 0.0265321895265761230930) * t + 0.296560571828504891230) * t + 1.78482653991729133580) * t + 5.46378491116411436990) * t
                    + 6.65790464350110377720)
                    / (((((((0.00000000000000204426310338993978564 * t + 0.000000142151175831644588870) * t + 0.0000184631831751005468180) * t
                    + 0.000786869131145613259100) * t + 0.0148753612908506148525) * t + 0.136929880922735805310) * t + 0.599832206555887937690) * t + 1.0);
            }

            return q < 0.0 ? -x : x;
        }
        """;
}
