using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>
/// selu(x) = λ x where x &gt; 0, else λ α (e^x - 1), with the λ and α that keep mean 0 and variance 1; its derivative there is λ α e^x, and at 0 too.
/// G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-Normalizing Neural Networks" (2017).
/// </summary>
internal sealed class Selu : ActivationDefinition
{
    private const double Scale = 1.0507009873554805, Alpha = 1.6732632423543772;

    public override string Name => "selu";

    public override Activation Bind(OptionReader options)
    {
        Expr x = Expr.Var("x");
        return new ElementwiseActivation(Name, Expr.Select(x, 0, Scale * x, (Scale * Alpha) * Expr.Call(Function.ExpM1, x)));
    }
}
