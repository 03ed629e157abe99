using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>linear(x) = x.</summary>
internal sealed class Linear : ActivationDefinition
{
    public override string Name => "linear";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Map.X0);
}
