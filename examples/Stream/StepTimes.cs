using System;
using System.Diagnostics;

namespace NetGen.Examples;

/// <summary>How long each of many steps took, in memory that is taken beforehand: a count for every ten nanoseconds up to a millisecond.</summary>
internal sealed class StepTimes
{
    private const int Width = 10;

    private readonly long[] counts = new long[100_000];
    private long count, totalTicks, worstTicks;

    /// <summary>Nanoseconds.</summary>
    public double Mean => Nanoseconds(totalTicks) / count;

    /// <summary>Nanoseconds.</summary>
    public double Worst => Nanoseconds(worstTicks);

    public void Add(long ticks)
    {
        count++;
        totalTicks += ticks;
        worstTicks = Math.Max(worstTicks, ticks);
        counts[(int)Math.Min(Nanoseconds(ticks) / Width, counts.Length - 1)]++;
    }

    /// <summary>The nanoseconds within which such a share of all steps ended, rounded up to the next ten.</summary>
    public double Quantile(double share)
    {
        long seen = 0;
        int bin = 0;
        while ((seen += counts[bin]) < share * count)
            bin++;
        return Math.Min((bin + 1) * Width, Worst);
    }

    /// <summary>Steps that took longer.</summary>
    public long Above(double nanoseconds)
    {
        long above = 0;
        for (int bin = (int)(nanoseconds / Width) + 1; bin < counts.Length; bin++)
            above += counts[bin];
        return above;
    }

    private static double Nanoseconds(long ticks) => ticks * (1e9 / Stopwatch.Frequency);
}
