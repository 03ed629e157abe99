using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>log(x), the natural logarithm: -∞ at 0 and NaN below. Its derivative is 1 / x, also below 0, as in PyTorch.</summary>
internal sealed class Log : ActivationDefinition
{
    public override string Name => "log";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Log, Expr.Var("x")));
}
