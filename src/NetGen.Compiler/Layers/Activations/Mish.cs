using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>
/// mish(x) = x tanh(softplus(x)).
/// D. Misra, "Mish: A Self Regularized Non-Monotonic Activation Function" (2019).
/// </summary>
internal sealed class Mish : ActivationDefinition
{
    public override string Name => "mish";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Mish, Expr.Var("x")));
}
