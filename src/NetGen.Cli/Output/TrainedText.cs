using NetGen.Cli.Runs;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Output;

/// <summary>What a run reached, for people.</summary>
internal static class TrainedText
{
    public static void Write(TrainedNetwork trained, RunFiles files, Terminal terminal)
    {
        TrainingHistory history = trained.History;
        terminal.Line("");
        string kept = history.RestoredEpoch is { } epoch ? Invariant($"; the weights are those of epoch {epoch}, the best") : "";
        terminal.Line(Invariant($"{trained.Record.Ending}, {history.Steps:N0} steps, {history.Duration.TotalSeconds:0.0} s{kept}"));
        if (history.CheckpointProblem is { } problem)
            terminal.Problem(problem);
        terminal.Line("");
        FiguresText.Write(trained.Tested.Sets, trained.Tested.Last, terminal);
        terminal.Line("");
        terminal.Line($"{files.Weights}  {files.Metrics}  {files.Report}");
        if (history.StopReason == StopReason.Cancelled)
            terminal.Line(($"{files.Checkpoint}: the same command with --resume goes on", Colour.Yellow));
    }
}
