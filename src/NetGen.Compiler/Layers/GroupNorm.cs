using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = (x - mean) weight / √(variance + ε) + bias, with the mean and the variance over all places of a group of neighbouring channels: of a sequence,
/// features at all steps; of a vector, elements. Weight and bias are a channel's own. A group for each channel is instance norm.
/// Y. Wu, K. He, "Group Normalization" (2018); D. Ulyanov, A. Vedaldi, V. Lempitsky, "Instance Normalization" (2016).
/// </summary>
/// <param name="Options">Whether there are a weight and a bias.</param>
internal sealed record GroupNorm(string Name, string Kind, Shape Input, int Groups, float Epsilon, NormOptions Options) : Layer(Name, Kind, Input, Input)
{
    private int Channels => Normalization.ChannelsOf(Input);

    public override EquatableArray<Parameter> Parameters => Options.Parameters(Channels);

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        // As it stands: planes, or the channels of each place.
        x = x with { Shape = Input };
        bool isPlanes = Input.Layout == Layout.Channels && x.Order == Order.RowMajor;
        var channels = new GroupedChannels(Groups, Channels / Groups, Input.Size / Channels, isPlanes);
        Buffer? weight = Options.Scales ? lowering.Parameter(Name, "weight", Channels) : null,
            bias = Options.Centers ? lowering.Parameter(Name, "bias", Channels) : null;
        Value y = x with { Buffer = lowering.Activation(Name, "", Input.Size) };
        Buffer mean = lowering.Activation(Name, "Mean", Groups), variance = lowering.Activation(Name, "Variance", Groups),
            inverse = lowering.Activation(Name, "Inverse", Groups);
        PlacedSource values = channels.OfValues("x", x.Buffer);
        Expr ofX = Expr.Var("x"), from = ofX - Expr.Var("mean");
        string method = lowering.Method(Name, "");
        channels.AddMean(lowering.Add, method + "Mean", [values], mean, ofX, x.Buffer.Name);
        PlacedSource ofMean = channels.OfGroups(lowering.Add, method, "Mean", "mean", mean);
        channels.AddMean(lowering.Add, method + "Variance", [values, ofMean], variance, from * from, $"({x.Buffer.Name} - {mean.Name})²");
        lowering.Add(new Map(method + "Inverse", variance, inverse, 1.0 / Expr.Call(Function.Sqrt, Map.X0 + Epsilon), "1 / sqrt(ε + x)"));
        lowering.Add(new GroupNormalize(method + "Normalize", channels, x.Buffer, ofMean,
            channels.OfGroups(lowering.Add, method, "Inverse", "inverse", inverse), weight, bias, y.Buffer));
        return y;
    }
}

/// <summary><c>group_norm</c>, and <c>instance_norm</c>, of which each channel is a group.</summary>
internal sealed class GroupNormDefinition(string name, bool hasGroups) : LayerDefinition
{
    public override string Name => name;

    public override OptionKeys Keys => hasGroups ? OptionKeys.WithMain("groups", "epsilon", "scale", "center") : OptionKeys.Of("epsilon", "scale", "center");

    public override EquatableArray<string> ParameterNames => EquatableArray.Of("weight", "bias");

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        int? stated = hasGroups ? b.Options.RequiredInteger("groups", 1, int.MaxValue, "4") : 1;
        float epsilon = b.Options.Number("epsilon", 1e-5f, static v => v > 0, "above 0: it keeps the division from one by 0");
        NormOptions options = NormOptions.Read(b);
        b.Output = b.Input;
        if (b.Input is not { } input || !LayoutRule.Decided(b, $"{b.Options.Owner} over {input}") || stated is not { } groups)
            return null;
        int channels = Normalization.ChannelsOf(input);
        string what = input.Layout switch { Layout.Channels => "channels", Layout.Sequence => "features", _ => "elements" };
        if (hasGroups && channels % groups != 0)
        {
            int[] right = [.. Enumerable.Range(1, channels).Where(g => channels % g == 0)];
            int nearest = right.OrderBy(g => Math.Abs((long)g - groups)).First();
            b.Report(Rules.OutOfRange, b.Options.SpanOf("groups"),
                $"{b.Options.Owner} has groups: {groups}, which does not divide the {channels} {what} that '{b.Before}' gives; write a number that does, such as {nearest}");
            return null;
        }

        groups = hasGroups ? groups : channels;
        if (input.Size == groups)
        {
            string remedy = hasGroups && channels > 1 ? "write fewer groups" : input.Layout == Layout.Vector ? "use layer_norm, which is over all of a vector"
                : "use batch_norm, which is over the samples, or leave it out";
            b.Report(Rules.ShapeMismatch, hasGroups ? b.Options.SpanOf("groups") : b.Options.Node.Kind.Span,
                $"{b.Options.Owner} normalizes {(hasGroups ? "groups" : what)} of a single value each, as '{b.Before}' before it gives {input}, which leaves nothing of them; {remedy}");
            return null;
        }

        return b.Failed ? null : new GroupNorm(b.Name, name, input, groups, epsilon, options);
    }
}
