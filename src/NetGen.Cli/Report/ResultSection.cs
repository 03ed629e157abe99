using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>How well the network does on each set.</summary>
internal static class ResultSection
{
    public static Action<HtmlText>? Of(ReportModel model)
    {
        if (model.Sets.Count == 0)
            return null;
        string[] names = [.. model.Sets.SelectMany(static s => s.Figures.Keys).Distinct(StringComparer.Ordinal)];
        return html => new DataTable("Figures of each set", Note(model),
            [new TableColumn("set"), new TableColumn("samples", IsNumber: true), .. names.Select(static n => new TableColumn(n, IsNumber: true))],
            [.. model.Sets.Select(s => (IReadOnlyList<string>)
                [s.Set, Figures.Count(s.Samples), .. names.Select(n => s.Figures.TryGetValue(n, out double value) ? Figures.Of(n, value) : "")])]).Write(html);
    }

    private static string Note(ReportModel model) => model.Run.KeptEpoch is { } kept
        ? $"Of the network that was kept, with the weights of epoch {Figures.Count(kept)}."
        : "Of the network with the weights of the last step.";
}
