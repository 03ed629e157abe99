using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = (x - mean) / √variance for each channel (of a sequence, feature; of a vector, element), by statistics of the training data that are stated, loaded or
/// learned, but never trained. Its gradient is dx = dy / √variance.
/// </summary>
/// <param name="Mean">What the means start from: one for all channels, or one for each.</param>
/// <param name="Variance">The same of the variances.</param>
internal sealed record Normalization(string Name, Shape Input, EquatableArray<float> Mean, EquatableArray<float> Variance) : Layer(Name, "normalization", Input, Input)
{
    public int Channels => ChannelsOf(Input);

    /// <summary>How many neighbours in a row-major sample belong to the same channel.</summary>
    public int Stride => Input.Layout == Layout.Channels ? Input.Size / Channels : 1;

    public override EquatableArray<Parameter> Parameters
    {
        get
        {
            Parameter Of(string name, EquatableArray<float> start) =>
                new(name, EquatableArray.Of(Channels), EquatableArray.Of(1), Start(start), IsTrained: false, IsPenalised: false) { IsStatistic = true };
            return EquatableArray.Of(Of("mean", Mean), Of("variance", Variance));
        }
    }

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        // Channels, or features, innermost; or a plane of each channel, where they stand like that already.
        x = x with { Shape = Input };
        bool isPlanes = Input.Layout == Layout.Channels && Planes.AreOf(x);
        x = Input.Layout == Layout.Channels && !isPlanes ? lowering.ChannelsLast(x) : lowering.RowMajor(x);
        Buffer mean = lowering.Parameter(Name, "mean", Channels), variance = lowering.Parameter(Name, "variance", Channels);
        Value y = x with { Buffer = lowering.Activation(Name, "", Input.Size) };
        Expr factor = 1.0 / Expr.Call(Function.Sqrt, Expr.Var("variance"));
        lowering.Add(new ChannelMap(
            lowering.Method(Name), EquatableArray.Of(new Source("x", x.Buffer)), EquatableArray.Of(new Source("mean", mean), new Source("variance", variance)),
            EquatableArray.Of(("factor", factor)), y.Buffer, Access.Overwrite, (Expr.Var("x") - Expr.Var("mean")) * Expr.Var("factor"), Input.Size / Channels, Channels,
            $"({x.Buffer.Name} - {mean.Name}) / sqrt({variance.Name})", isPlanes) { HasLanes = true });
        return y;
    }

    public static int ChannelsOf(Shape input) => input.Layout == Layout.Channels ? input.Dimensions[0] : input.Last;

    private static Initializer Start(EquatableArray<float> values) =>
        values.All(v => v == values[0]) ? new ConstantInitializer(values[0]) : new ValuesInitializer(values);
}

internal sealed class NormalizationDefinition : LayerDefinition
{
    public override string Name => "normalization";

    public override OptionKeys Keys => OptionKeys.Of("mean", "variance");

    public override bool TakesTrainable => false;

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        EquatableArray<float> mean = b.Options.Numbers("mean", 0, static _ => true, "a finite number");
        EquatableArray<float> variance = b.Options.Numbers("variance", 1, static v => v > 0, "above 0: its square root is divided by");
        if (b.Options.Node.Options.FirstOrDefault(static o => o.Key.Value == "trainable") is { } trainable)
        {
            b.Report(Rules.UnknownKey, trainable.Key.Span,
                $"{b.Options.Owner} has no option 'trainable': its mean and variance are statistics of the data, which no step changes; leave it out, or use batch_norm, which has a weight and a bias to train");
        }

        if (b.Input is not { } input)
            return null;
        b.Output = input;
        if (!LayoutRule.Decided(b, $"{b.Options.Owner} over {input}"))
            return null;
        Check(b, "mean", mean, input);
        Check(b, "variance", variance, input);
        return b.Failed ? null : new Normalization(b.Name, input, mean, variance);
    }

    /// <summary>A list has a number for each channel.</summary>
    private static void Check(LayerBinder b, string key, EquatableArray<float> values, Shape input)
    {
        int channels = Normalization.ChannelsOf(input);
        if (b.Options.Find(key) is not ListValue { Items.Count: > 0 } list || values.Count == channels)
            return;
        string what = input.Layout == Layout.Channels ? "channel" : "feature";
        b.Report(Rules.ShapeMismatch, list.Span,
            $"{b.Options.Owner}: '{key}' has {Counted(values.Count, "value")}, but '{b.Before}' before it gives {Counted(channels, what)}, {input}; write one for each, or a single number for all");
    }

    private static string Counted(int count, string what) => $"{CSharpLiteral.Grouped(count)} {what}{(count == 1 ? "" : "s")}";
}
