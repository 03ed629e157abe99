using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>leaky_relu(x) = x where x &gt; 0, else negative_slope x; its derivative at 0 is the slope.</summary>
internal sealed class LeakyRelu : ActivationDefinition
{
    public override string Name => "leaky_relu";

    public override OptionKeys Keys => OptionKeys.WithMain("negative_slope");

    public override Activation Bind(OptionReader options)
    {
        float slope = options.Number("negative_slope", 0.01f, static _ => true, "a finite number");
        Expr x = Expr.Var("x");
        return new ElementwiseActivation(Name, Expr.Select(x, 0, x, slope * x));
    }
}
