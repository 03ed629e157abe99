using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>What one layer gives, has and costs: a row of the layer table, whoever prints it.</summary>
/// <param name="Kernel">The kernel of its forward pass; null where it has none of its own.</param>
/// <param name="MultiplyAdds">Of one sample forward.</param>
internal sealed record SummaryRow(Layer Layer, Kernel? Kernel, long MultiplyAdds)
{
    /// <summary>Its kind, with the activation that ends it.</summary>
    public string Kind =>
        Layer.Kind + (Layer is not ActivationLayer && Layer.LastActivation is { Kind: not "linear" } activation ? " " + activation.Kind : "");

    public int Parameters => Layer.Parameters.Sum(static p => p.Size);

    /// <summary>It has parameters that could be trained, and the step changes none of them.</summary>
    public bool IsFrozen => Layer.Parameters.Any(static p => !p.IsStatistic) && Layer.Parameters.All(static p => !p.IsTrained);

    /// <summary>A row for each layer, in their order.</summary>
    public static IReadOnlyList<SummaryRow> Of(Program program)
    {
        ILookup<string?, Kernel> kernels = Costs.KernelsOf(program);
        return [.. program.Network.Layers.Select(l => new SummaryRow(l, kernels[l.Name].LastOrDefault(static k => k.MultiplyAdds > 0) ?? kernels[l.Name].LastOrDefault(), kernels[l.Name].Sum(static k => k.MultiplyAdds)))];
    }
}
