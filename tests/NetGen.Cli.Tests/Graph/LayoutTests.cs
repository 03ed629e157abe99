using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Graph.Layout;
using Xunit;

namespace NetGen.Cli.Tests.Graph;

/// <summary>What any drawing of a graph must be: boxes apart, lines around them, arrows that arrive.</summary>
public sealed class LayoutTests
{
    private const double Touch = 0.01;

    [Fact]
    public void No_line_of_a_random_graph_goes_through_a_box_or_along_another()
    {
        for (int seed = 0; seed < 120; seed++)
            Check(RandomGraph(seed), $"seed {seed}");
    }

    [Fact]
    public void A_graph_in_which_each_vertex_reads_all_before_it_is_drawn_without_lines_through_boxes()
    {
        const int N = 14;
        var arcs = from to in Enumerable.Range(1, N - 1) from @from in Enumerable.Range(0, to) select new Arc(@from, to);
        Check(new Digraph([.. Enumerable.Range(0, N).Select(static _ => new Vertex(200, 40, 60, 90))], [.. arcs]), "all");
    }

    [Fact]
    public void A_chain_is_straight_however_deep_and_with_whatever_beside_it()
    {
        const int N = 400;
        Arc[] arcs = [.. Enumerable.Range(1, N - 1).Select(static k => new Arc(k - 1, k)), .. Enumerable.Range(0, N / 10).Select(static k => new Arc(k * 10, (k * 10) + 9))];
        Arrangement drawn = LayeredLayout.Run(new Digraph([.. Enumerable.Range(0, N).Select(static k => new Vertex(150 + (k % 7 * 10), 30, k % 5 * 40, 0))], arcs));
        Assert.Single(drawn.Boxes.Select(static b => b.Middle).Distinct());
        // A line that goes around is straight too: out, down, and back.
        Assert.All(drawn.Wires.Skip(N - 1), static w => Assert.Equal(6, w.Count));
    }

    [Fact]
    public void What_parts_and_meets_again_is_symmetric()
    {
        Vertex box = new(200, 40, 50, 0);
        Arrangement drawn = LayeredLayout.Run(new Digraph([box, box, box, box, box], [new(0, 1), new(0, 2), new(0, 3), new(1, 4), new(2, 4), new(3, 4)]));
        double middle = drawn.Boxes[0].Middle;
        Assert.Equal((middle, middle), (drawn.Boxes[2].Middle, drawn.Boxes[4].Middle));
        Assert.Equal(middle - drawn.Boxes[1].Middle, drawn.Boxes[3].Middle - middle);
    }

    private static Digraph RandomGraph(int seed)
    {
        var random = new Random(seed);
        int n = random.Next(2, 40);
        double reach = random.NextDouble();
        var arcs = new List<Arc>();
        for (int to = 1; to < n; to++)
        {
            for (int lines = random.NextDouble() < 0.6 ? 1 : random.Next(1, 6); lines > 0; lines--)
                arcs.Add(new Arc(random.NextDouble() < reach ? to - 1 : random.Next(0, to), to));
        }

        return new Digraph(
            [.. Enumerable.Range(0, n).Select(_ => new Vertex(random.Next(60, 320), random.Next(20, 120), random.Next(0, 3) * 70, random.Next(0, 2) * 140))], arcs);
    }

    private static void Check(Digraph graph, string which)
    {
        Arrangement drawn = LayeredLayout.Run(graph);
        for (int a = 0; a < drawn.Boxes.Count; a++)
        {
            Box box = drawn.Boxes[a];
            Assert.True(box is { Left: >= -Touch, Top: >= -Touch } && box.Right <= drawn.Width + Touch && box.Bottom <= drawn.Height + Touch, $"{which}: box {a} is outside");
            for (int b = 0; b < a; b++)
                Assert.False(Overlap(box, drawn.Boxes[b]), $"{which}: boxes {b} and {a} overlap");
            foreach (LabelPlace label in drawn.Labels)
                Assert.False(Overlap(box, RectangleOf(label, graph)), $"{which}: box {a} overlaps the label of {label.Vertex}");
        }

        var segments = new List<(int Source, Point From, Point To)>();
        for (int k = 0; k < graph.Arcs.Count; k++)
        {
            (Arc arc, IReadOnlyList<Point> wire) = (graph.Arcs[k], drawn.Wires[k]);
            Box from = drawn.Boxes[arc.From], to = drawn.Boxes[arc.To];
            Assert.True(wire[0] == new Point(from.Middle, from.Bottom), $"{which}: arc {k} does not begin at its box");
            Assert.True(wire[^1].Y == to.Top && wire[^1].X > to.Left + 10 && wire[^1].X < to.Right - 10, $"{which}: arc {k} does not end at its box");
            // Room for an arrow.
            Assert.True(wire[^1].Y - wire[^2].Y > 12 && wire[^1].X == wire[^2].X, $"{which}: arc {k} has no room for its arrow");
            for (int s = 1; s < wire.Count; s++)
            {
                Assert.True((wire[s].X == wire[s - 1].X) != (wire[s].Y == wire[s - 1].Y), $"{which}: arc {k} is neither level nor upright");
                Assert.True(wire[s].Y >= wire[s - 1].Y, $"{which}: arc {k} goes up");
                segments.Add((arc.From, wire[s - 1], wire[s]));
                Box segment = Around(wire[s - 1], wire[s]);
                for (int b = 0; b < drawn.Boxes.Count; b++)
                    Assert.False(Overlap(segment, drawn.Boxes[b]), $"{which}: arc {k} goes through box {b}");
                foreach (LabelPlace label in drawn.Labels)
                    Assert.False(Overlap(segment, RectangleOf(label, graph)), $"{which}: arc {k} goes through the label of {label.Vertex}");
            }
        }

        Assert.Equal(graph.Arcs.Count, graph.Arcs.Select((a, k) => (a, drawn.Wires[k][^1])).Distinct().Count());
        foreach (((int source, Point from, Point to), int k) in segments.Select(static (s, k) => (s, k)))
        {
            foreach ((int other, Point otherFrom, Point otherTo) in segments.Take(k))
                Assert.False(source != other && AreAlong(from, to, otherFrom, otherTo), $"{which}: lines of {other} and {source} lie on each other at {from}");
        }
    }

    /// <summary>By what the writing of the picture puts there: eleven pixels high.</summary>
    private static Box RectangleOf(LabelPlace label, Digraph graph)
    {
        Vertex vertex = graph.Vertices[label.Vertex];
        return new Box(label.Left, label.Baseline - 9, label.IsFar ? vertex.FarLabel : vertex.Label, 11);
    }

    private static Box Around(Point a, Point b) => new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));

    private static bool Overlap(Box a, Box b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > (a.Width == 0 ? -Touch : Touch) && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > (a.Height == 0 ? -Touch : Touch);

    /// <summary>Two lines in one direction, nearer than a stroke is wide, side by side for more than a point.</summary>
    private static bool AreAlong(Point a, Point b, Point c, Point d)
    {
        const double Stroke = 2;
        if (a.X == b.X && c.X == d.X)
            return Math.Abs(a.X - c.X) < Stroke && Math.Min(b.Y, d.Y) - Math.Max(a.Y, c.Y) > Touch;
        return a.Y == b.Y && c.Y == d.Y && Math.Abs(a.Y - c.Y) < Stroke && Math.Min(Math.Max(a.X, b.X), Math.Max(c.X, d.X)) - Math.Max(Math.Min(a.X, b.X), Math.Min(c.X, d.X)) > Touch;
    }
}
