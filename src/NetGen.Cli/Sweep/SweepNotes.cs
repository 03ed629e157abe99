using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Sweep;

/// <summary>What a sweep says in sentences.</summary>
internal static class SweepNotes
{
    // With two values, one of them is always the last.
    private const int FewestOfRange = 3;

    public static IEnumerable<string> Of(SweepReport report)
    {
        if (report.Best is not { Figures: { } best } first)
        {
            yield return "no variant has a result";
        }
        else
        {
            string folds = report.Folds > 1 ? $" over {report.Folds} folds" : "";
            yield return $"best: {Settings(report, first)}, {report.Measure} {SweepReport.ScoreOf(best)}{folds}";
            if (report.RunnerUp is { Figures: { } next } second)
                yield return $"next: {Settings(report, second)}, {report.Measure} {SweepReport.ScoreOf(next)}";
            if (report.RunnerUp?.Figures is { } other && best.Deviation is { } deviation && System.Math.Abs(best.Score - other.Score) < deviation)
                yield return "the two are closer together than one deviation over the folds, so which of them is better is not settled";
            foreach (string edge in Edges(report, first))
                yield return edge;
        }

        int diverged = report.Outcomes.Count(static o => o.State == SweepOutcome.Diverged);
        if (diverged > 0)
            yield return $"{Count(diverged, "variant")} diverged: the loss became infinite; a smaller learning rate or clip_norm may help";
        IEnumerable<SweepOutcome> withErrors = report.Outcomes.Where(static o => o.Figures is null && o.State != SweepOutcome.Diverged);
        foreach (IGrouping<string, SweepOutcome> failed in withErrors.GroupBy(static o => o.State))
            yield return $"{Count(failed.Count(), "variant")} failed, as {failed.First().Variant.Label(report.Axes)}: {failed.Key}";
        int twins = report.Outcomes.Count(static o => o.Variant.TwinOf is not null);
        if (twins > 0)
            yield return $"{Count(twins, "variant")} {(twins == 1 ? "is" : "are")} the same network as another, and not trained again";
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    /// <summary>As the command line has them.</summary>
    private static string Settings(SweepReport report, SweepOutcome outcome) =>
        string.Join(" ", report.Axes.Zip(outcome.Variant.Values, static (a, v) => $"--set {Quoted($"{a.Path}={v.Text}")}"));

    private static string Quoted(string word) =>
        word.All(static c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '=' or '+' or ':' or '/') ? word : $"'{word}'";

    /// <summary>The best value of a range of numbers is the last that was tried, so a better one may lie beyond.</summary>
    private static IEnumerable<string> Edges(SweepReport report, SweepOutcome best)
    {
        foreach ((SweepAxis axis, SweepValue value) in report.Axes.Zip(best.Variant.Values))
        {
            // Seeds have no order.
            if (!axis.IsNumeric || axis.Values.Count < FewestOfRange || axis.Path == "seed")
                continue;
            bool isLargest = value.Number == axis.Values.Max(static v => v.Number);
            bool isSmallest = value.Number == axis.Values.Min(static v => v.Number);
            // Below nothing, and below one layer, there is nothing to try.
            bool isLeast = value.Number == 0 || (value.Number == 1 && SpecEdit.RepeatedLayer(axis.Path) is not null);
            if (isLargest || (isSmallest && !isLeast))
            {
                (string last, string further) = isLargest ? ("largest", "larger") : ("smallest", "smaller");
                yield return $"the best {axis.Path}, {value.Text}, is the {last} tried: try {further} ones";
            }
        }
    }
}
