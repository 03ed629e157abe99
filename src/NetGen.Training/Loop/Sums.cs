using System;
using System.Numerics;

namespace NetGen.Training.Loop;

/// <summary>Sums of vectors, element by element: the same bits whatever the width of the vectors.</summary>
internal static class Sums
{
    /// <summary>sum += factor x, by a product and a sum that round each.</summary>
    public static void AddScaled(Span<float> sum, ReadOnlySpan<float> x, float factor)
    {
        int i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + factor * new Vector<float>(x[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++)
            sum[i] += factor * x[i];
    }

    /// <summary>result = factor x.</summary>
    public static void Scale(Span<float> result, ReadOnlySpan<float> x, float factor)
    {
        int i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
            (factor * new Vector<float>(x[i..])).CopyTo(result[i..]);
        for (; i < result.Length; i++)
            result[i] = factor * x[i];
    }

    /// <summary>mean = decay mean + (1 - decay) x.</summary>
    public static void Average(Span<float> mean, ReadOnlySpan<float> x, float decay)
    {
        int i = 0;
        for (; i <= mean.Length - Vector<float>.Count; i += Vector<float>.Count)
            (decay * new Vector<float>(mean[i..]) + (1 - decay) * new Vector<float>(x[i..])).CopyTo(mean[i..]);
        for (; i < mean.Length; i++)
            mean[i] = decay * mean[i] + (1 - decay) * x[i];
    }
}
