using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>tanh(x), the hyperbolic tangent; its derivative is 1 - y².</summary>
internal sealed class Tanh : ActivationDefinition
{
    public override string Name => "tanh";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Tanh, Expr.Var("x")));
}
