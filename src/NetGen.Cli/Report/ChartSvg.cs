using System;
using System.Globalization;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>
/// Writes a chart as a figure: title, legend and an SVG as wide as its place. What is drawn is stretched; labels stand at
/// percentages beside it, and have the size of the text around, on a telephone and on a wide screen.
/// </summary>
internal static class ChartSvg
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly string s_viewBox = FormattableString.Invariant($"0 0 {MarkDrawing.Width} {MarkDrawing.Height}");

    public static void Write(HtmlText html, Chart chart)
    {
        using (html.Element("figure", ("class", chart.IsSquare ? "chart square" : "chart")))
        {
            using (html.Element("figcaption"))
            {
                html.Foreign("h3", chart.Title);
                using (html.Element("ul", ("class", "legend")))
                {
                    foreach (ChartSeries series in chart.Series.Where(static s => s.Name.Length > 0))
                        WriteLegend(html, series);
                }
            }

            using (html.Element("svg", ("class", "plot"), ("role", "img"), ("aria-label", chart.Description), ("xmlns", Namespace)))
            {
                WriteAxes(html, chart);
                using (html.Element("svg", ("width", "100%"), ("height", "100%"), ("viewBox", s_viewBox), ("preserveAspectRatio", "none")))
                    html.Markup(MarkDrawing.Draw(chart));
                if (chart.Marked is { } marked)
                    WriteMarked(html, chart, marked);
            }
        }
    }

    private static void WriteLegend(HtmlText html, ChartSeries series)
    {
        using (html.Element("li"))
        {
            using (html.Element("svg", ("class", "swatch"), ("viewBox", "0 0 22 10"), ("aria-hidden", "true"), ("xmlns", Namespace)))
            {
                html.Void("path", ("class", MarkDrawing.ClassOf(series)), ("d", series.Kind switch
                {
                    SeriesKind.Dots or SeriesKind.Point => "M11 5h0",
                    SeriesKind.Bars => "M6 0h10v10H6z",
                    _ => "M0 5H22",
                }));
            }

            html.Foreign("span", series.Name);
            if (series.Note.Length > 0)
                html.Text("span", series.Note, ("class", "soft"));
        }
    }

    private static void WriteAxes(HtmlText html, Chart chart)
    {
        foreach (Tick tick in chart.Y.Ticks)
        {
            string y = Percent(1 - chart.Y.Place(tick.Value));
            html.Void("line", ("class", "grid"), ("x1", "0"), ("x2", "100%"), ("y1", y), ("y2", y));
            html.Text("text", tick.Label, ("class", "end"), ("x", "-8"), ("y", y), ("dy", "4"));
        }

        html.Void("line", ("class", "ground"), ("x1", "0"), ("x2", "100%"), ("y1", "100%"), ("y2", "100%"));
        foreach (Tick tick in chart.X.Ticks)
        {
            html.Text("text", tick.Label, ("class", "middle"), ("x", Percent(chart.X.Place(tick.Value))), ("y", "100%"), ("dy", "18"));
        }

        html.Text("text", chart.XName, ("class", "end"), ("x", "100%"), ("y", "100%"), ("dy", "36"));
        string yName = string.Join(", ", ((string[])[chart.YName, chart.Y.IsLog ? "log scale" : ""]).Where(static n => n.Length > 0));
        if (yName.Length > 0)
            html.Text("text", yName, ("x", "-46"), ("y", "-22"));
    }

    /// <summary>Above what is drawn, with its label above the drawing.</summary>
    private static void WriteMarked(HtmlText html, Chart chart, Tick marked)
    {
        double place = chart.X.Place(marked.Value);
        string x = Percent(place);
        html.Void("line", ("class", "marked"), ("x1", x), ("x2", x), ("y1", "0"), ("y2", "100%"));
        html.Text("text", marked.Label, ("class", place > 0.8 ? "end" : place < 0.2 ? "" : "middle"), ("x", x), ("y", "-6"));
    }

    private static string Percent(double place) => Math.Round(100 * place, 2).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
