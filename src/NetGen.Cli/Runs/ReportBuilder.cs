using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Graph;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Gathers what a report shows.</summary>
internal static class ReportBuilder
{
    /// <summary>The report of a run.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="record">How the network came to be.</param>
    /// <param name="curves">The run's figures.</param>
    /// <param name="started">When the run began; null where that is not known any more.</param>
    /// <param name="tested">What the network does on data; null where the data are not there.</param>
    /// <param name="notes">What the reader is to know.</param>
    public static ReportModel Build(LoadedSpec spec, RunRecord record, TrainingCurves curves, DateTimeOffset? started, TestedNetwork? tested,
        IReadOnlyList<string> notes)
    {
        TimeSpan duration = curves.Epochs.Aggregate(TimeSpan.Zero, static (sum, epoch) => sum + epoch.Duration);
        var model = new ReportModel
        {
            Name = spec.Name,
            Run = new RunFacts(
                record.Command, record.Ending, record.Version, record.Runtime, record.Processor, record.Split.Seed, record.NetworkSeed, started, duration,
                curves.Epochs.Count, record.Steps, record.KeptEpoch),
            Network = new NetworkFacts(NetworkSummary.Of(spec.Network), NetworkPicture.Draw(spec), spec.Text, spec.Network.Loss!.Kind),
            Curves = curves,
            Notes = notes,
        };
        return tested is null ? model : With(model, spec, tested);
    }

    private static ReportModel With(ReportModel model, LoadedSpec spec, TestedNetwork tested)
    {
        (DataSplit raw, DataSplit ready) = (tested.Data.Raw, tested.Data.Ready);
        (Dataset rawSet, Dataset set) = ready.Test is not null ? (raw.Test!, ready.Test)
            : ready.Validation is not null ? (raw.Validation!, ready.Validation)
            : (raw.Train, ready.Train);
        Findings findings = tested.Findings;
        return model with
        {
            Data = tested.Description,
            Sets = tested.Sets,
            MeasuredOn = tested.Sets[^1].Set,
            Classes = findings.Classes(set, tested.Last),
            Values = tested.Last.Confusion is null ? findings.Values(set) : [],
            Worst = findings.Worst(rawSet, set, spec.Network.Input),
        };
    }
}

/// <summary>A network and what it does on data.</summary>
/// <param name="Findings">Measures it.</param>
/// <param name="Data">The data.</param>
/// <param name="Description">What they are.</param>
/// <param name="Sets">How well it does on each set.</param>
/// <param name="Last">The last of these.</param>
internal sealed record TestedNetwork(Findings Findings, PreparedData Data, DataFacts Description, IReadOnlyList<SetFigures> Sets, Evaluation Last)
{
    /// <summary>Measures a network on all sets.</summary>
    public static TestedNetwork Measure(Findings findings, PreparedData data, RunInputs inputs)
    {
        List<(SetFigures Figures, Evaluation Evaluation)> sets = [findings.Measure("training", data.Ready.Train)];
        if (data.Ready.Validation is { } validation)
            sets.Add(findings.Measure("validation", validation));
        if (data.Ready.Test is { } test)
            sets.Add(findings.Measure("test", test));
        return new TestedNetwork(
            findings, data, DataDescription.Of(inputs.Files, inputs.All, inputs.Split, inputs.Summary?.GetAwaiter().GetResult(), inputs.Label),
                [.. sets.Select(static s => s.Figures)], sets[^1].Evaluation);
    }
}
