using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Cli.Graph.Layout;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>A line with round corners and an arrowhead that touches what it leads to.</summary>
internal static class WirePath
{
    private const double Radius = 6, HeadLength = 7, HalfHead = 3.5;

    /// <summary>The line, up to where the head begins.</summary>
    public static string Line(IReadOnlyList<Point> corners)
    {
        var path = new StringBuilder($"M{Text(corners[0])}");
        for (int k = 1; k < corners.Count - 1; k++)
        {
            Point before = corners[k - 1], at = corners[k], after = corners[k + 1];
            double radius = Math.Min(Radius, Math.Min(Length(before, at), Length(at, after)) / 2);
            path.Append($" L{Text(Towards(at, before, radius))} Q{Text(at)} {Text(Towards(at, after, radius))}");
        }

        Point end = corners[^1];
        return path.Append($" L{Text(end with { Y = end.Y - HeadLength + 1 })}").ToString();
    }

    /// <summary>What a line has for itself: without its beginning, where that lies on others that are drawn already.</summary>
    public static IReadOnlyList<Point> Rest(IReadOnlyList<Point> corners, IReadOnlyList<IReadOnlyList<Point>> drawn)
    {
        double shared = drawn.Select(other => Shared(corners, other)).DefaultIfEmpty(0).Max();
        // It parts from them in a curve.
        double without = Math.Max(shared - Radius, 0);
        for (int k = 1; k < corners.Count; k++)
        {
            double length = Length(corners[k - 1], corners[k]);
            if (without < length)
                return [Towards(corners[k - 1], corners[k], without), .. corners.Skip(k)];
            without -= length;
        }

        return corners;
    }

    /// <summary>How long two lines that begin together stay so.</summary>
    private static double Shared(IReadOnlyList<Point> a, IReadOnlyList<Point> b)
    {
        double shared = 0;
        for (int k = 1; k < Math.Min(a.Count, b.Count); k++)
        {
            double length = Length(a[k - 1], a[k]), other = Length(b[k - 1], b[k]);
            if (a[k] == b[k])
            {
                shared += length;
                continue;
            }

            bool isOneDirection = Math.Sign(a[k].X - a[k - 1].X) == Math.Sign(b[k].X - b[k - 1].X) && Math.Sign(a[k].Y - a[k - 1].Y) == Math.Sign(b[k].Y - b[k - 1].Y);
            return isOneDirection ? shared + Math.Min(length, other) : shared;
        }

        return shared;
    }

    public static string Head(Point tip) =>
        $"M{Text(tip)} L{Text(new Point(tip.X - HalfHead, tip.Y - HeadLength))} L{Text(new Point(tip.X + HalfHead, tip.Y - HeadLength))} Z";

    private static double Length(Point a, Point b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static Point Towards(Point from, Point to, double distance)
    {
        double share = distance / Length(from, to);
        return new Point(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
    }

    private static string Text(Point p) => $"{SvgText.Number(p.X)},{SvgText.Number(p.Y)}";
}
