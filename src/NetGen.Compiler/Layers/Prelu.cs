using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = x where x &gt; 0, else weight x, with one weight, or one for each channel (of a sequence, feature; of a vector, element). Its gradients are
/// dx = dy, or weight dy, and dweight = the sum of x dy over what shares it, where x is not above 0.
/// K. He et al., "Delving Deep into Rectifiers" (2015).
/// </summary>
internal sealed record Prelu(string Name, Shape Input, bool PerChannel, bool TrainsWeight) : Layer(Name, "prelu", Input, Input)
{
    private int Weights => !PerChannel ? 1 : Input.Layout == Layout.Channels ? Input.Dimensions[0] : Input.Last;

    public override EquatableArray<Parameter> Parameters => EquatableArray.Of(
        new Parameter("weight", EquatableArray.Of(Weights), EquatableArray.Of(1), new ConstantInitializer(0.25f), TrainsWeight, IsPenalised: false));

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        // Channels, or features, innermost.
        if (PerChannel)
            x = Input.Layout == Layout.Channels ? lowering.ChannelsLast(x) : lowering.RowMajor(x);
        Buffer weight = lowering.Parameter(Name, "weight", Weights);
        Value y = x with { Buffer = lowering.Activation(Name, "", Input.Size), Shape = Input };
        Expr value = Expr.Var("x");
        lowering.Add(new ChannelMap(
            lowering.Method(Name), EquatableArray.Of(new Source("x", x.Buffer)), EquatableArray.Of(new Source("weight", weight)), default,
            y.Buffer, Access.Overwrite, Expr.Select(value, 0, value, Expr.Var("weight") * value), Input.Size / Weights, Weights, $"prelu({x.Buffer.Name}, {weight.Name})"));
        return y;
    }
}

internal sealed class PreluDefinition : LayerDefinition
{
    public override string Name => "prelu";

    public override OptionKeys Keys => OptionKeys.Of("per_channel");

    public override EquatableArray<string> ParameterNames => EquatableArray.Of("weight");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        bool perChannel = b.Options.Boolean("per_channel", false);
        bool trainsWeight = b.ReadTrainable().Contains("weight");
        b.Output = b.Input;
        if (b.Input is not { } input)
            return null;
        if (perChannel)
            LayoutRule.Decided(b, $"{b.Options.Owner} for each channel of {input}");
        return b.Failed ? null : new Prelu(b.Name, input, perChannel, trainsWeight);
    }
}
