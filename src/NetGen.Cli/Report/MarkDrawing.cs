using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using ScottPlot;

namespace NetGen.Cli.Report;

/// <summary>
/// Draws the series of a chart by ScottPlot, and gives them classes in place of colours: the style sheet has those, of
/// light and of dark. ScottPlot draws no texts and no axes here: texts would depend on the machine's fonts, and would be
/// scaled with the drawing.
/// </summary>
internal static class MarkDrawing
{
    /// <summary>The size of the drawing. It is stretched to its place, and strokes and dots are not.</summary>
    public const int Width = 1000, Height = 250;

    private const string Dot = "ellipse";

    /// <summary>SVG elements in the coordinates of <see cref="Width"/> and <see cref="Height"/>, one for each series and its kind.</summary>
    public static string Draw(Chart chart)
    {
        using var plot = new Plot();
        plot.Layout.Frameless();
        plot.HideGrid();
        for (int k = 0; k < chart.Series.Count; k++)
            Add(plot, chart, chart.Series[k], ColourOf(k));
        plot.Axes.SetLimits(0, 1, 0, 1);

        XElement drawing = XDocument.Parse(plot.GetSvgXml(Width, Height)).Root!;
        var svg = new StringBuilder();
        for (int k = 0; k < chart.Series.Count; k++)
        {
            ChartSeries series = chart.Series[k];
            XElement[] drawn = [.. drawing.Descendants().Where(e => IsOf(e, ColourOf(k).ToHex()))];
            Append(svg, series, drawn.Where(e => e.Name.LocalName != Dot || series.Kind != SeriesKind.Line));
            // Of a line, what has no neighbours.
            if (series.Kind == SeriesKind.Line)
                Append(svg, series with { Kind = SeriesKind.Point }, drawn.Where(static e => e.Name.LocalName == Dot));
        }

        return svg.ToString();
    }

    /// <summary>The classes of a series, in the drawing and in the legend.</summary>
    public static string ClassOf(ChartSeries series) => $"{series.Kind.ToString().ToLowerInvariant()} c{series.Colour}";

    private static void Add(Plot plot, Chart chart, ChartSeries series, Color colour)
    {
        Coordinates Placed(Mark point) => new(chart.X.Place(point.X), chart.Y.Place(point.Y));
        if (series.Kind == SeriesKind.Bars)
        {
            double width = series.Points.Count > 1 ? chart.X.Place(series.Points[1].X) - chart.X.Place(series.Points[0].X) : 0.1, ground = chart.Y.Place(0);
            Bar[] bars = [.. series.Points.Select(Placed).Select(p => new Bar
            {
                Position = p.X, Value = p.Y, ValueBase = ground, Size = 0.9 * width, FillColor = colour, LineWidth = 0,
            })];
            plot.Add.Bars(bars);
            return;
        }

        foreach (Coordinates[] run in Runs(series).Select(r => r.Select(Placed).ToArray()))
        {
            // A line of one point would not be seen.
            bool isDots = series.Kind is SeriesKind.Dots or SeriesKind.Point || run.Length == 1;
            ScottPlot.Plottables.Scatter scatter = plot.Add.Scatter(run, colour);
            scatter.LineWidth = isDots ? 0 : 1;
            scatter.MarkerSize = isDots ? 2 : 0;
        }
    }

    /// <summary>The series between its points that are not finite.</summary>
    private static IEnumerable<List<Mark>> Runs(ChartSeries series)
    {
        var run = new List<Mark>();
        foreach (Mark point in Decimation.Of(series.Points))
        {
            if (double.IsFinite(point.X) && double.IsFinite(point.Y))
            {
                run.Add(point);
                continue;
            }

            if (run.Count > 0)
                yield return run;
            run = [];
        }

        if (run.Count > 0)
            yield return run;
    }

    /// <summary>Each series is drawn in a colour of its own, by which it is found again.</summary>
    private static Color ColourOf(int series) => new(1, 2, (byte)(series + 3));

    private static bool IsOf(XElement element, string colour) =>
        string.Equals((string?)element.Attribute("stroke") ?? (string?)element.Attribute("fill"), colour, StringComparison.OrdinalIgnoreCase);

    /// <summary>Elements as one path. Skia writes lines as paths, dots as ellipses and bars as rectangles.</summary>
    private static void Append(StringBuilder svg, ChartSeries series, IEnumerable<XElement> elements)
    {
        var path = new StringBuilder();
        foreach (XElement element in elements)
        {
            switch (element.Name.LocalName)
            {
                case "path":
                    AppendRounded(path, (string)element.Attribute("d")!);
                    break;
                case Dot:
                    path.Append('M').Append(Coordinate(element, "cx")).Append(' ').Append(Coordinate(element, "cy")).Append("h0");
                    break;
                case "rect":
                    path.Append('M').Append(Coordinate(element, "x")).Append(' ').Append(Coordinate(element, "y"))
                        .Append('h').Append(Coordinate(element, "width")).Append('v').Append(Coordinate(element, "height"))
                        .Append('H').Append(Coordinate(element, "x")).Append('z');
                    break;
            }
        }

        if (path.Length > 0)
            svg.Append("<path class=\"").Append(ClassOf(series)).Append("\" d=\"").Append(path).Append("\"/>\n");
    }

    private static string Coordinate(XElement element, string attribute) => Rounded((string?)element.Attribute(attribute) ?? "0");

    /// <summary>A path with a tenth of a pixel as its smallest step, which nobody sees.</summary>
    private static void AppendRounded(StringBuilder path, string d)
    {
        for (int at = 0; at < d.Length;)
        {
            int end = at + 1;
            while (end < d.Length && !char.IsAsciiLetterUpper(d[end]))
                end++;
            path.Append(d[at]).AppendJoin(' ', d[(at + 1)..end].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Rounded));
            at = end;
        }
    }

    private static string Rounded(string number) =>
        (Math.Round(double.Parse(number, CultureInfo.InvariantCulture), 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);
}
