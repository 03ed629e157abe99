using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>softplus(x) = log(1 + e^x), by the side on which e^±x does not overflow; its derivative is the sigmoid.</summary>
internal sealed class Softplus : ActivationDefinition
{
    public override string Name => "softplus";

    public override Activation Bind(OptionReader options) => new ElementwiseActivation(Name, Formula(Expr.Var("x")));

    public static Expr Formula(Expr x) => Expr.Select(x, 0,
        x + Expr.Call(Function.LogP1, Expr.Call(Function.Exp, -x)),
        Expr.Call(Function.LogP1, Expr.Call(Function.Exp, x)));
}
