using System;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Losses;

/// <summary>Every loss, with its formula per sample: f is the prediction (a logit z where it says so), t the target.</summary>
internal static class LossRegistry
{
    private static readonly Expr F = Expr.Var("f");
    private static readonly Expr T = Expr.Var("t");

    private static readonly OptionKeys s_binaryKeys = OptionKeys.Of("reduction", "weight", "label_smoothing", "pos_weight");
    private static readonly OptionKeys s_categoricalKeys = OptionKeys.Of("reduction", "weight", "label_smoothing", "class_weight", "ignore_label");

    public static readonly Registry<LossDefinition> Losses = new("loss", Rules.UnknownLoss,
    [
        Terms("squared_error", static (_, _) => new((F - T) * (F - T), 2.0 * (F - T))),
        Terms("half_squared_error", static (_, _) => new(0.5 * (F - T) * (F - T), F - T)),
        Terms("mean_squared_error", static (_, n) => new((F - T) * (F - T) / n, 2.0 * (F - T) / n)),
        Terms("mean_absolute_error", static (_, n) => new(Expr.Call(Function.Abs, F - T) / n, Sign(F - T) / n)),
        Terms("huber", static (o, n) => Huber(o.Number("delta", 1, static v => v > 0, "above 0"), n), OptionKeys.WithMain("delta", "reduction", "weight")),
        Terms("hinge", static (_, _) => new(Expr.Max(1.0 - (T * F), 0), Expr.Select(1.0 - (T * F), 0, -T, 0))),
        new("binary_cross_entropy", s_binaryKeys,
            static end => end.GivesProbabilities ? null
                : end.IsLogSoftmax ? $"needs outputs between 0 and 1, but {end.Owner} ends in a log_softmax; use cross_entropy"
                : $"needs outputs between 0 and 1, but {end.Owner} does not end in a sigmoid; use binary_cross_entropy_with_logits, or end the network with sigmoid",
            static (o, reduction, end) => end.IsSigmoid
                ? BinaryOnLogits("binary_cross_entropy", reduction, end, BinaryTargets.Read(o, end), fuses: true) : BinaryOnProbabilities(reduction, end, BinaryTargets.Read(o, end))),
        new("binary_cross_entropy_with_logits", s_binaryKeys,
            static end => TakenAsProbabilities(end),
            static (o, reduction, end) => BinaryOnLogits("binary_cross_entropy_with_logits", reduction, end, BinaryTargets.Read(o, end), fuses: false)),
        new("cross_entropy", s_categoricalKeys,
            static end => end.IsSoftmax || end.IsLogSoftmax ? null
                : end.GivesProbabilities ? $"needs a softmax at the end, but {end.Owner} ends in a {end.Probability}; use binary_cross_entropy, or end the network with softmax"
                : end.Features == 1 ? $"needs a softmax at the end, but {end.Owner} gives one value, of which there is none; use binary_cross_entropy_with_logits, or as many units as there are classes"
                : $"needs a softmax at the end, but {end.Owner} has none; use cross_entropy_with_logits, or end the network with softmax",
            static (o, reduction, end) => LossOptions.Read(o, end, new CategoricalLoss("cross_entropy", reduction, FusesActivation: true))),
        new("cross_entropy_with_logits", s_categoricalKeys,
            static end => TakenAsProbabilities(end),
            static (o, reduction, end) => LossOptions.Read(o, end, new CategoricalLoss("cross_entropy_with_logits", reduction, FusesActivation: false))),
    ],
    LossWords.All);

    /// <summary>Null where the network gives logits, else what a loss on logits says to its probabilities, or their logarithms.</summary>
    private static string? TakenAsProbabilities(NetworkEnd end) =>
        end.IsSoftmax || end.IsLogSoftmax ? $"takes logits, but {end.Owner} ends in a {end.Activation!.Kind} already; use cross_entropy"
        : end.GivesProbabilities ? $"takes logits, but {end.Owner} ends in a {end.Probability} already; use binary_cross_entropy"
        : null;

    private static LossDefinition Terms(string name, Func<OptionReader, double, DifferentiatedTerms> terms, OptionKeys? keys = null) =>
        new(name, keys ?? OptionKeys.Of("reduction", "weight"), static _ => null, (options, reduction, end) =>
        {
            DifferentiatedTerms t = terms(options, end.Output.Size);
            return new TermLoss(name, reduction, t.Terms, t.Derivative);
        });

    /// <summary>Half the square where |f - t| is at most delta, beyond it a line of slope delta; the mean over n outputs.</summary>
    private static DifferentiatedTerms Huber(double delta, double n)
    {
        Expr error = Expr.Call(Function.Abs, F - T);
        Expr terms = Expr.Select(error, delta, (delta * error) - (0.5 * delta * delta), 0.5 * (F - T) * (F - T));
        return new(terms / n, Expr.Select(error, delta, delta * Sign(F - T), F - T) / n);
    }

    private static Expr Sign(Expr e) => Expr.Select(e, 0, 1, Expr.Select(0, e, -1, 0));

    /// <summary>
    /// p t softplus(-z) + (1 - t) softplus(z), whose derivative (1 - t) sigmoid(z) - p t sigmoid(-z) is, with a weight p of 1, f - t without its cancellation.
    /// </summary>
    private static TermLoss BinaryOnLogits(string name, Reduction reduction, NetworkEnd end, BinaryTargets targets, bool fuses)
    {
        double n = end.Output.Size;
        Expr terms = (targets.Holds * Expr.Call(Function.Softplus, -F)) + (targets.HoldsNot * Expr.Call(Function.Softplus, F));
        Expr derivative = (targets.HoldsNot * Expr.Call(Function.Sigmoid, F)) - (targets.Holds * Expr.Call(Function.Sigmoid, -F));
        return new TermLoss(name, reduction, terms / n, derivative / n, fuses) { PositiveWeights = targets.Weights };
    }

    /// <summary>-p t log f - (1 - t) log (1 - f) with each log at least -100, and the gradient's denominator at least 1e-12, as in PyTorch.</summary>
    private static TermLoss BinaryOnProbabilities(Reduction reduction, NetworkEnd end, BinaryTargets targets)
    {
        double n = end.Output.Size;
        Expr terms = -((targets.Holds * Expr.Max(Expr.Call(Function.Log, F), -100)) + (targets.HoldsNot * Expr.Max(Expr.Call(Function.Log, 1.0 - F), -100)));
        Expr numerator = targets.IsPlain ? F - T : (targets.HoldsNot * F) - (targets.Holds * (1.0 - F));
        Expr derivative = numerator / Expr.Max((1.0 - F) * F, 1e-12);
        return new TermLoss("binary_cross_entropy", reduction, terms / n, derivative / n) { PositiveWeights = targets.Weights };
    }

    /// <summary>One output's part of a loss, and its derivative by f.</summary>
    private readonly record struct DifferentiatedTerms(Expr Terms, Expr Derivative);
}
