using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Graph.Layout;

/// <summary>
/// Where lines meet the cells below them: straight down where that meets the box, else near its middle, side by side in the order in which they come.
/// </summary>
internal static class Ports
{
    /// <summary>Between lines that meet one box.</summary>
    public const double Distance = 16;

    /// <summary>From a box's corner to the first line.</summary>
    public const double Margin = 18;

    public static void Assign(Cell cell, double width)
    {
        if (cell.IsLine)
        {
            foreach (Link link in cell.Above)
                link.End = cell.X;
            return;
        }

        Link[] links = [.. cell.Above.OrderBy(static l => l.Upper.X)];
        if (links.Length == 0)
            return;
        double half = (width / 2) - Margin;
        double distance = links.Length == 1 ? 0 : Math.Min(Distance, 2 * half / (links.Length - 1));
        double near = distance * (links.Length - 1) / 2;
        bool IsAbove(Link link) => Math.Abs(link.Upper.X - cell.X) <= half;
        double[] wanted = [.. links.Select(l => IsAbove(l) ? l.Upper.X : cell.X + (Math.Sign(l.Upper.X - cell.X) * near))];
        double[] placed = Spacing.Place(wanted, [.. links.Select(l => IsAbove(l) ? 1e6 : 1)], [.. Enumerable.Repeat(distance, links.Length - 1)]);
        for (int k = 0; k < links.Length; k++)
        {
            double first = cell.X - half + (k * distance), last = cell.X + half - ((links.Length - 1 - k) * distance);
            links[k].End = Math.Max(first, Math.Min(placed[k], last));
        }
    }

    /// <summary>How wide a box is at least, for its lines.</summary>
    public static double WidthOf(int lines) => (2 * Margin) + (Distance * Math.Max(lines - 1, 0));
}
