using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>sqrt(x), NaN below 0; its derivative is 1 / (2 y), infinite at 0.</summary>
internal sealed class Sqrt : ActivationDefinition
{
    public override string Name => "sqrt";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Sqrt, Expr.Var("x")));
}
