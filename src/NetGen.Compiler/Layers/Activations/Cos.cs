using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>cos(x) of radians; its derivative is -sin(x).</summary>
internal sealed class Cos : ActivationDefinition
{
    public override string Name => "cos";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Cos, Expr.Var("x")));
}
