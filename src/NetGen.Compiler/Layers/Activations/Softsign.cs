using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>softsign(x) = x / (1 + |x|); its derivative is 1 / (1 + |x|)².</summary>
internal sealed class Softsign : ActivationDefinition
{
    public override string Name => "softsign";

    public override Activation Bind(OptionReader options)
    {
        Expr x = Expr.Var("x"), divisor = 1.0 + Expr.Call(Function.Abs, x);
        return new ElementwiseActivation(Name, x / divisor, Derivative: 1.0 / (divisor * divisor));
    }
}
