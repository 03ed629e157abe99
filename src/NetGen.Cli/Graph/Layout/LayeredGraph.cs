using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Graph.Layout;

/// <summary>What stands in a row: a vertex, or a line on its way past the row.</summary>
/// <param name="vertex">The vertex, or the one that the line comes from.</param>
internal sealed class Cell(int vertex, int row, bool isLine)
{
    public int Vertex => vertex;

    public int Row => row;

    public bool IsLine => isLine;

    /// <summary>Its place in the row.</summary>
    public int Place { get; set; }

    /// <summary>Where its middle is, which is also where a line leaves it.</summary>
    public double X { get; set; }

    /// <summary>Room that it takes to the left of its middle.</summary>
    public double Left { get; init; }

    /// <summary>Room that it takes to the right, a label's included.</summary>
    public double Right { get; set; }

    /// <summary>The line arrives below, after a long way, and has its label here.</summary>
    public bool HasFarLabel { get; set; }

    public List<Link> Above { get; } = [];

    public List<Link> Below { get; } = [];
}

/// <summary>A line between neighbouring rows.</summary>
internal sealed class Link(Cell upper, Cell lower)
{
    public Cell Upper => upper;

    public Cell Lower => lower;

    /// <summary>Where it meets the lower one.</summary>
    public double End { get; set; }
}

/// <summary>
/// The graph in rows, each vertex as far up as the longest way to it allows: lines go down only. Where an arc spans several rows its line has a cell in each
/// one between, which all arcs of a vertex share.
/// </summary>
/// <param name="Ways">Of each arc, its links from row to row.</param>
internal sealed record LayeredGraph(IReadOnlyList<List<Cell>> Rows, IReadOnlyList<IReadOnlyList<Link>> Ways)
{
    /// <summary>Room for a line beside others.</summary>
    public const double LineRoom = 8;

    /// <summary>From a line to the text beside it.</summary>
    public const double LabelGap = 8;

    /// <summary>So many rows after its beginning a line says once more what it carries.</summary>
    private const int FarRows = 5;

    public IEnumerable<Cell> Cells => Rows.SelectMany(static r => r);

    public static LayeredGraph Of(Digraph graph)
    {
        int[] row = new int[graph.Vertices.Count];
        int[] last = new int[graph.Vertices.Count];
        foreach (Arc arc in graph.Arcs.OrderBy(static a => a.To))
            row[arc.To] = Math.Max(row[arc.To], row[arc.From] + 1);
        foreach (Arc arc in graph.Arcs)
            last[arc.From] = Math.Max(last[arc.From], row[arc.To] - 1);

        List<Cell>[] rows = [.. Enumerable.Range(0, row.DefaultIfEmpty(-1).Max() + 1).Select(static _ => new List<Cell>())];
        // The cells of what leaves a vertex, its own first, row by row; and the links between them.
        List<Cell>[] lines = [.. graph.Vertices.Select((v, k) => new List<Cell> { Of(v, k, row[k]) })];
        foreach (List<Cell> line in lines)
            rows[line[0].Row].Add(line[0]);
        for (int k = 0; k < lines.Length; k++)
        {
            for (int r = row[k] + 1; r <= last[k]; r++)
            {
                var cell = new Cell(k, r, isLine: true) { Left = LineRoom, Right = LineRoom };
                rows[r].Add(cell);
                Connect(lines[k][^1], cell);
                lines[k].Add(cell);
            }
        }

        var ways = new List<IReadOnlyList<Link>>();
        foreach (Arc arc in graph.Arcs)
        {
            Cell[] cells = [.. lines[arc.From].Take(row[arc.To] - row[arc.From])];
            ways.Add([.. cells.Skip(1).Select(static c => c.Above[0]), Connect(cells[^1], lines[arc.To][0])]);
            if (cells.Length > FarRows && graph.Vertices[arc.From].FarLabel > 0)
            {
                cells[^1].HasFarLabel = true;
                cells[^1].Right = LabelGap + graph.Vertices[arc.From].FarLabel;
            }
        }

        foreach (List<Cell> cells in rows)
            Number(cells);
        return new LayeredGraph(rows, ways);
    }

    /// <summary>Gives cells their places, in their order.</summary>
    public static void Number(IReadOnlyList<Cell> cells)
    {
        for (int k = 0; k < cells.Count; k++)
            cells[k].Place = k;
    }

    private static Cell Of(Vertex vertex, int index, int row) => new(index, row, isLine: false)
    {
        Left = vertex.Width / 2,
        Right = Math.Max(vertex.Width / 2, vertex.Label == 0 ? 0 : LabelGap + vertex.Label),
    };

    private static Link Connect(Cell upper, Cell lower)
    {
        var link = new Link(upper, lower);
        upper.Below.Add(link);
        lower.Above.Add(link);
        return link;
    }
}
