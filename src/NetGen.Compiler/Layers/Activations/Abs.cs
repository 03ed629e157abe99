using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>abs(x) = |x|; its derivative at 0 is 0.</summary>
internal sealed class Abs : ActivationDefinition
{
    public override string Name => "abs";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Abs, Expr.Var("x")));
}
