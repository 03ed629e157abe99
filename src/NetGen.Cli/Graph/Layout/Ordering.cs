using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Graph.Layout;

/// <summary>
/// Orders each row so that few lines cross: down and up through the rows, each cell to the mean place of its neighbours in the row before.
/// K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures" (1981).
/// </summary>
internal static class Ordering
{
    private const int MostSweeps = 12;

    public static void Run(LayeredGraph graph)
    {
        int best = Crossings(graph);
        Cell[][] order = Copy(graph);
        for (int sweep = 0; sweep < MostSweeps && best > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                foreach (List<Cell> row in graph.Rows)
                    Sort(row, static c => c.Above.Select(static l => l.Upper.Place));
            }
            else
            {
                foreach (List<Cell> row in graph.Rows.Reverse())
                    Sort(row, static c => c.Below.Select(static l => l.Lower.Place));
            }

            int crossings = Crossings(graph);
            if (crossings < best)
            {
                best = crossings;
                order = Copy(graph);
            }
        }

        for (int r = 0; r < order.Length; r++)
        {
            graph.Rows[r].Clear();
            graph.Rows[r].AddRange(order[r]);
            LayeredGraph.Number(graph.Rows[r]);
        }
    }

    /// <summary>How often lines cross, if those between two rows are straight.</summary>
    public static int Crossings(LayeredGraph graph)
    {
        int sum = 0;
        foreach (List<Cell> row in graph.Rows)
        {
            int[] ends = [.. row.SelectMany(static c => c.Below.Select(static l => l.Lower.Place).Order())];
            sum += Inversions(ends);
        }

        return sum;
    }

    private static Cell[][] Copy(LayeredGraph graph) => [.. graph.Rows.Select(static r => r.ToArray())];

    private static void Sort(List<Cell> row, Func<Cell, IEnumerable<int>> neighbours)
    {
        // OrderBy is stable: cells of one mean stay as they are.
        Cell[] sorted = [.. row.OrderBy(c => neighbours(c).Select(static p => (double)p).DefaultIfEmpty(c.Place).Average())];
        row.Clear();
        row.AddRange(sorted);
        LayeredGraph.Number(row);
    }

    /// <summary>Pairs of which the first is the larger, counted in a binary indexed tree.</summary>
    private static int Inversions(int[] values)
    {
        int[] tree = new int[values.DefaultIfEmpty(0).Max() + 2];
        int inversions = 0;
        for (int seen = 0; seen < values.Length; seen++)
        {
            int notLarger = 0;
            for (int k = values[seen] + 1; k > 0; k -= k & -k)
                notLarger += tree[k];
            inversions += seen - notLarger;
            for (int k = values[seen] + 1; k < tree.Length; k += k & -k)
                tree[k]++;
        }

        return inversions;
    }
}
