using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Graph.Layout;

/// <summary>
/// Where cells stand in their rows. Down and up through the rows each goes to the median of its neighbours; then chains of cells are made straight, and
/// moved as a whole to where the lines to their neighbours are short.
/// </summary>
internal static class Placement
{
    private const int Sweeps = 8;
    private const int Rounds = 40;
    private const double BoxGap = 28, LineGap = 8;

    public static void Run(LayeredGraph graph)
    {
        foreach (List<Cell> row in graph.Rows)
            Place(row, static _ => null);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            if (sweep % 2 == 0)
            {
                foreach (List<Cell> row in graph.Rows)
                    Place(row, static c => MedianOf(Above(c)));
            }
            else
            {
                foreach (List<Cell> row in graph.Rows.Reverse())
                    Place(row, static c => MedianOf(Below(c)));
            }
        }

        IReadOnlyList<Cell[]> chains = ChainsOf(graph);
        for (int round = 0; round < Rounds; round++)
        {
            bool moved = false;
            // From the outside to the inside and back, so that what makes room comes first.
            foreach (Cell[] chain in round % 2 == 0 ? chains : chains.Reverse())
                moved |= Straighten(graph, chain);
            if (!moved)
                break;
        }

        double left = graph.Cells.Min(static c => c.X - c.Left);
        foreach (Cell cell in graph.Cells)
            cell.X = Math.Ceiling(cell.X - left);
    }

    /// <summary>How far apart the middles of neighbours are at least.</summary>
    private static double Distance(Cell left, Cell right) => left.Right + right.Left + (left.IsLine && right.IsLine ? 0 : left.IsLine || right.IsLine ? LineGap : BoxGap);

    private static IEnumerable<(Cell Cell, double Weight)> Above(Cell cell) => cell.Above.Select(l => (l.Upper, Weight(l)));

    private static IEnumerable<(Cell Cell, double Weight)> Below(Cell cell) => cell.Below.Select(l => (l.Lower, Weight(l)));

    /// <summary>A line keeps straight where it passes rows, then where it joins boxes of neighbouring rows.</summary>
    private static double Weight(Link link) => link.Lower.IsLine && link.Upper.IsLine ? 1000 : link.Lower.IsLine || link.Upper.IsLine ? 1 : 100;

    private static double? MedianOf(IEnumerable<(Cell Cell, double Weight)> neighbours)
    {
        List<(double, double)> places = [.. neighbours.Select(static n => (n.Cell.X, n.Weight))];
        return places.Count == 0 ? null : Spacing.Median(places);
    }

    private static void Place(List<Cell> row, Func<Cell, double?> wanted)
    {
        double?[] places = [.. row.Select(wanted)];
        // A box stays where a line can go around it.
        double[] weights = [.. row.Select((c, k) => places[k] is null ? 1e-4 : c.IsLine ? 1e-2 : 1)];
        double[] distances = [.. row.Skip(1).Select((c, k) => Distance(row[k], c))];
        double[] placed = Spacing.Place([.. row.Select((c, k) => places[k] ?? c.X)], weights, distances);
        for (int k = 0; k < row.Count; k++)
            row[k].X = placed[k];
    }

    /// <summary>
    /// The chains that should be straight, a cell in one each: a line past several rows; boxes each of which is the only box below the one before, which is the
    /// only one above it.
    /// </summary>
    private static IReadOnlyList<Cell[]> ChainsOf(LayeredGraph graph)
    {
        var chains = new List<Cell[]>();
        foreach (Cell first in graph.Cells)
        {
            if (first.Above.Any(l => Next(l.Upper) == first))
                continue;
            List<Cell> chain = [first];
            while (Next(chain[^1]) is { } next)
                chain.Add(next);
            chains.Add([.. chain]);
        }

        double middle = graph.Cells.Average(static c => c.X);
        return [.. chains.OrderByDescending(chain => Math.Abs(chain.Average(static c => c.X) - middle))];
    }

    /// <summary>The cell that should stand right below; null where there is none, or several.</summary>
    private static Cell? Next(Cell cell)
    {
        Cell[] below = [.. cell.Below.Select(static l => l.Lower).Where(c => c.IsLine == cell.IsLine).Distinct()];
        if (below.Length != 1)
            return null;
        return cell.IsLine || below[0].Above.Select(static l => l.Upper).Where(static c => !c.IsLine).Distinct().Count() == 1 ? below[0] : null;
    }

    /// <summary>
    /// Moves a chain to one place, the best for the lines that lead away from it; where the rows' other cells leave none for all of it, stretches of it to one
    /// each.
    /// </summary>
    private static bool Straighten(LayeredGraph graph, Cell[] chain)
    {
        bool moved = false;
        for (int begin = 0, end; begin < chain.Length; begin = end)
        {
            (double from, double to) = Room(graph, chain[begin]);
            for (end = begin + 1; end < chain.Length; end++)
            {
                (double nextFrom, double nextTo) = Room(graph, chain[end]);
                if (Math.Max(from, nextFrom) > Math.Min(to, nextTo))
                    break;
                (from, to) = (Math.Max(from, nextFrom), Math.Min(to, nextTo));
            }

            HashSet<Cell> stretch = [.. chain[begin..end]];
            // Boxes go by boxes: a line comes to them.
            double wanted = MedianOf(stretch.SelectMany(static c => Above(c).Concat(Below(c))).Where(n => !stretch.Contains(n.Cell) && (chain[0].IsLine || !n.Cell.IsLine))) ?? chain[begin].X;
            double place = Math.Min(Math.Max(wanted, from), to);
            foreach (Cell cell in stretch)
            {
                moved |= Math.Abs(cell.X - place) > 0.5;
                Move(graph, cell, place);
            }
        }

        return moved;
    }

    /// <summary>Between which places a cell can stand, boxes staying where they are; lines make room for a box.</summary>
    private static (double From, double To) Room(LayeredGraph graph, Cell cell)
    {
        List<Cell> row = graph.Rows[cell.Row];
        double from = double.NegativeInfinity, to = double.PositiveInfinity, taken = 0;
        for (int k = cell.Place - 1; k >= 0 && double.IsNegativeInfinity(from); k--)
        {
            taken += Distance(row[k], row[k + 1]);
            if (cell.IsLine || !row[k].IsLine)
                from = row[k].X + taken;
        }

        taken = 0;
        for (int k = cell.Place + 1; k < row.Count && double.IsPositiveInfinity(to); k++)
        {
            taken += Distance(row[k - 1], row[k]);
            if (cell.IsLine || !row[k].IsLine)
                to = row[k].X - taken;
        }

        // By what rounding leaves.
        return from > to ? (cell.X, cell.X) : (from, to);
    }

    private static void Move(LayeredGraph graph, Cell cell, double place)
    {
        List<Cell> row = graph.Rows[cell.Row];
        cell.X = place;
        for (int k = cell.Place - 1; k >= 0; k--)
            row[k].X = Math.Min(row[k].X, row[k + 1].X - Distance(row[k], row[k + 1]));
        for (int k = cell.Place + 1; k < row.Count; k++)
            row[k].X = Math.Max(row[k].X, row[k - 1].X + Distance(row[k - 1], row[k]));
    }
}
