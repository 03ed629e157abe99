using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>The figures that a report begins with: how good the network is, then what it took.</summary>
internal static class Headline
{
    public static IEnumerable<KeyFigure> Of(ReportModel model)
    {
        SetFigures? set = Measured(model);
        if (Quality(model, set) is { } main)
            yield return main;
        if (Loss(model, set) is { } loss)
            yield return loss;

        RunFacts run = model.Run;
        int asked = model.Curves.Epochs.Count > 0 ? model.Curves.Epochs[^1].Epochs : run.Epochs;
        string[] details =
        [
            asked > run.Epochs ? $"of {Figures.Count(asked)}" : "",
            run.KeptEpoch is { } kept && kept != run.Epochs ? $"epoch {Figures.Count(kept)} kept" : "",
        ];
        yield return new KeyFigure("Epochs", Figures.Count(run.Epochs), string.Join(", ", details.Where(static d => d.Length > 0)));
        yield return new KeyFigure("Time", Figures.Duration(run.Duration), Figures.Count(run.Steps, "step"));
        Compiler.Binding.Network network = model.Network.Summary.Network;
        yield return new KeyFigure("Parameters", Figures.Count(network.ParameterCount), $"{network.Input} → {network.Output}");
    }

    /// <summary>The set that the report measures on; the last one where that has no figures.</summary>
    public static SetFigures? Measured(ReportModel model) =>
        model.Sets.FirstOrDefault(s => s.Set == model.MeasuredOn) ?? (model.Sets.Count > 0 ? model.Sets[^1] : null);

    /// <summary>Accuracy of a classifier, RMSE of numbers; null where neither is known.</summary>
    private static KeyFigure? Quality(ReportModel model, SetFigures? set)
    {
        if (set is not null)
        {
            foreach (string sought in (string[])["accuracy", "RMSE", "MAE"])
            {
                if (set.Figures.FirstOrDefault(f => f.Key.Contains(sought, StringComparison.OrdinalIgnoreCase)) is { Key: { } name } found)
                    return new KeyFigure($"{Figures.Heading(set.Set)} {name}", Figures.Of(name, found.Value), $"of {Figures.Count(set.Samples, "sample")}");
            }
        }

        return model.Classes is { Matrix: { } matrix }
            ? new KeyFigure($"{Figures.Heading(model.MeasuredOn)} accuracy", Figures.Percent(matrix.Accuracy), $"of {Figures.Count(matrix.Count, "sample")}")
            : null;
    }

    private static KeyFigure? Loss(ReportModel model, SetFigures? set)
    {
        string kind = model.Network.Loss;
        if (set is not null && set.Figures.FirstOrDefault(static f => f.Key.Equals("loss", StringComparison.OrdinalIgnoreCase)) is { Key: not null } found)
            return new KeyFigure($"{Figures.Heading(set.Set)} loss", Figures.Text(found.Value), kind);
        if (model.Curves.Epochs.Count == 0)
            return null;
        Training.EpochReport last = model.Curves.Epochs.LastOrDefault(e => e.Epoch == model.Run.KeptEpoch) ?? model.Curves.Epochs[^1];
        return last.ValidationLoss is { } validation
            ? new KeyFigure("Validation loss", Figures.Text(validation), kind)
            : new KeyFigure("Training loss", Figures.Text(last.TrainLoss), kind);
    }
}
