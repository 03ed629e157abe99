using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>Holds a network's costs against its budget: each limit that it goes over is an error, at the limit.</summary>
internal static class BudgetCheck
{
    public static void Run(Budget? budget, Network network, DiagnosticBag diagnostics)
    {
        if (budget is null)
            return;
        Costs costs = Costs.Of(network);
        foreach (Limit limit in budget.Limits)
        {
            (long cost, string what) = limit.Key switch
            {
                "parameters" => (costs.ParameterBytes, "bytes of parameters"),
                "scratch" => (costs.ScratchBytes, "bytes of scratch"),
                _ => (costs.MultiplyAdds, "multiply-adds for one sample"),
            };
            if (cost > limit.Value)
            {
                (string layer, long own) = costs.Breaking(
                    l => limit.Key switch { "parameters" => l.ParameterBytes, "scratch" => l.ValueBytes, _ => l.MultiplyAdds }, limit.Value, isSum: limit.Key != "scratch");
                string breaker = limit.Key == "scratch" ? $"layer '{layer}' gives the most ({CSharpLiteral.Grouped(own)})" : $"layer '{layer}' goes over it with its {CSharpLiteral.Grouped(own)}";
                diagnostics.Report(Rules.OverBudget, limit.Written.Span,
                    $"the network has {CSharpLiteral.Grouped(cost)} {what}, {CSharpLiteral.Grouped(cost - limit.Value)} over its budget of {CSharpLiteral.Grouped(limit.Value)} ({limit.Key}: {limit.Written.Text}): {breaker}; use fewer units, or raise the budget");
            }
        }
    }
}
