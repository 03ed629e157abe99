using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>hard_sigmoid(x) = relu6(x + 3) / 6, as PyTorch's; its derivative is 1/6 where |x| &lt; 3, else 0.</summary>
internal sealed class HardSigmoid : ActivationDefinition
{
    public override string Name => "hard_sigmoid";

    public override Activation Bind(OptionReader options)
    {
        Expr x = Expr.Var("x");
        return new ElementwiseActivation(
            Name, Formula(x), IsProbability: true, Derivative: Expr.Select(3, Expr.Call(Function.Abs, x), 1.0 / 6, 0));
    }

    public static Expr Formula(Expr x) => (1.0 / 6) * Relu6.Formula(x + 3);
}
