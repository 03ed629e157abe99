using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// What dropout multiplies by, as the page on numbers defines it: the upper 24 bits of Mix(sampleSeed ^ Mix(stream 2^32 + element)), where sampleSeed is
/// Mix(seed ^ Mix(sample)), the dropout layers are streams from 1 on, and what is below the rate is dropped. Mix is a step of SplitMix64.
/// </summary>
internal static class ReferenceDropoutMasks
{
    /// <summary>For each dropout layer its multipliers, sample after sample: 0, or 1 / (1 - rate).</summary>
    public static IReadOnlyDictionary<string, double[]> Draw(ReferenceNetwork network, ulong seed, int samples) =>
        network.DropoutLayers.Index().ToDictionary(
            static d => d.Item.Name,
            d => Enumerable.Range(0, samples).SelectMany(sample => Enumerable.Range(0, d.Item.Size).Select(element => Multiplier(seed, sample, d.Index + 1, element, d.Item.Rate))).ToArray());

    private static double Multiplier(ulong seed, int sample, int stream, int element, double rate)
    {
        ulong sampleSeed = Mix(seed ^ Mix((ulong)sample));
        double uniform = (Mix(sampleSeed ^ Mix(((ulong)stream << 32) + (ulong)element)) >> 40) / 16777216.0;
        return uniform < rate ? 0 : 1 / (1 - rate);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
