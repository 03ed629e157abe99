using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Cli.Sweep;

/// <summary>A sweep's results, for whoever shows them.</summary>
/// <param name="name">The network's.</param>
/// <param name="measure">What the score is.</param>
/// <param name="folds">How many folds a score is the mean of.</param>
/// <param name="outcomes">In the order of the plan.</param>
internal sealed class SweepReport(
    string name, string measure, bool higherIsBetter, int folds, IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepOutcome> outcomes)
{
    public string Name => name;

    public string Measure => measure;

    public bool HigherIsBetter => higherIsBetter;

    public int Folds => folds;

    public IReadOnlyList<SweepAxis> Axes => axes;

    public IReadOnlyList<SweepOutcome> Outcomes => outcomes;

    /// <summary>The best first; of equal ones, the one with the smaller loss, then the one that stands first in the plan. Without those that failed,
    /// and without twins.</summary>
    public IReadOnlyList<SweepOutcome> Ranking { get; } =
        [.. outcomes.Where(static o => o.Figures is not null && o.Variant.TwinOf is null).OrderBy(o => higherIsBetter ? -o.Figures!.Score : o.Figures!.Score)
            .ThenBy(static o => o.Figures!.ValidationLoss)];

    /// <summary>The places behind the point that all scores are written with; null where they are too far apart for that.</summary>
    private readonly int? _decimals = DecimalsOf([.. outcomes.Select(static o => o.Figures?.Score).OfType<double>()]);

    public SweepOutcome? Best => Ranking.Count > 0 ? Ranking[0] : null;

    public SweepOutcome? RunnerUp => Ranking.Count > 1 ? Ranking[1] : null;

    public bool IsBest(SweepOutcome? outcome) => outcome is not null && outcome.Variant.Index == Best?.Variant.Index;

    /// <summary>
    /// How good a score is, from 0 to 1 (the best), for a colour; null without one. Scores that are far off would leave all others in one colour, so 0 is no
    /// further from the best than three times the median is.
    /// </summary>
    public double? Shade(SweepOutcome? outcome)
    {
        if (outcome?.Figures is not { Score: var score } || Best?.Figures is not { Score: var best })
            return null;
        double median = Ranking[Ranking.Count / 2].Figures!.Score, worst = Ranking[^1].Figures!.Score;
        double reach = Math.Min(3 * Math.Abs(median - best), Math.Abs(worst - best));
        if (reach == 0)
            reach = Math.Abs(worst - best);
        return reach == 0 ? 1 : 1 - Math.Clamp(Math.Abs(score - best) / reach, 0, 1);
    }

    /// <summary>The score of a table, one below the other; "diverged", "failed", or nothing.</summary>
    public string TextOf(SweepOutcome? outcome) => outcome switch
    {
        null => "",
        { Figures: { } figures } => _decimals is { } decimals ? figures.Score.ToString($"F{decimals}", CultureInfo.InvariantCulture) : Number(figures.Score),
        { State: SweepOutcome.Diverged } => "diverged",
        _ => "failed",
    };

    /// <summary>The first two paths as a grid.</summary>
    public SweepGrid? Grid => SweepGrid.Of(this);

    /// <summary>The best variant and the next, as sentences; what else the reader should know.</summary>
    public IReadOnlyList<string> Notes => [.. SweepNotes.Of(this)];

    /// <summary>A score, with its deviation over the folds.</summary>
    public static string ScoreOf(VariantFigures figures) =>
        Number(figures.Score) + (figures.Deviation is { } deviation ? $" ± {deviation.ToString("G2", CultureInfo.InvariantCulture)}" : "");

    /// <summary>To four digits, which is more than a score is worth.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) is >= 1e4 and < 1e7 ? "F0" : "G4", CultureInfo.InvariantCulture);

    private static int? DecimalsOf(double[] scores)
    {
        double[] sizes = [.. scores.Select(Math.Abs).Where(static s => s > 0)];
        string[] texts = [.. scores.Select(Number)];
        if (sizes.Length == 0 || sizes.Max() > 100 * sizes.Min() || texts.Any(static t => t.Contains('E', StringComparison.Ordinal)))
            return null;
        return texts.Max(static t => t.Contains('.', StringComparison.Ordinal) ? t.Length - t.IndexOf('.', StringComparison.Ordinal) - 1 : 0);
    }
}
