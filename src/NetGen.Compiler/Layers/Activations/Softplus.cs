using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>softplus(x) = log(1 + e^x); its derivative is the sigmoid.</summary>
internal sealed class Softplus : ActivationDefinition
{
    public override string Name => "softplus";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Softplus, Expr.Var("x")));
}
