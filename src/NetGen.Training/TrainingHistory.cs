using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Training;

/// <summary>How a training run went. As text, it is a table of the epochs, why the run ended, and which weights the network has.</summary>
/// <param name="Epochs">The epochs that were finished, in order; empty if the run was cancelled in the first. Those before a resumption are among them.</param>
/// <param name="StopReason">Why it ended.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochReport> Epochs, StopReason StopReason)
{
    /// <summary>The epoch with the lowest validation loss, or the best monitored metric, the first of equals; null without validation data.</summary>
    public EpochReport? Best => Epochs.LastOrDefault(epoch => epoch.IsBest);

    /// <summary>The time of the finished epochs.</summary>
    public TimeSpan Duration => Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);

    /// <summary>The steps of the run.</summary>
    public long Steps { get; init; }

    /// <summary>The epoch whose weights the network was given back; null where it has those of the last step.</summary>
    public int? RestoredEpoch { get; init; }

    /// <summary>The epoch with which the run went on from a checkpoint; null where it began anew.</summary>
    public int? ResumedEpoch { get; init; }

    /// <summary>What the callback said that stopped the run.</summary>
    public string? StopMessage { get; init; }

    /// <summary>Why the last checkpoint could not be written; null where it could, or there was none to write.</summary>
    public string? CheckpointProblem { get; init; }

    /// <summary>A row for each epoch, at most 40 of them, and how it ended.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        EpochReport? first = Epochs.Count > 0 ? Epochs[0] : null;
        if (first is not null)
        {
            string[] metrics = [.. first.Metrics.Keys];
            bool hasAccuracy = first.ValidationAccuracy is not null && !first.Metrics.ContainsKey("accuracy");
            string[] heads =
            [
                "epoch", "loss", .. first.ValidationLoss is null ? Array.Empty<string>() : ["validation loss"], .. hasAccuracy ? ["accuracy"] : Array.Empty<string>(),
                .. metrics, "learning rate", "seconds", "",
            ];
            List<string[]> rows = [heads];
            foreach (EpochReport epoch in Shown())
                rows.Add(
                [
                    Text(epoch.Epoch, "0"), Text(epoch.TrainLoss, "g4"), .. epoch.ValidationLoss is { } loss ? [Text(loss, "g4")] : Array.Empty<string>(),
                    .. hasAccuracy ? [Text(epoch.ValidationAccuracy ?? double.NaN, "0.0000")] : Array.Empty<string>(),
                    .. metrics.Select(name => Text(epoch.Metrics.GetValueOrDefault(name, double.NaN), "g4")), Text(epoch.LearningRate, "g3"), Text(epoch.Duration.TotalSeconds, "0.00"),
                    epoch.IsBest ? "best so far" : "",
                ]);
            int[] widths = [.. heads.Select((_, i) => rows.Max(row => row[i].Length))];
            foreach (string[] row in rows)
                text.Append(string.Join("  ", row.Select((cell, i) => i == row.Length - 1 ? cell : cell.PadLeft(widths[i]))).TrimEnd()).Append('\n');
            if (Epochs.Count > MostRows)
                text.Append(CultureInfo.InvariantCulture, $"({Epochs.Count} epochs, of which the first, the last and some between are shown)\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{Ending()} after {Epochs.Count} epochs and {Steps} steps, {Duration.TotalSeconds:0.0} s");
        if (ResumedEpoch is { } resumed)
            text.Append(CultureInfo.InvariantCulture, $", resumed in epoch {resumed}");
        text.Append(RestoredEpoch is { } restored
            ? string.Create(CultureInfo.InvariantCulture, $"; the network has the weights of epoch {restored}, the best.")
            : "; the network has the weights of the last step.");
        if (CheckpointProblem is not null)
            text.Append('\n').Append(CheckpointProblem);
        return text.ToString();
    }

    private const int MostRows = 40;

    private string Ending() => StopReason switch
    {
        StopReason.NoImprovement => "ended, since the validation no longer improved,",
        StopReason.Cancelled => "cancelled",
        StopReason.Stopped => $"stopped ({StopMessage})",
        _ => "complete",
    };

    private IEnumerable<EpochReport> Shown() => Epochs.Count <= MostRows ? Epochs
        : Enumerable.Range(0, MostRows).Select(i => Epochs[(int)((long)i * (Epochs.Count - 1) / (MostRows - 1))]);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
