using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>What an optimizer does once for a step, beside the elements: its learning rate, and the numbers of its rule.</summary>
internal static class StepMethods
{
    /// <summary>Whether a step begins with a call of <c>BeginStep</c>.</summary>
    public static bool Begins(Network network) => network.Optimizer.Rule.Numbers.Count > 0;

    /// <summary>The call, which declares the numbers.</summary>
    public static string Begin(Network network, string kernels, string state) =>
        $"{kernels}.BeginStep({state}, learningRate, {string.Join(", ", network.Optimizer.Rule.Numbers.Select(static n => $"out float {n.Variable}"))});";

    /// <summary>The spec's learning rate: a number, or that of the schedule at <paramref name="step"/>.</summary>
    public static string LearningRate(Network network, string kernels, string step) =>
        network.Optimizer.Schedule is null ? CSharpLiteral.Float(network.Optimizer.LearningRate) : $"{kernels}.LearningRate({step})";

    /// <summary>What the numbers are, for the doc comment of the step; empty where there are none.</summary>
    public static string Describe(UpdateRule rule) => rule.Numbers.Count == 0 ? ""
        : $", with {string.Join(" and ", rule.Numbers.Select(static n => UpdateScalars.Describe([n])))}, where after t steps {string.Join(" and ", rule.Counters.Select(static c => $"{c.Variable} is {c.Meaning}"))}";

    public static void Emit(CodeWriter w, Dialect dialect, Network network, int stateSize)
    {
        if (network.Optimizer.Schedule is { } schedule)
        {
            w.Summary($"The learning rate of a step, counted from 0, computed in double: {schedule.Description}.");
            using (w.Block("internal static float LearningRate(long step)"))
                schedule.Emit(w);
            w.Line();
        }

        if (Begins(network))
            EmitBegin(w, dialect, network.Optimizer.Rule, stateSize);
    }

    private static void EmitBegin(CodeWriter w, Dialect dialect, UpdateRule rule, int stateSize)
    {
        string At(int index) => dialect.HasReferences ? VectorDialect.ElementOf("state", Invariant($"{index}")) : Invariant($"state[{index}]");
        string Print(Expr e) => new ExprPrinter(dialect, Precision.Double, static n => n).Print(e);
        IEnumerable<string> numbers = rule.Numbers.Select(static n => $"out float {n.Variable}");
        w.Summary($"Begins a step: what is the same for all elements. The state ends with {string.Join(" and ", rule.Counters.Select(static c => c.Meaning))} after t steps, each the sum of two floats.");
        using (w.Block($"internal static void BeginStep({dialect.Inner(true)} state, float learningRate, {string.Join(", ", numbers)})"))
        {
            int at = stateSize - (Counter.Floats * rule.Counters.Count);
            foreach (Counter counter in rule.Counters)
            {
                string high = At(at), low = At(at + 1);
                w.Line($"double {counter.Variable} = (double){high} + {low};");
                w.Line($"{counter.Variable} = {Print(counter.Formula)};");
                w.Line($"{high} = (float){counter.Variable};");
                w.Line($"{low} = (float)({counter.Variable} - {high});");
                at += Counter.Floats;
            }

            foreach ((string variable, Expr formula) in rule.Numbers)
                w.Line($"{variable} = (float)({Print(formula)});");
        }

        w.Line();
    }
}
