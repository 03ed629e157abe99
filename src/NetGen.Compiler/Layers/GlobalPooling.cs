using System.Collections.Generic;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>y = the largest element, or the mean, of each channel: <c>[C, …]</c> to <c>[C]</c>.</summary>
internal sealed record GlobalPooling(string Name, string Kind, Shape Input, bool IsMax) : Layer(Name, Kind, Input, Shape.Vector(Input.Dimensions[0]))
{
    public override bool KeepsValues => true;

    public override bool KeepsIndices => IsMax;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        // Channels of one element each are what they give.
        if (Input.Size == Output.Size)
            return new Value(x.Buffer, Output);
        x = x with { Shape = Input };
        bool isPlanes = Planes.AreOf(x);
        Buffer y = lowering.Activation(Name, "", Output.Size);
        lowering.Add(new Pool(
            lowering.Method(Name), IsMax, isPlanes ? x.Buffer : lowering.ChannelsLast(x).Buffer, y, PoolWindows.Whole(Input.Size / Output.Size, Output.Size, isPlanes), CountsEdges: false));
        return new Value(y, Output);
    }
}

/// <summary><c>global_max_pool</c> and <c>global_average_pool</c>.</summary>
internal sealed class GlobalPoolingDefinition(string name, bool isMax) : LayerDefinition
{
    public override string Name => name;

    public override OptionKeys Keys => OptionKeys.None;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (b.Input is not { } input)
            return null;
        b.Output = Shape.Vector(input.Layout == Layout.Sequence ? input.Last : input.Dimensions[0]);
        switch (input.Layout)
        {
            case Layout.Vector:
                string message = $"{b.Options.Owner} takes one number of each channel of [channels, …], but '{b.Before}' before it gives a vector of {input}";
                if (!b.ReportLastState(Rules.WrongRank, b.Options.Node.Kind.Span, message, asChannels: true) && !b.ReportFlattened(message, 2, 3))
                    b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, $"{message}; leave it out, or put reshape before what makes a vector of it");
                b.Output = null;
                return null;
            case Layout.Undecided:
                LayoutRule.Decided(b, $"{b.Options.Owner} takes one number of each channel of {input}", "layout: channels } (of a sequence, put permute: [1, 0] before it)");
                b.Output = null;
                return null;
            case Layout.Sequence:
                b.ReportLayout(
                    $"{b.Options.Owner} takes [channels, …], but '{b.Before}' before it gives the sequence {input}{(b.DecidedBy is { } by ? $", as '{by}' reads it" : "")}", ", for one number of each feature");
                return null;
            default:
                return b.Failed ? null : new GlobalPooling(b.Name, name, input, isMax);
        }
    }
}
