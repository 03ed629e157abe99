using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>
/// silu(x) = x σ(x), with the sigmoid σ; its derivative is σ(x) (1 + x σ(-x)).
/// S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-Weighted Linear Units for Neural Network Function Approximation in Reinforcement Learning" (2017).
/// </summary>
internal sealed class Silu : ActivationDefinition
{
    public override string Name => "silu";

    public override Activation Bind(OptionReader options)
    {
        Expr x = Expr.Var("x"), sigmoid = Expr.Call(Function.Sigmoid, x);
        return new ElementwiseActivation(Name, x * sigmoid, Derivative: sigmoid * (1.0 + (x * Expr.Call(Function.Sigmoid, -x))));
    }
}
