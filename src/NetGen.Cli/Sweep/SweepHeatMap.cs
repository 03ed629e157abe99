using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Cli.Output;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>A sweep's grid as a fragment of a page: a table in well-formed XHTML in the shades of <see cref="Report.PageStyle"/>. Over one path it
/// is one column.</summary>
internal static class SweepHeatMap
{
    private const int Shades = 10;

    public static string Write(SweepReport report)
    {
        var html = new StringBuilder();
        SweepGrid? grid = report.Grid;
        SweepAxis rows = report.Axes[0];
        string caption = $"{report.Measure} by {rows.Path}" + (grid is null ? "" : $" (rows) and {grid.Columns.Path} (columns)")
            + (report.HigherIsBetter ? "; higher is better" : "; lower is better")
            + (grid is { Others.Count: > 0 } ? $"; each is the best over {string.Join(" and ", grid.Others)}" : "");
        html.Append(Invariant($"<table class=\"matrix\">\n<caption>{XmlText.Escape(caption)}</caption>\n<thead>\n<tr><th scope=\"col\">{XmlText.Escape(rows.Path)}</th>"));
        foreach (string column in grid?.Columns.Values.Select(static v => v.Text) ?? [report.Measure])
            html.Append(Invariant($"<th scope=\"col\">{XmlText.Escape(column)}</th>"));
        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach ((int k, SweepValue value) in rows.Values.Index())
        {
            html.Append(Invariant($"<tr><th scope=\"row\">{XmlText.Escape(value.Text)}</th>"));
            foreach (SweepCell cell in grid?.Cells[k] ?? Single(report, k))
                Append(html, report, cell);
            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table>\n").ToString();
    }

    private static IReadOnlyList<SweepCell> Single(SweepReport report, int place)
    {
        SweepOutcome? outcome = report.Outcomes.FirstOrDefault(o => o.Variant.Places[0] == place);
        return [new SweepCell(outcome, report.TextOf(outcome), report.Shade(outcome), report.IsBest(outcome))];
    }

    private static void Append(StringBuilder html, SweepReport report, SweepCell cell)
    {
        string shade = cell.Shade is { } part ? Invariant($"r{1 + (int)Math.Round(part * (Shades - 1))}") : "zero";
        html.Append(Invariant($"<td class=\"{shade}{(cell.IsBest ? " best" : "")}\""));
        if (cell.Outcome is { } outcome)
            html.Append(Invariant($" title=\"{XmlText.Escape(Title(report, outcome))}\""));
        html.Append(Invariant($">{XmlText.Escape(cell.Text)}{(cell.IsBest ? " *" : "")}</td>"));
    }

    private static string Title(SweepReport report, SweepOutcome outcome)
    {
        string result = outcome.Figures is { } f ? Invariant($"{report.Measure} {SweepReport.ScoreOf(f)}, {f.Parameters:N0} parameters") : outcome.State;
        return $"{outcome.Variant.Label(report.Axes)}: {result}";
    }
}
