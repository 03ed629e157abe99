using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>reciprocal(x) = 1 / x; its derivative is -y².</summary>
internal sealed class Reciprocal : ActivationDefinition
{
    public override string Name => "reciprocal";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, 1.0 / Expr.Var("x"), Derivative: -(Expr.Var("y") * Expr.Var("y")));
}
