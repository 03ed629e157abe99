using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// What an optimizer does with one parameter: assignments over the variables w (the parameter), g (its gradient),
/// learningRate, those that it keeps, and its <see cref="Numbers"/>. The last one is to w; a variable that is neither w nor
/// kept is a value of this element alone.
/// </summary>
/// <param name="Kept">What it keeps for each element; 0 before the first step.</param>
internal sealed record UpdateRule(EquatableArray<string> Kept, EquatableArray<(string Variable, Expr Formula)> Steps)
{
    /// <summary>What it keeps once for all parameters, brought forward at the start of a step; 0 before the first one.</summary>
    public EquatableArray<Counter> Counters { get; init; }

    /// <summary>Floats that are the same for all elements of a step: formulas over learningRate and the counters, in double.</summary>
    public EquatableArray<(string Variable, Expr Formula)> Numbers { get; init; }

    /// <summary>How many times the source of a plain step it takes, about.</summary>
    public int Length => Math.Max(1, Steps.Count - 1);

    /// <summary>The rule with a formula in the place of g: as a value of its own where g is read several times.</summary>
    public UpdateRule WithGradient(Expr gradient, string name)
    {
        Expr g = Expr.Var("g");
        UpdateRule With(Expr e) => this with { Steps = Steps.Select(s => (s.Variable, s.Formula.Replace(g, e))).ToEquatable() };
        if (gradient is Variable || Steps.Sum(s => s.Formula.Parts().Count(p => p == g)) <= 1)
            return With(gradient);
        UpdateRule named = With(Expr.Var(name));
        return named with { Steps = named.Steps.Prepend((name, gradient)).ToEquatable() };
    }

    /// <summary>Each element of the gradient kept within a bound; a NaN stays one.</summary>
    public static Expr Clamp(float most)
    {
        Expr g = Expr.Var("g"), least = -(Expr)most;
        return Expr.Select(g, most, most, Expr.Select(least, g, least, g));
    }

    /// <summary>The assignments with the buffers that they go to; values of one element alone go nowhere.</summary>
    public IReadOnlyList<Assignment> Assignments(IReadOnlyDictionary<string, Ir.Buffer> buffers) =>
        [.. Steps.Select(s => new Assignment(
            s.Variable, buffers.TryGetValue(s.Variable, out Ir.Buffer? target) ? target : null, Kept.Contains(s.Variable) ? WithoutSubnormals(s.Formula) : s.Formula))];

    /// <summary>
    /// What an optimizer keeps of a weight that gets no gradient (an input that is always 0) fades to a subnormal number and stays one, and with each the
    /// processor takes a hundred cycles. Nothing is lost: epsilons are 1e-30 at least, and weights do not feel steps of that size. A NaN stays one.
    /// </summary>
    private static Expr WithoutSubnormals(Expr kept) => Expr.Select(Least, Expr.Call(Function.Abs, kept), 0, kept);

    /// <summary>Far enough from the subnormal numbers, which begin at 1.2e-38, that a share of it is none.</summary>
    private const float Least = 1e-36f;
}

/// <summary>
/// A double that an optimizer keeps in its state as the sum of two floats, which hold 48 bits of it, beside what it keeps for
/// each element.
/// </summary>
/// <param name="Formula">Its value in this step, over the one before.</param>
/// <param name="Meaning">The same after t steps, for people.</param>
internal sealed record Counter(string Variable, Expr Formula, string Meaning)
{
    public const int Floats = 2;
}

internal static class UpdateScalars
{
    /// <summary>The numbers that a rule may take, by the variable that it calls them.</summary>
    private static readonly (string Variable, Scalar Scalar)[] s_scalars =
    [
        ("learningRate", Scalar.LearningRate), ("stepSize", Scalar.StepSize), ("epsilon", Scalar.Epsilon), ("clip", Scalar.Clip),
    ];

    public static IEnumerable<Scalar> Of(UpdateRule rule)
    {
        foreach ((string variable, Scalar scalar) in s_scalars)
        {
            if (rule.Steps.Any(s => s.Formula.Contains(Expr.Var(variable))))
                yield return scalar;
        }
    }

    /// <summary><c>velocity' = 0.9 velocity + g, w' = w - learningRate velocity'</c>, near enough for a comment.</summary>
    public static string Describe(UpdateRule rule) => Describe(rule.Steps);

    /// <summary>The same for a kernel, whose body says the rest: of a long rule the last assignment.</summary>
    public static string Summarize(UpdateRule rule) => rule.Steps.Count <= 2 ? Describe(rule) : "…, then " + Describe(rule.Steps.Skip(rule.Steps.Count - 1));

    /// <summary>The same of any assignments.</summary>
    public static string Describe(IEnumerable<(string Variable, Expr Formula)> assignments) =>
        string.Join(", then ", assignments.Select(static s => $"{s.Variable} = {ExprPrinter.Describe(s.Formula)}"));
}
