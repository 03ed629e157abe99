using System;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Report;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>A sweep's page: the grid, and a table of all variants.</summary>
internal static class SweepPage
{
    /// <summary>The text of the file.</summary>
    /// <param name="report">The results.</param>
    /// <param name="command">The command line that made them.</param>
    /// <param name="data">The file of the data, and how it was divided.</param>
    /// <param name="version">NetGen's.</param>
    public static string Write(SweepReport report, string command, string data, string version)
    {
        var page = new Page(report.Name, "Sweep")
        {
            Lead = Invariant($"{report.Outcomes.Count:N0} variants, each trained {(report.Folds == 1 ? "once" : $"on {report.Folds} folds")}. {data}."),
            Figures = report.Best is { Figures: { } best } outcome
                ? [
                    new KeyFigure($"Best {report.Measure}", SweepReport.ScoreOf(best), outcome.Variant.Label(report.Axes)),
                    new KeyFigure("Parameters", Invariant($"{best.Parameters:N0}"), "of the best"),
                    new KeyFigure("Time", Invariant($"{report.Outcomes.Sum(static o => o.Figures?.Seconds ?? 0):0.0} s"), "of training, of all together"),
                ]
                : [],
            Foot = $"Made by netgen {version}.",
        };
        page.Section("grid", "Grid", html =>
        {
            using (html.Element("div", ("class", "scroll")))
                html.Markup(SweepHeatMap.Write(report));
            foreach (string note in report.Notes)
                html.Foreign("p", note);
        });
        page.Section("variants", "Variants", html =>
        {
            using (html.Element("div", ("class", "scroll")))
                WriteVariants(html, report);
        });
        page.Section("run", "Run", html => html.Text("pre", command, ("class", "wrap")));
        return page.ToString();
    }

    private static void WriteVariants(HtmlText html, SweepReport report)
    {
        using (html.Element("table"))
        {
            html.Text("caption", $"The best first, by {report.Measure}");
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                foreach (string head in report.Axes.Select(static a => a.Path).Concat([report.Measure, "validation loss", "training loss", "best epoch", "parameters", "seconds"]))
                    html.Text("th", head, ("scope", "col"));
            }

            using (html.Element("tbody"))
            {
                foreach (SweepOutcome outcome in report.Ranking.Concat(report.Outcomes.Where(static o => o.Figures is null)))
                {
                    using (html.Element("tr"))
                    {
                        foreach (SweepValue value in outcome.Variant.Values)
                            html.Foreign("td", value.Text);
                        if (outcome.Figures is not { } f)
                        {
                            html.Foreign("td", outcome.State, ("colspan", "6"));
                            continue;
                        }

                        foreach (string cell in (ReadOnlySpan<string>)[
                            SweepReport.ScoreOf(f), SweepReport.Number(f.ValidationLoss), SweepReport.Number(f.TrainingLoss), f.BestEpoch.ToString("0.#", CultureInfo.InvariantCulture),
                            Invariant($"{f.Parameters:N0}"), Invariant($"{f.Seconds:0.00}")])
                            html.Text("td", cell, ("class", "number"));
                    }
                }
            }
        }
    }
}
