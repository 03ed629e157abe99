using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;

namespace NetGen.Compiler.Passes;

/// <summary>What a network costs, and what each of its layers adds to that.</summary>
/// <param name="ParameterBytes">Of all parameters.</param>
/// <param name="ScratchBytes">That one forward call needs, of the caller or of the stack.</param>
/// <param name="MultiplyAdds">Of one sample forward.</param>
internal sealed record Costs(long ParameterBytes, long ScratchBytes, long MultiplyAdds, IReadOnlyList<LayerCosts> Layers)
{
    public static Costs Of(Network network) => Of(Program.Of(network));

    public static Costs Of(Program program)
    {
        Network network = program.Network;
        ILookup<string?, Kernel> kernels = KernelsOf(program);
        return new Costs(
            4L * network.ParameterCount, 4L * program.ForwardScratch, program.Inference.Sum(static k => k.MultiplyAdds),
            [.. network.Layers.Select(l => new LayerCosts(l.Name, l.Parameters.Sum(static p => 4L * p.Size), 4 * l.Values, kernels[l.Name].Sum(static k => k.MultiplyAdds)))]);
    }

    /// <summary>Inference's kernels by their layers.</summary>
    public static ILookup<string?, Kernel> KernelsOf(Program program) => program.Inference.ToLookup(static k => k.Layer);

    /// <summary>The first layer with which the sum of a cost passes a limit; where no sum does, the layer that costs most.</summary>
    public (string Name, long Cost) Breaking(Func<LayerCosts, long> cost, long limit, bool isSum)
    {
        long sum = 0;
        if (isSum)
        {
            foreach (LayerCosts layer in Layers)
            {
                sum += cost(layer);
                if (sum > limit)
                    return (layer.Name, cost(layer));
            }
        }

        LayerCosts most = Layers.OrderByDescending(cost).First();
        return (most.Name, cost(most));
    }
}

/// <summary>The same of one layer.</summary>
/// <param name="ValueBytes">Of its values for one sample.</param>
internal sealed record LayerCosts(string Name, long ParameterBytes, long ValueBytes, long MultiplyAdds);
