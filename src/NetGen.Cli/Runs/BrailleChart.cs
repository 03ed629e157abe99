using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;

namespace NetGen.Cli.Runs;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Values">By epoch; what is not finite is left out.</param>
internal sealed record Curve(string Name, IReadOnlyList<double> Values, Color Color);

/// <summary>Curves over epochs in a terminal: each cell has 2 x 4 dots of Braille.</summary>
internal static class BrailleChart
{
    private const int DotsAcross = 2, DotsDown = 4, Blank = 0x2800, LabelWidth = 8;

    // The dots of a cell by column and row.
    private static readonly int[,] s_dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <summary>The chart as markup, a row for each line: a title with the legend, and the curves with the largest and the smallest value.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="curves">Those of one scale.</param>
    /// <param name="width">The columns of the whole.</param>
    /// <param name="height">The rows of the curves.</param>
    public static IReadOnlyList<string> Draw(string title, IReadOnlyList<Curve> curves, int width, int height)
    {
        int across = Math.Max(4, width - LabelWidth - 1);
        double[] finite = [.. curves.SelectMany(static c => c.Values).Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        // Losses fall by powers of ten.
        bool isLogarithmic = low > 0 && high / low > 30;
        double Scaled(double value) => isLogarithmic ? Math.Log(value) : value;
        (double bottom, double top) = (Scaled(low), Scaled(high));
        var cells = new int[height, across];
        var colours = new Color[height, across];
        int columns = across * DotsAcross, rows = height * DotsDown;
        foreach (Curve curve in curves)
        {
            int previous = -1;
            for (int x = 0; x < columns; x++)
            {
                double value = At(curve.Values, x, columns);
                if (!double.IsFinite(value) || (isLogarithmic && value <= 0))
                {
                    previous = -1;
                    continue;
                }

                int y = top == bottom ? rows / 2 : (int)Math.Round((rows - 1) * (top - Scaled(value)) / (top - bottom));
                // A steep curve stays a line.
                for (int dot = previous < 0 ? y : Math.Min(y, previous + Math.Sign(y - previous)); dot <= (previous < 0 ? y : Math.Max(y,
                    previous + Math.Sign(y - previous))); dot++)
                {
                    cells[dot / DotsDown, x / DotsAcross] |= s_dots[x % DotsAcross, dot % DotsDown];
                    colours[dot / DotsDown, x / DotsAcross] = curve.Color;
                }

                previous = y;
            }
        }

        var lines = new List<string> { Heading(title, curves) };
        for (int row = 0; row < height; row++)
        {
            string label = row == 0 ? Number(high) : row == height - 1 ? Number(low) : "";
            string line = $"[dim]{label,LabelWidth}[/] ";
            for (int x = 0; x < across; x++)
                line += cells[row, x] == 0 ? " " : $"[{colours[row, x].ToMarkup()}]{(char)(Blank + cells[row, x])}[/]";
            lines.Add(line);
        }

        return lines;
    }

    private static string Heading(string title, IReadOnlyList<Curve> curves) =>
        $"{"",LabelWidth} [bold]{Markup.Escape(title)}[/]  {string.Join("  ", curves.Select(static c => $"[{c.Color.ToMarkup()}]{Markup.Escape(c.Name)}[/]"))}";

    // The value at a column: the mean of the epochs that fall into it, or between two of them.
    private static double At(IReadOnlyList<double> values, int x, int columns)
    {
        if (values.Count == 0)
            return double.NaN;
        if (values.Count <= columns)
        {
            double place = values.Count == 1 ? 0 : (double)x * (values.Count - 1) / (columns - 1);
            int before = (int)place;
            return before + 1 >= values.Count ? values[^1] : values[before] + (place - before) * (values[before + 1] - values[before]);
        }

        int first = (int)((long)x * values.Count / columns), end = (int)((x + 1L) * values.Count / columns);
        double sum = 0;
        for (int i = first; i < end; i++)
            sum += values[i];
        return sum / (end - first);
    }

    private static string Number(double value) => value.ToString("g3", CultureInfo.InvariantCulture);
}
