using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>square(x) = x²; its derivative is 2 x.</summary>
internal sealed class Square : ActivationDefinition
{
    public override string Name => "square";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Var("x") * Expr.Var("x"), Derivative: 2 * Expr.Var("x"));
}
