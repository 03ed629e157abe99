using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>
/// hard_swish(x) = x hard_sigmoid(x); its derivative is x / 3 + 1/2 where -3 &lt;= x &lt; 3, below 0 and above 1.
/// A. Howard et al., "Searching for MobileNetV3" (2019).
/// </summary>
internal sealed class HardSwish : ActivationDefinition
{
    public override string Name => "hard_swish";

    public override Activation Bind(OptionReader options)
    {
        Expr x = Expr.Var("x");
        return new ElementwiseActivation(
            Name, x * HardSigmoid.Formula(x), Derivative: Expr.Select(3, x, Expr.Select(-3, x, 0, ((1.0 / 3) * x) + 0.5), 1));
    }
}
