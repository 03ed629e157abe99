using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>sin(x) of radians; its derivative is cos(x).</summary>
internal sealed class Sin : ActivationDefinition
{
    public override string Name => "sin";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Sin, Expr.Var("x")));
}
