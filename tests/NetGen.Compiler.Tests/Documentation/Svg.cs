using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>A picture as text: shapes on a white sheet, which reads on light and dark pages, with the same bytes on every machine.</summary>
internal sealed class Svg(string title)
{
    public const int Width = 480;

    public const string Ink = "#24292f", Faint = "#8c959f", Blue = "#0969da", Orange = "#bc4c00";

    private readonly StringBuilder _shapes = new();

    public void Box(double x, double y, double width, double height, string fill, string stroke = Faint) =>
        Add($"""<rect x="{N(x)}" y="{N(y)}" width="{N(width)}" height="{N(height)}" rx="2" fill="{fill}" stroke="{stroke}"/>""");

    /// <param name="anchor">start, middle or end: which part of the text is at x.</param>
    public void Text(double x, double y, string text, int size = 12, string anchor = "middle", string fill = Ink) =>
        Add($"""<text x="{N(x)}" y="{N(y)}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{Escape(text)}</text>""");

    public void Line(double x1, double y1, double x2, double y2, string stroke = Faint) =>
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" stroke="{stroke}"/>""");

    public void Arrow(double x1, double y1, double x2, double y2, string stroke = Ink) =>
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" stroke="{stroke}" marker-end="url(#head)"/>""");

    public void Dot(double x, double y, string fill) => Add($"""<circle cx="{N(x)}" cy="{N(y)}" r="3.5" fill="{fill}"/>""");

    /// <summary>A line through points; what lies outside of the frame that was opened by <see cref="Clip"/> is not seen.</summary>
    public void Path((double X, double Y)[] points, string stroke, bool isDashed) => Add(
        $"""<polyline points="{string.Join(' ', points.Select(static p => $"{N(p.X)},{N(p.Y)}"))}" fill="none" stroke="{stroke}" stroke-width="2" """
        + $"""clip-path="url(#frame)"{(isDashed ? " stroke-dasharray=\"6 4\"" : "")}/>""");

    /// <summary>The frame of all paths.</summary>
    public void Clip(double x, double y, double width, double height) =>
        Add($"""<clipPath id="frame"><rect x="{N(x)}" y="{N(y)}" width="{N(width)}" height="{N(height)}"/></clipPath>""");

    public string Draw(double height) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{N(height)}" viewBox="0 0 {Width} {N(height)}" font-family="sans-serif">
        <title>{Escape(title)}</title>
        <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="{Ink}"/></marker>
        <rect width="{Width}" height="{N(height)}" rx="8" fill="#ffffff"/>
        {_shapes}</svg>

        """.ReplaceLineEndings("\n");

    /// <summary>A number in a picture: up to so many digits behind the point, and no minus before a zero.</summary>
    public static string Number(double value, int digits = 2)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
        double rounded = Math.Round(value, digits, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.###", CultureInfo.InvariantCulture);
    }

    private static string N(double value) => Number(value, 1);

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");

    private void Add(string shape) => _shapes.Append(shape).Append('\n');
}
