using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Reference;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// The vector functions at every width against float64: over a stride through all floats, and all 2^32 of them where
/// <c>NETGEN_THOROUGH_TESTS</c> is 1.
/// </summary>
public sealed class VectorMathTests
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Numbers per call; a multiple of every width.</summary>
    private const int Chunk = 1 << 12;

    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    /// <summary>Around these the methods change their ways: ends of ranges, of clamps, of reductions; and where activations err most.</summary>
    private static readonly float[] s_thresholds =
    [
        0, float.Epsilon, SmallestNormal, 1e-30f, 1e-20f, 5.9604645e-8f, 1.1920929e-7f, 2.4414062e-4f, 0.17328680f, 0.34657359f, 0.5f, 0.69314718f, 0.70710678f, 1, 1.0397208f,
        1.4142135f, 1.7e38f, 2.4061596e38f, 2, 3.8325f, 4, 8.3177662f, 9.0109f, 10, 13.242f, 13.26f, 16.635532f, 16.65f, 17.328680f, 20, 86.989471f, 87.336545f, 87.683118f, 88, 88.376266f, 88.722839f, 89, 103.97208f, 104, 1e4f, 1e10f, 1e38f, float.MaxValue,
        1.5707964f, 3.1415927f, 4.712389f, 6.2831855f, 355, 9999.3f, 99998.46f, 1e5f, 100001.6f, 1e6f,
        0.065933347f, 0.81713337f, 0.94908714f, 1.4362212f, 2.7445748f, 5.9394841f, 7.5687346f, 13.802742f,
        float.PositiveInfinity, float.NaN,
    ];

    private static readonly (Function Function, float X, float Expected)[] s_specials =
    [
        (Function.Exp, 0f, 1f),
        (Function.Exp, -0f, 1f),
        (Function.Exp, float.PositiveInfinity, float.PositiveInfinity),
        (Function.Exp, float.MaxValue, float.PositiveInfinity),
        (Function.Exp, 88.72284f, float.PositiveInfinity),
        (Function.Exp, -87.6832f, 0f),
        (Function.Exp, -100f, 0f),
        (Function.Exp, float.MinValue, 0f),
        (Function.Exp, float.NegativeInfinity, 0f),
        (Function.Exp, float.NaN, float.NaN),
        (Function.ExpM1, 0f, 0f),
        (Function.ExpM1, float.Epsilon, float.Epsilon),
        (Function.ExpM1, -1e-40f, -1e-40f),
        (Function.ExpM1, float.PositiveInfinity, float.PositiveInfinity),
        (Function.ExpM1, 88.72284f, float.PositiveInfinity),
        (Function.ExpM1, -88f, -1f),
        (Function.ExpM1, float.MinValue, -1f),
        (Function.ExpM1, float.NegativeInfinity, -1f),
        (Function.ExpM1, float.NaN, float.NaN),
        (Function.Log, 1f, 0f),
        (Function.Log, 0f, float.NegativeInfinity),
        (Function.Log, -0f, float.NegativeInfinity),
        (Function.Log, -float.Epsilon, float.NaN),
        (Function.Log, -1f, float.NaN),
        (Function.Log, float.MinValue, float.NaN),
        (Function.Log, float.NegativeInfinity, float.NaN),
        (Function.Log, float.PositiveInfinity, float.PositiveInfinity),
        (Function.Log, float.NaN, float.NaN),
        (Function.LogP1, 0f, 0f),
        (Function.LogP1, float.Epsilon, float.Epsilon),
        (Function.LogP1, -1e-40f, -1e-40f),
        (Function.LogP1, -1f, float.NegativeInfinity),
        (Function.LogP1, -1.0000001f, float.NaN),
        (Function.LogP1, float.MinValue, float.NaN),
        (Function.LogP1, float.NegativeInfinity, float.NaN),
        (Function.LogP1, float.PositiveInfinity, float.PositiveInfinity),
        (Function.LogP1, float.NaN, float.NaN),
        (Function.Tanh, 0f, 0f),
        (Function.Tanh, -0f, -0f),
        (Function.Tanh, float.Epsilon, float.Epsilon),
        (Function.Tanh, -1e-40f, -1e-40f),
        (Function.Tanh, 9.1f, 1f),
        (Function.Tanh, float.PositiveInfinity, 1f),
        (Function.Tanh, float.NegativeInfinity, -1f),
        (Function.Tanh, float.NaN, float.NaN),
        (Function.Sigmoid, 0f, 0.5f),
        (Function.Sigmoid, 20f, 1f),
        (Function.Sigmoid, float.PositiveInfinity, 1f),
        (Function.Sigmoid, -89f, 0f),
        (Function.Sigmoid, float.NegativeInfinity, 0f),
        (Function.Sigmoid, float.NaN, float.NaN),
        (Function.Softplus, 0f, 0.6931472f),
        (Function.Softplus, 20f, 20f),
        (Function.Softplus, float.MaxValue, float.MaxValue),
        (Function.Softplus, float.PositiveInfinity, float.PositiveInfinity),
        (Function.Softplus, -88f, 0f),
        (Function.Softplus, float.MinValue, 0f),
        (Function.Softplus, float.NegativeInfinity, 0f),
        (Function.Softplus, float.NaN, float.NaN),
        (Function.Gelu, 0f, 0f),
        (Function.Gelu, 8f, 8f),
        (Function.Gelu, float.MaxValue, float.MaxValue),
        (Function.Gelu, float.PositiveInfinity, float.PositiveInfinity),
        (Function.Gelu, -13.26f, 0f),
        (Function.Gelu, float.MinValue, 0f),
        (Function.Gelu, float.NegativeInfinity, 0f),
        (Function.Gelu, float.NaN, float.NaN),
        (Function.GeluDerivative, 0f, 0.5f),
        (Function.GeluDerivative, 8f, 1f),
        (Function.GeluDerivative, float.MaxValue, 1f),
        (Function.GeluDerivative, float.PositiveInfinity, 1f),
        (Function.GeluDerivative, -13.26f, -0f),
        (Function.GeluDerivative, float.NegativeInfinity, -0f),
        (Function.GeluDerivative, float.NaN, float.NaN),
        (Function.Mish, 0f, 0f),
        (Function.Mish, -0f, -0f),
        (Function.Mish, 20f, 20f),
        (Function.Mish, float.MaxValue, float.MaxValue),
        (Function.Mish, float.PositiveInfinity, float.PositiveInfinity),
        (Function.Mish, -88f, -0f),
        (Function.Mish, float.MinValue, -0f),
        (Function.Mish, float.NegativeInfinity, -0f),
        (Function.Mish, float.NaN, float.NaN),
        (Function.MishDerivative, 0f, 0.6f),
        (Function.MishDerivative, 20f, 1f),
        (Function.MishDerivative, float.PositiveInfinity, 1f),
        (Function.MishDerivative, -88f, 0f),
        (Function.MishDerivative, float.NegativeInfinity, 0f),
        (Function.MishDerivative, float.NaN, float.NaN),
        (Function.Sin, 0f, 0f),
        (Function.Sin, -0f, -0f),
        (Function.Sin, float.Epsilon, float.Epsilon),
        (Function.Sin, -1e-40f, -1e-40f),
        (Function.Sin, 1.5707964f, 1f),
        (Function.Sin, -1.5707964f, -1f),
        (Function.Sin, float.PositiveInfinity, float.NaN),
        (Function.Sin, float.NegativeInfinity, float.NaN),
        (Function.Sin, float.NaN, float.NaN),
        (Function.Cos, 0f, 1f),
        (Function.Cos, -0f, 1f),
        (Function.Cos, float.Epsilon, 1f),
        (Function.Cos, 3.1415927f, -1f),
        (Function.Cos, float.PositiveInfinity, float.NaN),
        (Function.Cos, float.NegativeInfinity, float.NaN),
        (Function.Cos, float.NaN, float.NaN),
    ];

    public static TheoryData<string, int> FunctionsAndWidths
    {
        get
        {
            TheoryData<string, int> rows = [];
            foreach (Function function in CompiledVectorMath.Functions)
            {
                foreach (int lanes in CompiledVectorMath.Widths)
                    rows.Add(function.ToString(), lanes);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(FunctionsAndWidths))]
    public void Errors_reach_the_stated_ulps_but_do_not_exceed_them(string name, int lanes)
    {
        Function function = Enum.Parse<Function>(name);
        CompiledVectorMath.Apply apply = CompiledVectorMath.OfWidth(lanes)[function];
        double stated = VectorMath.MaxUlps(function, CompiledVectorMath.IsFused);

        (double worst, float at) = Worst(function, apply, Arguments().Chunk(Chunk));
        // Where a width is two of the half, by software, its bits are the half's: see below.
        if (s_isThorough && lanes < 16)
            (worst, at) = Max((worst, at), WorstOfAll(function, apply));

        Assert.True(worst <= stated, $"{function}({at:r}) is off by {worst} ulp");
        Assert.True(worst >= 0.6 * stated, $"{stated} ulp are stated, but {worst} found");
    }

    public static TheoryData<string> Names => [.. CompiledVectorMath.Functions.Select(static f => f.ToString())];

    /// <summary>They have no fused multiply-add, and no shifts.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void So_do_those_of_portable_vectors(string name)
    {
        Function function = Enum.Parse<Function>(name);
        double stated = VectorMath.MaxUlps(function, fused: false);

        (double worst, float at) = Worst(function, CompiledVectorMath.Portable[function], Arguments().Chunk(Chunk));

        Assert.True(worst <= stated, $"{function}({at:r}) is off by {worst} ulp");
        Assert.True(worst >= 0.6 * stated, $"{stated} ulp are stated, but {worst} found");
    }

    [Theory]
    [MemberData(nameof(FunctionsAndWidths))]
    public void Every_width_gives_the_same_bits(string name, int lanes)
    {
        Function function = Enum.Parse<Function>(name);
        float[] x = Padded(Arguments()), expected = new float[x.Length], actual = new float[x.Length];

        CompiledVectorMath.OfWidth(8)[function](x, expected);
        CompiledVectorMath.OfWidth(lanes)[function](x, actual);

        for (int i = 0; i < x.Length; i++)
            Assert.True(AreSame(expected[i], actual[i]), $"{function}({x[i]:r}) is {actual[i]:r} instead of {expected[i]:r}");
    }

    [Fact]
    public void Special_values_are_exact()
    {
        foreach ((Function function, float x, float expected) in s_specials)
        {
            foreach ((int lanes, CompiledVectorMath math) in CompiledVectorMath.Widths.Select(static w => (w, CompiledVectorMath.OfWidth(w))).Append((16, CompiledVectorMath.Portable)))
            {
                float[] xs = [.. Enumerable.Repeat(x, lanes)], ys = new float[lanes];
                math[function](xs, ys);
                Assert.All(ys, y => Assert.True(AreSame(expected, y), $"{function}({x:r}) is {y:r} instead of {expected:r} at {lanes} lanes"));
            }
        }
    }

    [Fact]
    public void Tanh_the_sigmoid_and_the_sine_stay_within_their_limits()
    {
        float[] x = Padded(Arguments()), tanh = new float[x.Length], sigmoid = new float[x.Length], sine = new float[x.Length];

        CompiledVectorMath.OfWidth(8)[Function.Tanh](x, tanh);
        CompiledVectorMath.OfWidth(8)[Function.Sigmoid](x, sigmoid);
        CompiledVectorMath.OfWidth(8)[Function.Sin](x, sine);

        Assert.All(sine, y => Assert.False(y is < -1 or > 1));
        Assert.All(tanh, y => Assert.False(y is < -1 or > 1));
        Assert.All(sigmoid, y => Assert.False(y is < 0 or > 1));
    }

    /// <summary>The same bits, or both NaN.</summary>
    private static bool AreSame(float a, float b) =>
        BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    private static double Exact(Function function, double x) => function switch
    {
        Function.Exp => Math.Exp(x),
        Function.ExpM1 => ExactExpM1(x),
        Function.Log => Math.Log(x),
        Function.LogP1 => ExactLogP1(x),
        Function.Tanh => Math.Tanh(x),
        Function.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Function.Softplus => Precise.Softplus(x),
        Function.Gelu => Times(x, Precise.NormalDistribution(x)),
        Function.Mish => Times(x, Math.Tanh(Precise.Softplus(x))),
        Function.GeluDerivative or Function.MishDerivative => TermsOf(function, x) is var (a, b) ? a + b : double.NaN,
        Function.Sin => Math.Sin(x),
        Function.Cos => Math.Cos(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
    };

    /// <summary>The two terms of a derivative with a root, where they cancel.</summary>
    private static (double, double) TermsOf(Function function, double x)
    {
        if (function == Function.GeluDerivative)
            return (Precise.NormalDistribution(x), Times(x, Precise.NormalDensity(x)));
        double s = Precise.Softplus(x), sech = 1 / Math.Cosh(s);
        return (Math.Tanh(s), Times(x, sech * sech * Precise.Sigmoid(x)));
    }

    /// <summary>A product that is 0 where its second factor is: at infinity that decides.</summary>
    private static double Times(double a, double b) => b == 0 ? 0 : a * b;

    /// <summary>What an error is measured in: the distance of the floats around the exact result, or around the larger of two terms that cancel.</summary>
    private static double UlpOf(Function function, double x, double exact)
    {
        double size = function is Function.GeluDerivative or Function.MishDerivative && TermsOf(function, x) is var (a, b) ? Math.Max(Math.Abs(a), Math.Abs(b)) : Math.Abs(exact);
        return Math.ScaleB(1, Math.Max(Math.ILogB(size), -126) - 23);
    }

    /// <summary>What rounding took from e^x, its logarithm gives back.</summary>
    private static double ExactExpM1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    private static double ExactLogP1(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>Below this, results may be anything from 0 to it: where the exponential in them is no normal float.</summary>
    private static float FlushedBelow(Function function) => function switch
    {
        Function.Exp or Function.Sigmoid or Function.Softplus or Function.Gelu => SmallestNormal,
        Function.GeluDerivative => 8 * SmallestNormal,
        Function.Mish or Function.MishDerivative => 88 * SmallestNormal,
        _ => 0,
    };

    /// <summary>Every 65,521st float and 64 on either side of every threshold.</summary>
    private static IEnumerable<float> Arguments()
    {
        for (long bits = 0; bits < 1L << 32; bits += 65_521)
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        foreach (float threshold in s_thresholds)
        {
            for (int step = -64; step <= 64; step++)
            {
                float x = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(threshold) + step);
                yield return x;
                yield return -x;
            }
        }
    }

    private static float[] Padded(IEnumerable<float> x)
    {
        float[] all = [.. x];
        Array.Resize(ref all, (all.Length + 15) / 16 * 16);
        return all;
    }

    private static (double Ulps, float At) Worst(Function function, CompiledVectorMath.Apply apply, IEnumerable<float[]> chunks)
    {
        (double Ulps, float At) worst = default;
        float[] y = new float[Chunk];
        foreach (float[] chunk in chunks)
        {
            float[] x = chunk.Length % 16 == 0 ? chunk : Padded(chunk);
            apply(x, y.AsSpan(0, x.Length));
            for (int i = 0; i < x.Length; i++)
            {
                double error = Error(function, x[i], y[i]);
                if (!(error <= worst.Ulps))
                    worst = (error, x[i]);
            }
        }

        return worst;
    }

    private static (double Ulps, float At) WorstOfAll(Function function, CompiledVectorMath.Apply apply)
    {
        (double Ulps, float At) worst = default;
        Lock taking = new();
        Parallel.For(0, 1 << 12, part =>
        {
            (double, float) found = Worst(function, apply, Enumerable.Range(0, (1 << 20) / Chunk).Select(c =>
            {
                float[] x = new float[Chunk];
                for (int i = 0; i < Chunk; i++)
                    x[i] = BitConverter.UInt32BitsToSingle(((uint)part << 20) + (uint)((c * Chunk) + i));
                return x;
            }));
            lock (taking)
                worst = Max(worst, found);
        });
        return worst;
    }

    private static (double Ulps, float At) Max((double Ulps, float At) a, (double Ulps, float At) b) => a.Ulps >= b.Ulps ? a : b;

    /// <summary>How far a float is from the exact result.</summary>
    private static double Error(Function function, double x, float actual)
    {
        double exact = Exact(function, x);
        if ((float)exact == actual || (double.IsNaN(exact) && float.IsNaN(actual)))
            return 0;
        if (Math.Abs(exact) < FlushedBelow(function) && Math.Abs(actual) <= FlushedBelow(function))
            return 0;
        if (!float.IsFinite((float)exact) || !float.IsFinite(actual))
            return double.PositiveInfinity;
        return Math.Abs(actual - exact) / UlpOf(function, x, exact);
    }
}
