using System.Collections.Generic;

namespace NetGen.Cli.Graph.Layout;

/// <summary>A box to be placed, and room for texts beside the line that leaves it.</summary>
/// <param name="Label">The width of the text at the line's beginning; 0 for none.</param>
/// <param name="FarLabel">The width of the text where the line arrives after a long way; 0 for none.</param>
internal sealed record Vertex(double Width, double Height, double Label, double FarLabel);

/// <summary>A line from one vertex to another.</summary>
internal readonly record struct Arc(int From, int To);

/// <summary>What is laid out: every arc leads from a vertex to a later one. Two arcs may join the same two.</summary>
internal sealed record Digraph(IReadOnlyList<Vertex> Vertices, IReadOnlyList<Arc> Arcs);

internal readonly record struct Point(double X, double Y);

/// <summary>A box that has its place.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double Middle => Left + (Width / 2);
}

/// <summary>A text that has its place beside a line: its left end, and its baseline.</summary>
/// <param name="Vertex">What the line comes from.</param>
/// <param name="IsFar">The line arrives here after a long way.</param>
internal readonly record struct LabelPlace(int Vertex, double Left, double Baseline, bool IsFar);

/// <summary>A drawing from the origin to its size.</summary>
/// <param name="Boxes">Of each vertex.</param>
/// <param name="Wires">Of each arc, its corners from box to box; neighbouring ones share one coordinate.</param>
internal sealed record Arrangement(
    IReadOnlyList<Box> Boxes, IReadOnlyList<IReadOnlyList<Point>> Wires, IReadOnlyList<LabelPlace> Labels, double Width, double Height);
