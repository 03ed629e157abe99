using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>The report of a run: one HTML file that is opened, printed and sent as it is.</summary>
internal static class HtmlReport
{
    /// <summary>The text of the file. The same model gives the same text.</summary>
    public static string Write(ReportModel model)
    {
        var page = new Page(model.Name, "Training report")
        {
            Lead = Lead(model),
            Figures = [.. Headline.Of(model)],
            Notes = model.Notes,
            Foot = $"Made by netgen {model.Run.Version}.",
        };
        foreach ((string id, string heading, Action<HtmlText>? write) in Sections(model))
        {
            if (write is not null)
                page.Section(id, heading, write);
        }

        return page.ToString();
    }

    /// <summary>In the order of the page; null where there is nothing to show.</summary>
    private static IEnumerable<(string Id, string Heading, Action<HtmlText>? Write)> Sections(ReportModel model) =>
    [
        ("curves", "Training", CurveSection.Of(model)),
        ("results", "Results", ResultSection.Of(model)),
        ("classes", "Classes", ClassSection.Of(model)),
        ("values", "Outputs", ValueSection.Of(model)),
        ("worst", "Worst samples", WorstSection.Of(model)),
        ("network", "Network", NetworkSection.Of(model)),
        ("data", "Data", DataSection.Of(model)),
        ("run", "Run", RunSection.Of(model)),
    ];

    private static string Lead(ReportModel model)
    {
        RunFacts run = model.Run;
        string trained = $"Trained for {Figures.Count(run.Epochs, "epoch")} in {Figures.Duration(run.Duration)}{(run.Started is { } started ? $", {Invariant(started)}" : "")}.";
        return run.Ending.Length == 0 ? trained : $"{trained} {Figures.Heading(run.Ending.TrimEnd('.'))}.";
    }

    private static string Invariant(DateTimeOffset time) => time.ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
