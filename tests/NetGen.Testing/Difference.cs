using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Testing;

/// <summary>How far two results are apart, relative to the largest element that was expected.</summary>
internal static class Difference
{
    /// <summary>
    /// max |actual - expected| / max |expected|, or / <paramref name="floor"/> where that is larger; the plain difference
    /// where both are 0. NaN counts as infinite.
    /// </summary>
    public static double Relative(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double floor = 0)
    {
        if (expected.Count != actual.Count)
            throw new ArgumentException($"{actual.Count} values instead of {expected.Count}", nameof(actual));
        double largest = floor, difference = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i].Equals(actual[i]))
            {
                largest = Math.Max(largest, Math.Abs(expected[i]));
                continue;
            }

            double d = Math.Abs(expected[i] - actual[i]);
            if (!double.IsFinite(d))
                return double.PositiveInfinity;
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, d);
        }

        return largest == 0 ? difference : difference / largest;
    }

    public static double Relative(double expected, double actual) => Relative([expected], [actual]);

    /// <summary>The largest of the parameters' differences, and whose it is.</summary>
    public static (double Value, string Name) Relative(
        IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual)
    {
        if (!expected.Keys.Order().SequenceEqual(actual.Keys.Order()))
            throw new ArgumentException($"parameters {string.Join(", ", actual.Keys)} instead of {string.Join(", ", expected.Keys)}", nameof(actual));
        (double Value, string Name) worst = (0, "");
        foreach ((string name, double[] values) in expected)
        {
            double difference = Relative(values, actual[name]);
            if (difference >= worst.Value)
                worst = (difference, name);
        }

        return worst;
    }

    /// <summary>
    /// What is right is no normal number, and neither is what came: the functions over whole vectors give 0 there, which spares
    /// training the time that processors take over denormals.
    /// </summary>
    public static bool IsFlushed(float right, float actual) => System.Math.Abs(right) < 1.17549435e-38f && System.Math.Abs(actual) <= 1.17549435e-38f;

    /// <summary>
    /// How many floats lie between two: 0 for the same, 1 for neighbours; +0 and -0 are one number.
    /// NaN is infinitely far from everything.
    /// </summary>
    public static long Ulps(float a, float b)
    {
        return float.IsNaN(a) || float.IsNaN(b) ? long.MaxValue : Math.Abs(Ordinal(a) - Ordinal(b));

        static long Ordinal(float value)
        {
            int bits = BitConverter.SingleToInt32Bits(value);
            return bits < 0 ? int.MinValue - (long)bits : bits;
        }
    }
}
