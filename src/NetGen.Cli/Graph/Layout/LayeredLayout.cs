using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Graph.Layout;

/// <summary>
/// A layered drawing from top to bottom: rows, their order, places, and lines through the channels between the rows, which therefore meet no box but their own.
/// </summary>
internal static class LayeredLayout
{
    // Below a row: room for labels, tracks, and arrows.
    private const double LabelRoom = 22, PlainRoom = 12, TrackRoom = 6, TrackDistance = 9, ArrowRoom = 18, LabelBaseline = 15;

    public static Arrangement Run(Digraph graph)
    {
        ILookup<int, Arc> into = graph.Arcs.ToLookup(static a => a.To);
        graph = graph with { Vertices = [.. graph.Vertices.Select((v, k) => v with { Width = Math.Max(v.Width, Ports.WidthOf(into[k].Count())) })] };
        LayeredGraph layered = LayeredGraph.Of(graph);
        Ordering.Run(layered);
        Placement.Run(layered);

        var boxes = new Box[graph.Vertices.Count];
        var labels = new List<LabelPlace>();
        var tracks = new Dictionary<Link, double>();
        double y = 0;
        for (int r = 0; r < layered.Rows.Count; r++)
        {
            List<Cell> row = layered.Rows[r];
            double height = row.Where(static c => !c.IsLine).Max(c => graph.Vertices[c.Vertex].Height);
            foreach (Cell cell in row.Where(static c => !c.IsLine))
            {
                Vertex vertex = graph.Vertices[cell.Vertex];
                boxes[cell.Vertex] = new Box(cell.X - (vertex.Width / 2), y + ((height - vertex.Height) / 2), vertex.Width, vertex.Height);
            }

            y += height;
            if (r == layered.Rows.Count - 1)
                break;
            foreach (Cell cell in layered.Rows[r + 1])
                Ports.Assign(cell, graph.Vertices[cell.Vertex].Width);
            IReadOnlyList<Net> nets = Channel.Route(row);
            int before = labels.Count;
            labels.AddRange(LabelsBelow(row, graph, boxes, y));
            double first = y + (labels.Count > before ? LabelRoom : PlainRoom);
            foreach (Net net in nets.Where(static n => n.Track >= 0))
            {
                foreach (Link link in net.Links)
                    tracks[link] = first + (net.Track * TrackDistance);
            }

            int count = nets.Max(static n => n.Track) + 1;
            y = first + (count == 0 ? 0 : TrackRoom + ((count - 1) * TrackDistance)) + ArrowRoom;
        }

        Point[][] wires = [.. layered.Ways.Select((way, k) => WireOf(way, boxes[graph.Arcs[k].From], boxes[graph.Arcs[k].To], tracks))];
        double right = layered.Cells.Max(static c => c.X + c.Right);
        return new Arrangement(boxes, wires, labels, right, y);
    }

    private static IEnumerable<LabelPlace> LabelsBelow(List<Cell> row, Digraph graph, Box[] boxes, double rowBottom)
    {
        foreach (Cell cell in row)
        {
            if (cell.HasFarLabel)
                yield return new LabelPlace(cell.Vertex, cell.X + LayeredGraph.LabelGap, rowBottom + LabelBaseline, IsFar: true);
            else if (!cell.IsLine && cell.Below.Count > 0 && graph.Vertices[cell.Vertex].Label > 0)
                yield return new LabelPlace(cell.Vertex, cell.X + LayeredGraph.LabelGap, boxes[cell.Vertex].Bottom + LabelBaseline, IsFar: false);
        }
    }

    /// <summary>An arc's corners: along a track of each channel in which it changes its place.</summary>
    private static Point[] WireOf(IReadOnlyList<Link> way, Box from, Box to, Dictionary<Link, double> tracks)
    {
        double x = way[0].Upper.X;
        List<Point> points = [new(x, from.Bottom)];
        foreach (Link link in way)
        {
            if (Math.Abs(link.End - x) >= 0.5)
            {
                points.Add(new(x, tracks[link]));
                points.Add(new(link.End, tracks[link]));
            }

            x = link.End;
        }

        points.Add(new(points[^1].X, to.Top));
        return [.. points];
    }
}
