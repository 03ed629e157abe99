using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Targets t of n classes whose sum is T become t (1 - s) + T s / n, of which the sum is T again. The sum of the other classes' targets,
/// (1 - s) (T - t) + T s (n - 1) / n, is made of theirs, so that nothing cancels however small s is.
/// </summary>
internal sealed class LabelSmoothing(double share, int classes)
{
    private readonly FloatNumber _kept = new((float)(1 - share)), _spread = new((float)(share / classes)), _spreadOfOthers = new((float)(share * (classes - 1) / classes));

    public static LabelSmoothing? Of(SoftmaxCrossEntropy loss) => loss.Smoothing == 0 ? null : new LabelSmoothing(loss.Smoothing, loss.Axis.Classes);

    /// <summary>The sum of t (z - max), with the targets as they become.</summary>
    /// <param name="own">The same with those that were given.</param>
    /// <param name="sum">Theirs.</param>
    /// <param name="below">The sum of z - max.</param>
    public Term Loss(Term own, Term sum, Term below) => IsVector(own) ? (Term.All(_kept) * own) + (Term.All(_spread) * sum * below) : (_kept * own) + (_spread * sum * below);

    /// <summary>A class's target as it becomes, and the sum of the others'.</summary>
    public (Term Own, Term Others) Targets(CodeBuilder code, Term t, Term sum)
    {
        Term kept = Term.All(_kept);
        return (code.Let("smoothed", (kept * t) + (Term.All(_spread) * sum)), code.Let("otherTargets", (kept * (sum - t)) + (Term.All(_spreadOfOthers) * sum)));
    }

    private static bool IsVector(Term term) => term.Kind != Kind.Float;
}
