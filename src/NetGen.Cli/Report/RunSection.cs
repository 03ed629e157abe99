using System;
using System.Globalization;

namespace NetGen.Cli.Report;

/// <summary>What is needed to make the run again: the command, the seeds, the versions.</summary>
internal static class RunSection
{
    public static Action<HtmlText>? Of(ReportModel model) => html =>
    {
        RunFacts run = model.Run;
        if (run.Command.Length > 0)
            html.Text("pre", run.Command, ("class", "wrap"));
        using (html.Element("dl", ("class", "facts")))
        {
            foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)
            [
                ("Ended", run.Ending),
                ("Epochs", $"{Figures.Count(run.Epochs)}, {Figures.Count(run.Steps, "step")}"),
                ("Weights", run.KeptEpoch is { } kept ? $"of epoch {Figures.Count(kept)}" : "of the last step"),
                ("Started", run.Started?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? ""),
                ("Duration", Figures.Duration(run.Duration)),
                ("Seed of the data", string.Create(CultureInfo.InvariantCulture, $"{run.Seed} (split, order of the samples)")),
                ("Seed of the network", string.Create(CultureInfo.InvariantCulture, $"{run.NetworkSeed} (initial weights, dropout)")),
                ("NetGen", run.Version),
                ("Runtime", run.Runtime),
                ("Processor", run.Processor),
            ])
            {
                if (value.Length > 0)
                {
                    html.Text("dt", name);
                    html.Foreign("dd", value);
                }
            }
        }
    };
}
