using System;

namespace NetGen.Training;

/// <summary>
/// SplitMix64 ("Fast splittable pseudorandom number generators", OOPSLA 2014): the library's only source
/// of randomness, the same on every platform and in every version.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong state = seed;

    /// <summary>
    /// The generator for one of many purposes (an epoch, a split) that share a seed. Hashed twice, since states that
    /// are near each other give the same numbers, shifted.
    /// </summary>
    public static SplitMix64 For(int seed, int purpose)
    {
        var seeds = new SplitMix64((uint)seed);
        var purposes = new SplitMix64(seeds.Next() + (uint)purpose);
        return new SplitMix64(purposes.Next());
    }

    /// <summary>A seed for one sample of an epoch.</summary>
    public static ulong SeedOf(int seed, int epoch, long position)
    {
        // Not the numbers that the epoch's order is drawn from.
        SplitMix64 seeds = For(seed, ~epoch);
        return new SplitMix64(seeds.Next() + (ulong)position).Next();
    }

    /// <summary>64 uniform bits.</summary>
    public ulong Next()
    {
        ulong z = state += GoldenGamma;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// A uniform number from 0 to <paramref name="bound"/> - 1, without the bias of a modulo ("Fast random integer
    /// generation in an interval", TOMACS 2019: the upper half of a product, the few uneven ones drawn again).
    /// </summary>
    public int NextBelow(int bound)
    {
        ulong range = (ulong)bound;
        ulong uneven = (0 - range) % range; // 2^64 mod range
        ulong upper, lower;
        do
            upper = Math.BigMul(Next(), range, out lower);
        while (lower < uneven);

        return (int)upper;
    }

    /// <summary>The Fisher-Yates shuffle, from the last place down: every order is equally likely.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextBelow(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
