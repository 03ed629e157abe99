using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>
/// gelu(x) = x Φ(x), with the normal distribution Φ; its derivative is Φ(x) + x φ(x). With <c>approximate: tanh</c> it is
/// x (1 + tanh(v / 2)) / 2 = x σ(v), where v = √(8 / π) (x + 0.044715 x³), and its derivative σ(v) + x σ(v) σ(-v) v'.
/// D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)" (2016).
/// </summary>
internal sealed class Gelu : ActivationDefinition
{
    private const double Slope = 1.5957691216057308, Cubic = 0.044715;

    public override string Name => "gelu";

    public override OptionKeys Keys => OptionKeys.Of("approximate");

    public override Activation Bind(OptionReader options)
    {
        Expr x = Expr.Var("x");
        if (options.Word("approximate", "none", "tanh") == "none")
            return new ElementwiseActivation(Name, Expr.Call(Function.Gelu, x));
        Expr v = x * (Slope + ((Slope * Cubic) * (x * x)));
        // Beyond 100 one of the sigmoids is 0, and what it is multiplied with must not be infinite.
        Expr slope = Slope + ((3 * Slope * Cubic) * Expr.Min(x * x, 10_000));
        Expr derivative = (Expr.Var("y") * Expr.Call(Function.Sigmoid, -v) * slope) + Expr.Call(Function.Sigmoid, v);
        return new ElementwiseActivation(Name, x * Expr.Call(Function.Sigmoid, v), Derivative: derivative);
    }
}
