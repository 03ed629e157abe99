using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>Which numbers an axis shows, and how far apart its ticks are.</summary>
internal readonly record struct Axis(double From, double To, double Tick);

/// <summary>A function, solid, and its derivative, dashed.</summary>
internal static class CurvePicture
{
    private const int Left = 44, Top = 40, Wide = 420, High = 220, Points = 421;

    /// <param name="value">y at x.</param>
    /// <param name="derivative">dy/dx at x, as backward has it.</param>
    /// <param name="marks">Where a dot shows which derivative an edge has.</param>
    public static string Draw(string name, Func<double, double> value, Func<double, double> derivative, Axis x, Axis y, double[] marks)
    {
        Svg svg = new($"{name} and its derivative");
        svg.Clip(Left, Top, Wide, High);
        double AcrossOf(double at) => Left + ((at - x.From) / (x.To - x.From) * Wide);
        double DownOf(double at) => Top + ((y.To - at) / (y.To - y.From) * High);
        foreach (double tick in Ticks(x))
        {
            svg.Line(AcrossOf(tick), Top, AcrossOf(tick), Top + High, tick == 0 ? Svg.Faint : "#eaeef2");
            svg.Text(AcrossOf(tick), Top + High + 17, Svg.Number(tick), 11);
        }

        foreach (double tick in Ticks(y))
        {
            svg.Line(Left, DownOf(tick), Left + Wide, DownOf(tick), tick == 0 ? Svg.Faint : "#eaeef2");
            svg.Text(Left - 7, DownOf(tick) + 4, Svg.Number(tick), 11, "end");
        }

        foreach ((Func<double, double> f, string colour, bool isDashed) in new[] { (value, Svg.Blue, false), (derivative, Svg.Orange, true) })
        {
            foreach ((double X, double Y)[] piece in Pieces(f, x, y))
                svg.Path([.. piece.Select(p => (AcrossOf(p.X), DownOf(p.Y)))], colour, isDashed);
        }

        foreach (double mark in marks)
            svg.Dot(AcrossOf(mark), DownOf(derivative(mark)), Svg.Orange);

        svg.Text(Left, 24, name, 14, "start");
        svg.Text(Left + Wide - 90, 24, "━━ value", 12, "end", Svg.Blue);
        svg.Text(Left + Wide, 24, "╍╍ derivative", 12, "end", Svg.Orange);
        return svg.Draw(Top + High + 30);
    }

    private static IEnumerable<double> Ticks(Axis axis)
    {
        for (int k = (int)Math.Ceiling(axis.From / axis.Tick); k * axis.Tick <= axis.To + 1e-9; k++)
            yield return k * axis.Tick;
    }

    /// <summary>Points between which the function does not jump; those far outside of the frame are left out.</summary>
    private static IEnumerable<(double X, double Y)[]> Pieces(Func<double, double> f, Axis x, Axis y)
    {
        double height = y.To - y.From;
        List<(double X, double Y)> piece = [];
        for (int i = 0; i < Points; i++)
        {
            // Between the marks, which are at round numbers: the value of an edge is its dot's.
            double at = x.From + ((i + 0.5) / Points * (x.To - x.From)), value = f(at);
            bool isSeen = value >= y.From - height && value <= y.To + height;
            if (piece.Count > 0 && (!isSeen || IsJump(f, piece[^1], (at, value), height / 20)))
            {
                yield return [.. piece];
                piece.Clear();
            }

            if (isSeen)
                piece.Add((at, value));
        }

        if (piece.Count > 0)
            yield return [.. piece];
    }

    /// <summary>Halfway between two points, it is still where it was or already where it goes.</summary>
    private static bool IsJump(Func<double, double> f, (double X, double Y) a, (double X, double Y) b, double least) =>
        Math.Abs(b.Y - a.Y) > least && (f((a.X + b.X) / 2) - a.Y) / (b.Y - a.Y) is < 0.1 or > 0.9;
}
