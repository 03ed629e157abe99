using NetGen.Cli.Graph.Layout;
using static NetGen.Cli.Graph.Drawing.Sizes;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>Draws a figure into its box.</summary>
internal static class FigureDrawing
{
    private const double Corner = 4, Cut = 10, Baseline = 18;

    public static void Draw(SvgText svg, Figure figure, Box box)
    {
        svg.Open("g", ("class", figure.Family.Name));
        svg.Text("title", figure.Tooltip);
        DrawOutline(svg, figure, box);
        bool isPill = figure.Outline == Outline.Pill;
        double left = box.Left + LeftPadding, right = box.Right - RightPadding, y = box.Top + Baseline;
        svg.Text("text", figure.Name, ("class", isPill ? "name middle" : "name"), ("x", isPill ? box.Middle : left), ("y", y + 0.5));
        if (figure.Kind.Length > 0)
            svg.Text("text", figure.Kind, ("class", "detail right"), ("x", right), ("y", y));
        foreach (string line in figure.Details)
            svg.Text("text", line, ("class", "detail"), ("x", left), ("y", y += LineHeight));
        y += LineHeight;
        if (figure.Parameters.Length > 0)
            svg.Text("text", figure.Parameters, ("class", "count"), ("x", left), ("y", y));
        if (figure.Work.Length > 0)
            svg.Text("text", figure.Work, ("class", "detail right"), ("x", right), ("y", y));
        if (figure.Share > 0)
        {
            double whole = right - left;
            svg.Empty("rect", ("class", "strong"), ("x", left), ("y", box.Bottom - 7), ("width", System.Math.Max(whole * figure.Share, 2.5)), ("height", 2.5), ("rx", 1.25));
        }

        svg.Close();
    }

    private static void DrawOutline(SvgText svg, Figure figure, Box box)
    {
        if (figure.Outline == Outline.Cut)
        {
            string N(double value) => SvgText.Number(value);
            svg.Empty("path", ("class", "outline dashed"), ("d",
                $"M{N(box.Left + Cut)},{N(box.Top)} H{N(box.Right - Cut)} L{N(box.Right)},{N(box.Top + Cut)} V{N(box.Bottom - Cut)} L{N(box.Right - Cut)},{N(box.Bottom)} "
                + $"H{N(box.Left + Cut)} L{N(box.Left)},{N(box.Bottom - Cut)} V{N(box.Top + Cut)} Z"));
            return;
        }

        double corner = figure.Outline == Outline.Pill ? box.Height / 2 : Corner;
        svg.Empty("rect", ("class", figure.Outline == Outline.Dashed ? "outline dashed" : "outline"),
            ("x", box.Left), ("y", box.Top), ("width", box.Width), ("height", box.Height), ("rx", corner));
        // The strip's left corners are the box's.
        if (figure.Outline == Outline.Box)
        {
            svg.Empty("path", ("class", "strong"), ("d",
                $"M{SvgText.Number(box.Left + StripWidth)},{SvgText.Number(box.Top)} h{SvgText.Number(Corner - StripWidth)} a{SvgText.Number(Corner)},{SvgText.Number(Corner)} 0 0 0 {SvgText.Number(-Corner)},{SvgText.Number(Corner)} "
                + $"V{SvgText.Number(box.Bottom - Corner)} a{SvgText.Number(Corner)},{SvgText.Number(Corner)} 0 0 0 {SvgText.Number(Corner)},{SvgText.Number(Corner)} h{SvgText.Number(StripWidth - Corner)} Z"));
        }
    }
}
