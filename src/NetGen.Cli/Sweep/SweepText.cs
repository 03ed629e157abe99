using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Output;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>
/// A sweep's results for people: over two paths a grid, coloured where there are colours; over one a list, with bars where somebody looks. The best is
/// marked by *.
/// </summary>
internal static class SweepText
{
    private const int Bar = 24;

    // From the worst to the best, dark to light, told apart without colours as well: Viridis in the palette of 256, which more terminals have than 24 bits.
    private static readonly int[] s_palette = [54, 60, 24, 30, 36, 71, 113, 185, 227];
    private const int FirstLight = 4;

    public static void Write(SweepReport report, Terminal terminal)
    {
        string better = report.HigherIsBetter ? "higher is better" : "lower is better";
        // A grid that is broken over lines tells nothing.
        if (report.Grid is { } grid && (!terminal.IsLive || Width(grid) <= terminal.Width))
        {
            string others = grid.Others.Count == 0 ? "" : $"; each is the best over {string.Join(" and ", grid.Others)}";
            terminal.Line(($"{report.Measure} by {grid.Rows.Path} (rows) and {grid.Columns.Path} (columns); {better}{others}", Colour.Bold));
            WriteGrid(grid, terminal);
        }
        else
        {
            terminal.Line(($"{report.Measure} by {string.Join(", ", report.Axes.Select(static a => a.Path))}; {better}", Colour.Bold));
            WriteList(report, terminal);
        }

        terminal.Line("");
        foreach (string note in report.Notes)
            terminal.Line(note);
    }

    /// <summary>A line about a variant that is finished.</summary>
    public static string Line(SweepReport report, SweepProgress progress)
    {
        SweepOutcome outcome = progress.Outcome;
        string result = outcome.Figures is { } figures ? Invariant($"{report.Measure} {SweepReport.ScoreOf(figures)}, {figures.Seconds:F1} s") : outcome.State;
        return $"[{progress.Done}/{progress.Total}] {outcome.Variant.Label(report.Axes)}: {result}";
    }

    private static int HeadWidth(SweepGrid grid) => grid.Rows.Values.Max(static v => v.Text.Length);

    private static int CellWidth(SweepGrid grid) =>
        Math.Max(grid.Columns.Values.Max(static v => v.Text.Length), grid.Cells.Max(static row => row.Max(static c => c.Text.Length)));

    /// <summary>Each cell has a mark behind it and a space on either side.</summary>
    private static int Width(SweepGrid grid) => HeadWidth(grid) + (grid.Columns.Values.Count * (CellWidth(grid) + 3));

    private static void WriteGrid(SweepGrid grid, Terminal terminal)
    {
        int head = HeadWidth(grid), width = CellWidth(grid);
        terminal.Line(new string(' ', head) + string.Concat(grid.Columns.Values.Select(v => $" {v.Text.PadLeft(width)}  ")).TrimEnd());
        foreach ((SweepValue value, IReadOnlyList<SweepCell> cells) in grid.Rows.Values.Zip(grid.Cells))
        {
            IEnumerable<string> painted = cells.Select(c => Painted($" {c.Text.PadLeft(width)}{(c.IsBest ? '*' : ' ')} ", c, terminal));
            terminal.Out.WriteLine((Terminal.Printable(value.Text.PadLeft(head)) + string.Concat(painted)).TrimEnd());
        }
    }

    private static string Painted(string text, SweepCell cell, Terminal terminal)
    {
        if (!terminal.HasColour || cell.Shade is not { } shade)
            return text;
        int step = (int)Math.Round(shade * (s_palette.Length - 1));
        return Invariant($"\u001b[48;5;{s_palette[step]};38;5;{(step < FirstLight ? 231 : 16)}{(cell.IsBest ? ";1" : "")}m{text}\u001b[0m");
    }

    private static void WriteList(SweepReport report, Terminal terminal)
    {
        bool hasDeviation = report.Folds > 1;
        string[] deviation = hasDeviation ? ["±"] : [];
        string[] header = [.. report.Axes.Select(static a => a.Path), report.Measure, .. deviation, "validation loss", "parameters"];
        List<string[]> rows = [header, .. report.Outcomes.Select(o => Row(report, o, hasDeviation))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        int score = report.Axes.Count;
        foreach ((int k, string[] row) in rows.Index())
        {
            SweepOutcome? outcome = k == 0 ? null : report.Outcomes[k - 1];
            string mark = report.IsBest(outcome) ? "*" : " ";
            string line = string.Join("  ", row.Select((cell, c) => cell.PadLeft(widths[c]) + (c == score ? mark : "")));
            string bar = terminal.IsLive && report.Shade(outcome) is { } shade ? new string('█', 1 + (int)Math.Round(shade * (Bar - 1))) : "";
            (Colour ofLine, Colour ofBar) = report.IsBest(outcome) ? (Colour.Bold, Colour.Green) : (Colour.None, Colour.Cyan);
            terminal.Line((bar.Length == 0 ? line.TrimEnd() : line + "  ", ofLine), (bar, ofBar));
        }
    }

    private static string[] Row(SweepReport report, SweepOutcome outcome, bool hasDeviation)
    {
        VariantFigures? f = outcome.Figures;
        return
        [
            .. outcome.Variant.Values.Select(static v => v.Text), report.TextOf(outcome),
            .. hasDeviation ? [f?.Deviation is { } d ? SweepReport.Number(d) : ""] : Array.Empty<string>(),
            f is null ? "" : SweepReport.Number(f.ValidationLoss), f is null ? "" : Invariant($"{f.Parameters:N0}"),
        ];
    }
}
