using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Report;
using NetGen.Cli.Runs;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Output;

/// <summary>What a run reached, for people.</summary>
internal static class TrainedText
{
    private const int MostClasses = 12;

    public static void Write(TrainedNetwork trained, RunFiles files, Terminal terminal)
    {
        TrainingHistory history = trained.Run.History;
        terminal.Line("");
        string kept = history.RestoredEpoch is { } epoch ? Invariant($"; the weights are those of epoch {epoch}, the best") : "";
        terminal.Line(Invariant($"{trained.Record.Ending}, {history.Steps:N0} steps, {history.Duration.TotalSeconds:0.0} s{kept}"));
        if (history.CheckpointProblem is { } problem)
            terminal.Problem(problem);
        terminal.Line("");
        WriteFigures(trained.Run.Sets, terminal);
        if (trained.Run.Tested.Confusion is { ClassCount: <= MostClasses } matrix)
        {
            terminal.Line("");
            terminal.Line(Invariant($"{trained.Run.Sets[^1].Set}: {matrix.Count:N0} labels"));
            foreach (string line in matrix.ToString().Split('\n'))
                terminal.Line(line);
        }

        terminal.Line("");
        terminal.Line($"{files.Weights}  {files.Metrics}  {files.Report}");
        if (history.StopReason == StopReason.Cancelled)
            terminal.Line(($"{files.Checkpoint}: the same command with --resume goes on", Colour.Yellow));
    }

    /// <summary>A row for each set, a column for each figure.</summary>
    public static void WriteFigures(IReadOnlyList<SetFigures> sets, Terminal terminal)
    {
        string[] names = [.. sets.SelectMany(static s => s.Figures.Keys).Distinct()];
        List<string[]> rows = [["", "samples", .. names]];
        foreach (SetFigures set in sets)
            rows.Add([set.Set, Invariant($"{set.Samples:N0}"), .. names.Select(name => set.Figures.TryGetValue(name, out double value) ? Text(name, value) : "")]);
        int[] widths = [.. rows[0].Select((_, i) => rows.Max(row => row[i].Length))];
        foreach ((int i, string[] row) in rows.Index())
        {
            string line = string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd();
            terminal.Line((line, i == 0 ? Colour.Bold : Colour.None));
        }
    }

    private static string Text(string name, double value) =>
        name is "accuracy" ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : value.ToString("g4", CultureInfo.InvariantCulture);
}
