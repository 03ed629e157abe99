using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>relu6(x) = min(max(x, 0), 6); its derivative is 1 where 0 &lt; x &lt; 6, else 0.</summary>
internal sealed class Relu6 : ActivationDefinition
{
    private static readonly Expr Y = Expr.Var("y");

    public override string Name => "relu6";

    public override Activation Bind(OptionReader options) =>
        new ElementwiseActivation(Name, Formula(Expr.Var("x")), Derivative: Expr.Select(Y, 0, Expr.Select(6, Y, 1, 0), 0));

    public static Expr Formula(Expr x) => Expr.Min(Expr.Max(x, 0), 6);
}
