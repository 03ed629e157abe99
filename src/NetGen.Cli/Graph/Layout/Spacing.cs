using System;
using System.Collections.Generic;

namespace NetGen.Cli.Graph.Layout;

/// <summary>Puts things in a line as near to where they want to be as their distances allow.</summary>
internal static class Spacing
{
    /// <summary>
    /// The places x that make the sum of weight (x - wanted)² smallest, where each is at least its distance behind the one before: an isotonic
    /// regression, by pooling neighbours that violate it.
    /// </summary>
    /// <param name="distances">From each to the next; one less than there are things.</param>
    public static double[] Place(IReadOnlyList<double> wanted, IReadOnlyList<double> weights, IReadOnlyList<double> distances)
    {
        int n = wanted.Count;
        double[] offsets = new double[n];
        for (int k = 1; k < n; k++)
            offsets[k] = offsets[k - 1] + distances[k - 1];

        var pools = new List<(double Mean, double Weight, int End)>();
        for (int k = 0; k < n; k++)
        {
            (double Mean, double Weight, int End) pool = (wanted[k] - offsets[k], weights[k], k + 1);
            while (pools.Count > 0 && pools[^1].Mean > pool.Mean)
            {
                double weight = pools[^1].Weight + pool.Weight;
                pool = (((pools[^1].Mean * pools[^1].Weight) + (pool.Mean * pool.Weight)) / weight, weight, k + 1);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        double[] places = new double[n];
        int at = 0;
        foreach ((double mean, _, int end) in pools)
        {
            for (; at < end; at++)
                places[at] = mean + offsets[at];
        }

        return places;
    }

    /// <summary>The number that half of the weight is below, half above; where a range of them is, its middle.</summary>
    public static double Median(List<(double Value, double Weight)> values)
    {
        values.Sort(static (a, b) => a.Value.CompareTo(b.Value));
        double half = 0;
        foreach ((_, double weight) in values)
            half += weight / 2;
        double sum = 0;
        for (int k = 0; k < values.Count; k++)
        {
            sum += values[k].Weight;
            if (Math.Abs(sum - half) < 1e-9 * half)
                return (values[k].Value + values[k + 1].Value) / 2;
            if (sum > half)
                return values[k].Value;
        }

        return values[^1].Value;
    }
}
