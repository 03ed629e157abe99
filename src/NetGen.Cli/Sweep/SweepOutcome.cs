using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Sweep;

/// <summary>What became of a variant.</summary>
/// <param name="Figures">What it reached; null where it has no result.</param>
/// <param name="State">Empty for a result, <see cref="Diverged"/>, or what went wrong.</param>
internal sealed record SweepOutcome(SweepVariant Variant, VariantFigures? Figures, string State)
{
    public const string Diverged = "diverged";

    /// <summary>From the results of all folds, in their order: their means.</summary>
    public static SweepOutcome Of(SweepVariant variant, IReadOnlyList<VariantResult> folds)
    {
        VariantResult first = folds[0];
        double score = folds.Average(static f => f.Score);
        if (!double.IsFinite(score))
            return new SweepOutcome(variant, null, "the score is not a finite number");
        double? deviation = folds.Count < 2 ? null : Math.Sqrt(folds.Sum(f => (f.Score - score) * (f.Score - score)) / (folds.Count - 1));
        // A figure that one fold lacks, such as one of a class that is not in it, is the mean over the others.
        (string, double)[] figures = [.. folds.SelectMany(static f => f.Figures.Keys).Distinct()
            .Select(name => (name, folds.Where(f => f.Figures.ContainsKey(name)).Average(f => f.Figures[name])))];
        return new SweepOutcome(
            variant,
            new VariantFigures(
                score, deviation, folds.Average(static f => f.ValidationLoss), folds.Average(static f => f.TrainingLoss), figures,
                folds.Average(static f => f.Epochs), folds.Average(static f => f.BestEpoch), first.Parameters, folds.Sum(static f => f.Seconds)),
            "");
    }

    /// <summary>The same of another variant that is the same network.</summary>
    public SweepOutcome Of(SweepVariant twin) => this with { Variant = twin };
}

/// <summary>What a variant reached: the means over its folds.</summary>
/// <param name="Deviation">The standard deviation of the score over the folds (their number less one below the root); null for one fold.</param>
/// <param name="Figures">Further figures, by name.</param>
/// <param name="Seconds">Of all folds together.</param>
internal sealed record VariantFigures(
    double Score, double? Deviation, double ValidationLoss, double TrainingLoss, IReadOnlyList<(string Name, double Value)> Figures, double Epochs,
    double BestEpoch, int Parameters, double Seconds);
