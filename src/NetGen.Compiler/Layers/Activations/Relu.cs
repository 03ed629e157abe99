using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>relu(x) = max(x, 0); its derivative at 0 is 0.</summary>
internal sealed class Relu : ActivationDefinition
{
    public override string Name => "relu";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Max(Expr.Var("x"), 0));
}
