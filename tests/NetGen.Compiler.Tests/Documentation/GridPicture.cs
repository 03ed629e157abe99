using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>Numbers in cells, row-major in their shape; the channels of an image stand below each other.</summary>
/// <param name="Groups">Where cells are coloured by what they belong to, not by their value: a number for each cell.</param>
internal sealed record Grid(string Label, double[] Values, int[] Shape, int[]? Groups = null)
{
    public int Columns => Shape[^1];

    public int Rows => Shape.Length == 1 ? 1 : Shape[^2];

    public int Channels => Shape.Length < 3 ? 1 : Shape[0];
}

/// <summary>Rows of grids, with a sign between two: an arrow from what a layer reads to what it gives.</summary>
internal static class GridPicture
{
    private const int Margin = 16, Between = 34, LabelHeight = 22, BetweenRows = 14, BetweenChannels = 6, CellHeight = 26;

    private static readonly string[] s_groups = ["#cfe4ff", "#ffd9bd", "#c9efcf", "#ecd5fb", "#fff1b0", "#f9d0dc", "#c8eef0", "#e3e5e8"];

    /// <param name="rows">Grids from left to right, each but the first of a row behind its sign, such as → or +.</param>
    public static string Draw(string title, params (string Sign, Grid Grid)[][] rows)
    {
        Svg svg = new(title);
        double cell = 46;
        while (cell > 20 && rows.Any(row => (Between * (row.Length - 1)) + row.Sum(g => WidthOf(g.Grid, cell)) > Svg.Width - (2 * Margin)))
            cell--;
        double top = Margin;
        foreach ((string Sign, Grid Grid)[] row in rows)
        {
            double height = row.Max(static g => HeightOf(g.Grid)), left = Margin;
            foreach ((string sign, Grid grid) in row)
            {
                if (left > Margin)
                {
                    svg.Text(left + (Between / 2.0), top + LabelHeight + (height / 2) + 6, sign, 18);
                    left += Between;
                }

                DrawGrid(svg, grid, left, top, (height - HeightOf(grid)) / 2, cell);
                left += WidthOf(grid, cell);
            }

            top += LabelHeight + height + BetweenRows;
        }

        return svg.Draw(top - BetweenRows + Margin);
    }

    private static double WidthOf(Grid grid, double cell) => Math.Max(grid.Columns * cell, 6.2 * grid.Label.Length);

    private static double HeightOf(Grid grid) => (grid.Channels * grid.Rows * CellHeight) + ((grid.Channels - 1) * BetweenChannels);

    private static void DrawGrid(Svg svg, Grid grid, double left, double top, double lower, double cell)
    {
        svg.Text(left, top + lower + 14, grid.Label, 12, "start", Svg.Ink);
        double most = grid.Values.Where(double.IsFinite).Select(Math.Abs).Append(1e-9).Max();
        for (int i = 0; i < grid.Values.Length; i++)
        {
            int column = i % grid.Columns, row = i / grid.Columns;
            double x = left + (column * cell), y = top + lower + LabelHeight + (row * CellHeight) + (row / grid.Rows * BetweenChannels);
            svg.Box(x, y, cell, CellHeight, grid.Groups is { } groups ? s_groups[groups[i] % s_groups.Length] : Colour(grid.Values[i] / most));
            svg.Text(x + (cell / 2), y + 17.5, Svg.Number(grid.Values[i]), cell < 34 ? 10 : 12);
        }
    }

    /// <summary>White at 0, blue at 1, orange at -1.</summary>
    private static string Colour(double share)
    {
        (int red, int green, int blue) = share >= 0 ? (140, 195, 255) : (255, 190, 140);
        double s = double.IsFinite(share) ? Math.Round(Math.Abs(share), 2) : 0;
        int Mix(int full) => (int)Math.Round(255 - (s * (255 - full)), MidpointRounding.AwayFromZero);
        return $"#{Mix(red):x2}{Mix(green):x2}{Mix(blue):x2}";
    }
}
