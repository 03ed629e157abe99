using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Losses;

/// <summary>What the cross-entropies take beside <c>reduction</c> and <c>weight</c>.</summary>
internal static class LossOptions
{
    public static CategoricalLoss Read(OptionReader o, NetworkEnd end, CategoricalLoss loss) => loss with
    {
        LabelSmoothing = Smoothing(o),
        ClassWeights = o.Find("class_weight") is null ? default : ClassWeights(o, end),
        IgnoredLabel = o.Integer("ignore_label", int.MinValue, int.MaxValue, "-1"),
    };

    public static float Smoothing(OptionReader o) =>
        o.Number("label_smoothing", 0, static v => v is >= 0 and < 1, "at least 0 and below 1: it is the share of the targets that is spread over all classes");

    private static EquatableArray<float> ClassWeights(OptionReader o, NetworkEnd end)
    {
        if (o.Find("class_weight") is not ListValue)
        {
            string weights = end.IsUnknown || end.Features is < 2 or > 8 ? "1, 2, …" : string.Join(", ", Enumerable.Repeat("1", end.Features - 1)) + ", 2";
            o.Report(Rules.WrongKind, o.SpanOf("class_weight"),
                $"{o.Owner}: 'class_weight' is a list with a number for each class, not {Node.Describe(o.Find("class_weight")!)}; write e.g. class_weight: [{weights}], or weight: 0.5 for the whole loss");
            return default;
        }

        EquatableArray<float> numbers = o.Numbers("class_weight", 1, static v => v >= 0, "at least 0");
        CheckCount(o, end, "class_weight", numbers.Count, "classes");
        return numbers;
    }

    /// <summary>A list has a number for each feature of the output.</summary>
    public static void CheckCount(OptionReader o, NetworkEnd end, string key, int count, string what)
    {
        if (end.IsUnknown || end.Output.Layout == Shapes.Layout.Undecided || count == end.Features || o.Find(key) is not ListValue { Items.Count: > 0 } list)
            return;
        o.Report(Rules.ShapeMismatch, list.Span,
            $"{o.Owner}: '{key}' has {CSharpLiteral.Grouped(count)} value{(count == 1 ? "" : "s")}, but {end.Owner} gives {CSharpLiteral.Grouped(end.Features)} {what}; write one for each");
    }
}

/// <summary>How the two sides of a binary cross-entropy are weighed: p t and 1 - t, where t has gone through label smoothing, t (1 - s) + s / 2.</summary>
/// <param name="Holds">The weight of -log f.</param>
/// <param name="HoldsNot">The weight of -log (1 - f).</param>
/// <param name="Weights">The numbers that are called p, one for each feature of the output; empty where p is one number, which stands in the formula.</param>
/// <param name="IsPlain">They are t and 1 - t.</param>
internal readonly record struct BinaryTargets(Expr Holds, Expr HoldsNot, EquatableArray<float> Weights, bool IsPlain)
{
    public static BinaryTargets Read(OptionReader o, NetworkEnd end)
    {
        double smoothing = LossOptions.Smoothing(o);
        EquatableArray<float> weights = o.Numbers("pos_weight", 1, static v => v > 0, "above 0: it multiplies the loss of targets of 1");
        LossOptions.CheckCount(o, end, "pos_weight", weights.Count, "outputs");
        Expr t = ((1 - smoothing) * Expr.Var("t")) + (smoothing / 2);
        Expr p = weights.Count > 1 ? Expr.Var("p") : weights[0];
        return new BinaryTargets(p * t, 1.0 - t, weights.Count > 1 ? weights : default, smoothing == 0 && p == 1);
    }
}
