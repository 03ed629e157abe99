using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>A place on an axis that has a label.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>What an axis spans, and its ticks at round values.</summary>
/// <param name="IsLog">Equal ratios are equally far apart.</param>
internal sealed record Axis(double Low, double High, bool IsLog, IReadOnlyList<Tick> Ticks)
{
    /// <summary>From this ratio of the largest to the smallest value, small ones cannot be told apart on a linear scale.</summary>
    private const double LogRatio = 30;

    /// <summary>Around all finite values; logarithmic where that is allowed, all are positive and their range asks for it.</summary>
    public static Axis Around(IEnumerable<double> values, bool mayBeLog = false)
    {
        (double low, double high) = Range(values);
        if (mayBeLog && low > 0 && high / low >= LogRatio)
            return Log(low, high);

        double margin = high > low ? 0.04 * (high - low) : Math.Abs(high) is > 0 and var size ? 0.1 * size : 1;
        // A curve of positive numbers has no ground below zero.
        double bottom = low >= 0 ? Math.Max(low - margin, 0) : low - margin;
        return Linear(bottom, high + margin);
    }

    /// <summary>From the first to the last of whole numbers, without a margin: epochs, steps.</summary>
    public static Axis Counted(double first, double last) =>
        last > first ? new Axis(first, last, false, TicksOf(first, last, atLeast: 1)) : new Axis(first - 1, first + 1, false, [new Tick(first, Label(first))]);

    /// <summary>Exactly from one to the other.</summary>
    public static Axis Linear(double low, double high) => new(low, high, false, TicksOf(low, high, atLeast: 0));

    /// <summary>Where a value is, from 0 (low) to 1 (high).</summary>
    public double Place(double value) =>
        IsLog ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    /// <summary>Short: 0.05, 1,500, 20k, 3M, 1e-5.</summary>
    public static string Label(double value)
    {
        double size = Math.Abs(value);
        string text = size switch
        {
            0 => "0",
            < 1e-3 or >= 1e12 => size.ToString("0.##e0", CultureInfo.InvariantCulture),
            >= 1e9 => (size / 1e9).ToString("0.###", CultureInfo.InvariantCulture) + "G",
            >= 1e6 => (size / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + "M",
            >= 1e4 => (size / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + "k",
            _ => size.ToString("#,0.#####", CultureInfo.InvariantCulture),
        };
        return value < 0 ? "−" + text : text;
    }

    private static Axis Log(double low, double high)
    {
        // Whole decades where there are several; else 1, 2 and 5 of each.
        double bottom = Math.Log10(low), top = Math.Log10(high), margin = 0.04 * (top - bottom);
        (low, high) = (Math.Pow(10, bottom - margin), Math.Pow(10, top + margin));
        int first = (int)Math.Floor(bottom - margin), last = (int)Math.Ceiling(top + margin);
        int step = Math.Max(1, (last - first + 4) / 6);
        double[] factors = last - first <= 3 ? [1, 2, 5] : [1];
        var ticks = new List<Tick>();
        for (int decade = first; decade <= last; decade += step)
            ticks.AddRange(factors.Select(f => f * Math.Pow(10, decade)).Where(v => v >= low && v <= high).Select(static v => new Tick(v, Label(v))));
        return new Axis(low, high, true, ticks);
    }

    /// <summary>About five, at multiples of 1, 2 or 5 times a power of ten.</summary>
    private static IReadOnlyList<Tick> TicksOf(double low, double high, double atLeast)
    {
        double rough = (high - low) / 5, decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = Math.Max(atLeast, decade * (rough / decade) switch { <= 1.4 => 1, <= 3.2 => 2, <= 7 => 5, _ => 10 });
        var ticks = new List<Tick>();
        double first = Math.Ceiling((low / step) - 1e-9);
        for (int k = 0; (first + k) * step <= high + (1e-9 * step); k++)
        {
            // A multiple of 0.1 is no sum of tenths: the digits behind the step are noise.
            double value = Math.Round((first + k) * step, Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 15));
            ticks.Add(new Tick(value, Label(value)));
        }

        return ticks;
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return low <= high ? (low, high) : (0, 1);
    }
}
