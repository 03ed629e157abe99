using System.Collections.Generic;

namespace NetGen.Cli.Report;

/// <summary>
/// Fewer points of a long curve, that look the same: of each part of it the first, the lowest, the highest and the last
/// (M4 of Jugel and others, "M4: A Visualization-Oriented Time Series Data Aggregation", 2014).
/// </summary>
internal static class Decimation
{
    /// <summary>The most points of a curve.</summary>
    public const int MostPoints = 2_000;

    private const int Parts = MostPoints / 4;

    /// <summary>The points themselves where they are few.</summary>
    public static IReadOnlyList<Mark> Of(IReadOnlyList<Mark> points)
    {
        if (points.Count <= MostPoints)
            return points;

        var kept = new List<Mark>(MostPoints);
        for (int part = 0; part < Parts; part++)
        {
            int first = (int)((long)points.Count * part / Parts), last = (int)((long)points.Count * (part + 1) / Parts) - 1;
            int lowest = first, highest = first;
            for (int k = first; k <= last; k++)
            {
                // A NaN loses every comparison: it is kept only at an edge.
                if (points[k].Y < points[lowest].Y || double.IsNaN(points[lowest].Y))
                    lowest = k;
                if (points[k].Y > points[highest].Y || double.IsNaN(points[highest].Y))
                    highest = k;
            }

            int previous = -1;
            foreach (int k in (int[])[first, int.Min(lowest, highest), int.Max(lowest, highest), last])
            {
                if (k != previous)
                    kept.Add(points[k]);
                previous = k;
            }
        }

        return kept;
    }
}
