using System;

namespace NetGen.Training;

/// <summary>
/// Random numbers for augmentation: SplitMix64 from a seed, the same on every platform and in every version; of normal numbers, whose logarithms platforms
/// may round in different ways, all but the last digit. Not for use by several threads at a time.
/// </summary>
public sealed class TrainingRandom
{
    private SplitMix64 random;
    private float? spare;

    /// <summary>A generator of its own.</summary>
    /// <param name="seed">Each seed gives other numbers.</param>
    public TrainingRandom(int seed) => random = SplitMix64.For(seed, 0);

    internal TrainingRandom(SplitMix64 random) => this.random = random;

    /// <summary>Begins anew, at another seed.</summary>
    internal void Begin(ulong seed) => (random, spare) = (new SplitMix64(new SplitMix64(seed).Next()), null);

    /// <summary>A uniform number from 0, up to but without 1: a multiple of 2^-24.</summary>
    public float NextFloat() => (random.Next() >> 40) * (1f / (1 << 24));

    /// <summary>A uniform number from <paramref name="least"/>, up to but without <paramref name="bound"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not over the least.</exception>
    public int NextInt(int least, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(least, bound);
        if (bound - (long)least > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(bound), bound, $"From {least} to {bound} there are more than {int.MaxValue} numbers; take a narrower range.");

        return least + random.NextBelow(bound - least);
    }

    /// <summary>A uniform number from 0, up to but without <paramref name="bound"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not over 0.</exception>
    public int NextInt(int bound) => NextInt(0, bound);

    /// <summary>True as often as false.</summary>
    public bool NextBool() => random.Next() >> 63 != 0;

    /// <summary>A normal number of mean 0 and deviation 1, by the polar method (Marsaglia and Bray, 1964).</summary>
    public float NextGaussian()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }

        double x, y, square;
        do
        {
            x = NextDouble() * 2 - 1;
            y = NextDouble() * 2 - 1;
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);

        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = (float)(y * factor);
        return (float)(x * factor);
    }

    private double NextDouble() => (random.Next() >> 11) * (1.0 / (1L << 53));
}
