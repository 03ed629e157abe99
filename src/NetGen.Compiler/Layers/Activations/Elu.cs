using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>
/// elu(x) = x where x &gt; 0, else alpha (e^x - 1); its derivative at 0 is alpha.
/// D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units" (2015).
/// </summary>
internal sealed class Elu : ActivationDefinition
{
    public override string Name => "elu";

    public override OptionKeys Keys => OptionKeys.WithMain("alpha");

    public override Activation Bind(OptionReader options)
    {
        float alpha = options.Number("alpha", 1, static v => v >= 0, "at least 0");
        Expr x = Expr.Var("x");
        return new ElementwiseActivation(Name, Expr.Select(x, 0, x, alpha * Expr.Call(Function.ExpM1, x)));
    }
}
