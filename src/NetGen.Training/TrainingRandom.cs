using System;

namespace NetGen.Training;

/// <summary>Random numbers from a seed, the same on every platform and in every version (SplitMix64).</summary>
public sealed class TrainingRandom
{
    private SplitMix64 source;

    /// <summary>A generator that begins at a seed; seeds that are near each other give unrelated numbers.</summary>
    public TrainingRandom(ulong seed) => Begin(seed);

    /// <summary>A uniform number from 0 to below 1, a multiple of 2^-24.</summary>
    public float NextFloat() => (source.Next() >> 40) * (1f / (1 << 24));

    /// <summary>A uniform integer from 0 to <paramref name="bound"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not over 0.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return source.NextBelow(bound);
    }

    /// <summary>True or false, equally likely.</summary>
    public bool NextBool() => (source.Next() >> 63) != 0;

    /// <summary>A number of the normal distribution with mean 0 and standard deviation 1 (G. E. P. Box and M. E. Muller, 1958).</summary>
    public float NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(((source.Next() >> 11) + 1) * (1.0 / (1L << 53)))), angle = 2 * Math.PI * ((source.Next() >> 11) * (1.0 / (1L << 53)));
        return (float)(radius * Math.Cos(angle));
    }

    /// <summary>Begins at another seed.</summary>
    internal void Begin(ulong seed) => source = new SplitMix64(new SplitMix64(seed).Next());
}
