using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training;

/// <summary>Cuts windows from series.</summary>
internal sealed class SeriesWindows
{
    private readonly IReadOnlyList<Series> series;
    private readonly WindowOptions options;
    private readonly int[] targets;
    private readonly int columns;

    /// <exception cref="ArgumentException">A series is too short, has other columns, or an option is out of range.</exception>
    public SeriesWindows(IReadOnlyList<Series> series, WindowOptions options, int leastHorizon)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        if (series.Count == 0)
            throw new ArgumentException("There are no series; give at least one.", nameof(series));
        if (options.Window < 1 || options.Stride < 1 || options.Horizon < leastHorizon)
            throw new ArgumentException($"Window is {options.Window}, Stride {options.Stride} and Horizon {options.Horizon}; they are at least 1, 1 and {leastHorizon}.", nameof(options));
        if (options.Targets is { Count: 0 })
            throw new ArgumentException("Targets has no column; name at least one, or leave it out for all.", nameof(options));

        (this.series, this.options, columns) = (series, options, series[0].Columns);
        for (int i = 0; i < series.Count; i++)
        {
            if (!series[i].Names.SequenceEqual(series[0].Names))
                throw new ArgumentException($"Series {i} has the columns {Excerpt.Names(series[i].Names)}, but series 0 has {Excerpt.Names(series[0].Names)}; give all the same columns in one order.", nameof(series));
            if (CountOf(series[i]) < 1)
                throw new ArgumentException($"Series {i} has {series[i].Steps} time steps, but a sample takes {(long)options.Window + options.Horizon}: a Window of {options.Window} and a Horizon of {options.Horizon}; take a shorter window, or leave the series out.", nameof(series));
        }

        targets = options.Targets is null ? [.. Enumerable.Range(0, columns)] : [.. options.Targets.Select(IndexOf)];
        Count = checked(series.Sum(CountOf));
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>Numbers of a window.</summary>
    public int FeatureCount => options.Window * columns;

    /// <summary>Numbers behind a window that are to be predicted.</summary>
    public int TargetSize => options.Horizon * targets.Length;

    /// <summary>The shape of a window.</summary>
    public int[] SampleShape => options.ChannelsFirst ? [columns, options.Window] : [options.Window, columns];

    /// <summary>The windows, [Count, FeatureCount].</summary>
    public float[] Features()
    {
        var features = new float[checked(Count * FeatureCount)];
        int at = 0;
        foreach (Series one in series)
            for (int sample = 0; sample < CountOf(one); sample++, at += FeatureCount)
            {
                ReadOnlySpan<float> window = one.Values.Slice(sample * options.Stride * columns, FeatureCount);
                for (int i = 0; i < window.Length; i++)
                    features[at + (options.ChannelsFirst ? i % columns * options.Window + i / columns : i)] = window[i];
            }

        return features;
    }

    /// <summary>What is to be predicted, [Count, TargetSize].</summary>
    public float[] Targets()
    {
        var values = new float[checked(Count * TargetSize)];
        int at = 0;
        foreach (Series one in series)
            for (int sample = 0; sample < CountOf(one); sample++)
                for (int step = 0; step < options.Horizon; step++)
                    foreach (int column in targets)
                        values[at++] = one.Values[(sample * options.Stride + options.Window + step) * columns + column];

        return values;
    }

    /// <summary>Names as <c>temperature[0]</c> for a window's first step.</summary>
    public string[] FeatureNames() =>
        [.. Enumerable.Range(0, FeatureCount).Select(i => options.ChannelsFirst
            ? FormattableString.Invariant($"{series[0].Names[i / options.Window]}[{i % options.Window}]")
            : FormattableString.Invariant($"{series[0].Names[i % columns]}[{i / columns}]"))];

    /// <summary>Names as <c>temperature[+1]</c> for the first step behind a window.</summary>
    public string[] TargetNames() =>
        [.. Enumerable.Range(0, TargetSize).Select(i => FormattableString.Invariant($"{series[0].Names[targets[i % targets.Length]]}[+{i / targets.Length + 1}]"))];

    private int CountOf(Series one)
    {
        long last = one.Steps - ((long)options.Window + options.Horizon);
        return last < 0 ? 0 : (int)(last / options.Stride) + 1;
    }

    private int IndexOf(string target)
    {
        int index = series[0].Names.ToList().IndexOf(target);
        if (index >= 0)
            return index;

        string remedy = Nearest.Find(target, series[0].Names) is { } near ? $"did you mean '{near}'?" : $"the series has {Excerpt.Names(series[0].Names)}.";
        throw new ArgumentException($"There is no column {Excerpt.Quote(target)}; {remedy}", nameof(options));
    }
}
