using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>sigmoid(x) = 1 / (1 + e^-x); its derivative is y (1 - y).</summary>
internal sealed class Sigmoid : ActivationDefinition
{
    public override string Name => "sigmoid";

    public override Activation Bind(OptionReader options) =>
        new ElementwiseActivation(Name, Expr.Call(Function.Sigmoid, Expr.Var("x")), IsProbability: true);
}
