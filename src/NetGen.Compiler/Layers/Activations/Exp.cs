using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>exp(x) = e^x; its derivative is y.</summary>
internal sealed class Exp : ActivationDefinition
{
    public override string Name => "exp";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Expr.Call(Function.Exp, Expr.Var("x")));
}
