using System.Collections.Generic;

namespace NetGen.Cli.Report;

/// <summary>A point of a chart.</summary>
internal readonly record struct Mark(double X, double Y);

/// <summary>How a series is drawn.</summary>
internal enum SeriesKind
{
    /// <summary>A line through its points; where one is not finite, the line is broken.</summary>
    Line,

    /// <summary>A pale line behind others: what they are a mean of.</summary>
    Trace,

    /// <summary>A thin line for comparison, such as the diagonal.</summary>
    Reference,

    /// <summary>A dot for each point.</summary>
    Dots,

    /// <summary>A larger dot, for a single point that stands out.</summary>
    Point,

    /// <summary>Bars from zero, side by side around their points.</summary>
    Bars,
}

/// <summary>What a chart shows one of.</summary>
/// <param name="Colour">Its place in the palette, from 1: it has the class <c>cN</c>. From the second on, lines are dashed as well.</param>
/// <param name="Points">In the order of X. Long lines are thinned out when they are drawn.</param>
/// <param name="Note">What the legend says beside the name, such as the last value.</param>
internal sealed record ChartSeries(string Name, SeriesKind Kind, int Colour, IReadOnlyList<Mark> Points, string Note = "");

/// <summary>A chart: a title, a legend, axes, and what is drawn between them.</summary>
/// <param name="Description">What it shows, in a sentence for those who cannot see it.</param>
/// <param name="XName">Below the axis.</param>
internal sealed record Chart(string Title, string Description, string XName, Axis X, Axis Y, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Above the vertical axis, with its unit; empty where the title says it.</summary>
    public string YName { get; init; } = "";

    /// <summary>An X that is marked by a vertical line, such as the epoch whose weights were kept, with its label.</summary>
    public Tick? Marked { get; init; }

    /// <summary>As wide as high: both axes mean the same.</summary>
    public bool IsSquare { get; init; }
}
