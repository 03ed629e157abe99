using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>A square for each size of network and number of samples: blue where we are ahead, orange where another is, with the factor and its name.</summary>
/// <remarks>Without a background; texts beside the squares follow the reader's theme.</remarks>
internal static class CrossoverSvg
{
    private const double CellWidth = 104, CellHeight = 58, Gap = 3, Left = 92, Top = 84, Right = 12, Bottom = 58;

    /// <summary>The factor at which a colour is at its deepest.</summary>
    private const double Deepest = 4;

    /// <summary>From far behind over equal to far ahead.</summary>
    private static readonly (int R, int G, int B) s_behind = (188, 76, 0), s_equal = (234, 237, 241), s_ahead = (9, 88, 190);

    public static string Write(IReadOnlyList<CrossoverCell> cells)
    {
        long[] sizes = [.. cells.Select(c => c.MultiplyAdds).Distinct().Order()];
        int[] batches = [.. cells.Select(c => c.Samples).Distinct().Order()];
        double width = Math.Max(760, Left + sizes.Length * (CellWidth + Gap) + Right), bottom = Top + batches.Length * (CellHeight + Gap);
        StringBuilder svg = new();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0} {bottom + Bottom:0}\" role=\"img\" aria-label=\"Speed over the best other, by size of network and number of samples\">\n"));
        svg.Append("""
            <style>
              text { font: 12px system-ui, sans-serif; fill: #3d444d }
              .title { font-weight: 600; font-size: 16px }
              .factor { font-weight: 600; font-size: 17px }
              .on-light { fill: #1f2328 }
              .on-dark { fill: #ffffff }
              @media (prefers-color-scheme: dark) { text { fill: #d1d7e0 } .on-light { fill: #1f2328 } .on-dark { fill: #ffffff } }
            </style>

            """);
        svg.Append(Text(Left, 22, "How many times as fast NetGen is as the fastest other, whose name is in the square", "start", "title"));
        Legend(svg);
        for (int b = 0; b < batches.Length; b++)
            svg.Append(Text(Left - 10, Y(b) + CellHeight / 2 + 4, Whole(batches[b]), "end"));
        double middle = (Top + bottom - Gap) / 2;
        svg.Append(Invariant($"<text transform=\"translate(18 {middle:0.#}) rotate(-90)\" text-anchor=\"middle\">samples in a call</text>\n"));
        for (int s = 0; s < sizes.Length; s++)
            svg.Append(Text(X(s) + CellWidth / 2, bottom + 18, Rounded(sizes[s]), "middle"));
        svg.Append(Text((Left + X(sizes.Length)) / 2, bottom + 42, "multiply-adds of the network for one sample", "middle"));
        foreach (CrossoverCell cell in cells)
            Square(svg, cell, X(Array.IndexOf(sizes, cell.MultiplyAdds)), Y(Array.IndexOf(batches, cell.Samples)));
        return svg.Append("</svg>\n").ToString();

        double X(int column) => Left + column * (CellWidth + Gap);

        // More samples stand higher.
        double Y(int row) => bottom - (row + 1) * (CellHeight + Gap);
    }

    private static void Square(StringBuilder svg, CrossoverCell cell, double x, double y)
    {
        if (cell.Advantage is not double advantage)
            return;
        string fill = Colour(advantage), style = IsDark(advantage) ? "on-dark" : "on-light";
        string times = string.Join("\n", cell.Nanoseconds.OrderBy(p => p.Value).Select(p => $"{p.Key}: {Words.Nanoseconds(p.Value)} ns"));
        svg.Append($"<g><title>{WebUtility.HtmlEncode(times)}</title>");
        svg.Append(Invariant($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{CellWidth}\" height=\"{CellHeight}\" rx=\"4\" fill=\"{fill}\"/>\n"));
        svg.Append(Text(x + CellWidth / 2, y + 27, Factor(advantage), "middle", "factor " + style));
        svg.Append(Text(x + CellWidth / 2, y + 46, cell.BestPeer!, "middle", style));
        svg.Append("</g>\n");
    }

    private static void Legend(StringBuilder svg)
    {
        const double Step = 46, Y = 38, Height = 12;
        double x = Left;
        svg.Append(Text(x, Y + 10, "another is ahead", "start"));
        x += 112;
        foreach (double factor in (ReadOnlySpan<double>)[1 / 4.0, 1 / 2.0, 1, 2, 4])
        {
            svg.Append(Invariant($"<rect x=\"{x:0.#}\" y=\"{Y}\" width=\"{Step}\" height=\"{Height}\" fill=\"{Colour(factor)}\"/>\n"));
            svg.Append(Text(x + Step / 2, Y + Height + 14, Factor(factor), "middle"));
            x += Step;
        }

        svg.Append(Text(x + 10, Y + 10, "NetGen is ahead", "start"));
    }

    /// <summary>Between the colours by the logarithm, so that twice and half are as far from equal.</summary>
    private static string Colour(double advantage)
    {
        double depth = Depth(advantage);
        (int R, int G, int B) end = depth < 0 ? s_behind : s_ahead;
        double part = Math.Abs(depth);
        return $"#{Mixed(s_equal.R, end.R):x2}{Mixed(s_equal.G, end.G):x2}{Mixed(s_equal.B, end.B):x2}";

        int Mixed(int from, int to) => (int)Math.Round(from + part * (to - from));
    }

    private static bool IsDark(double advantage) => Math.Abs(Depth(advantage)) > 0.65;

    private static double Depth(double advantage) => Math.Clamp(Math.Log(advantage) / Math.Log(Deepest), -1, 1);

    /// <summary>"0.90×", "2.3×", "41×".</summary>
    private static string Factor(double factor) => factor.ToString(factor < 1.95 ? "0.00" : factor < 9.95 ? "0.0" : "#,##0", CultureInfo.InvariantCulture) + "×";

    private static string Whole(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Two digits: "9", "320", "1,800", "10 million".</summary>
    private static string Rounded(long number)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(number)) - 1));
        double rounded = Math.Round(number / unit) * unit;
        return rounded < 1e6 ? Whole((long)rounded) : (rounded / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " million";
    }

    private static string Text(double x, double y, string text, string anchor, string? style = null) => Invariant(
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{(style is null ? "" : $" class=\"{style}\"")}>{WebUtility.HtmlEncode(text)}</text>\n");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
