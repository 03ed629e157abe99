using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// Axis k of the output is axis <c>Axes[k]</c> of the input. Where the result stands in memory already, as a sequence with its axes exchanged
/// does (channels last), nothing is moved.
/// </summary>
internal sealed record Permute(string Name, Shape Input, Shape Output, EquatableArray<int> Axes) : Layer(Name, "permute", Input, Output)
{
    public override bool IsTransparent => Axes.Select(static (axis, k) => axis == k).All(static same => same);

    public override bool KeepsValues => true;

    public override string? StepObstacle(int time) => null;

    public override int? TimeOfOutput(int time) => Axes.ToList().IndexOf(time);

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        EquatableArray<int> strides = Axes.Select(axis => x.Strides[axis]).ToEquatable();
        foreach (Order order in new[] { Order.RowMajor, Order.ChannelsLast })
        {
            EquatableArray<int> wanted = Value.StridesOf(Output.Dimensions, order);
            if (Enumerable.Range(0, Output.Rank).All(k => Output.Dimensions[k] == 1 || strides[k] == wanted[k]))
                return new Value(x.Buffer, Output, order);
        }

        var y = new Value(lowering.Activation(Name, "", Output.Size), Output);
        lowering.Add(new Rearrange(
            lowering.Method(Name), x.Buffer, y.Buffer, Access.Overwrite,
            Rearrange.Ordered(Output.Dimensions.Select((d, k) => new WalkedAxis(d, strides[k], y.Strides[k]))), 0, 0, null, "permute"));
        return y;
    }
}

internal sealed class PermuteDefinition : LayerDefinition
{
    public override string Name => "permute";

    public override OptionKeys Keys => OptionKeys.WithMain("axes");

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (b.Options.Find("axes") is not { } value)
        {
            b.Options.ReportMissing("axes", $"{b.Options.Owner} needs 'axes', the input's axis for each of the output's; write permute: [1, 0]");
            return null;
        }

        if (value is not ListValue list)
        {
            b.Report(Rules.WrongKind, value.Span, $"{b.Options.Owner}: 'axes' is a list of axes, not {Node.Describe(value)}; write permute: [1, 0]");
            return null;
        }

        var axes = new List<int>();
        foreach (SpecValue item in list.Items)
        {
            if (item is not ScalarValue scalar || !CoreSchema.TryInteger(scalar, out long axis))
            {
                b.Report(Rules.WrongKind, item.Span, $"{b.Options.Owner}: 'axes' is a list of whole numbers, not {Node.Describe(item)}; write permute: [1, 0]");
                return null;
            }

            if (axis < 0 || axis >= list.Items.Count || axes.Contains((int)axis))
            {
                b.Report(Rules.OutOfRange, item.Span, axes.Contains((int)axis) && axis >= 0
                    ? $"{b.Options.Owner}: 'axes' lists {axis} twice; each axis from 0 to {list.Items.Count - 1} stands once"
                    : $"{b.Options.Owner}: 'axes' lists {Node.Shorten(scalar.Text)}, but must hold each axis from 0 to {list.Items.Count - 1} once (0 is the first of a sample)");
                return null;
            }

            axes.Add((int)axis);
        }

        if (b.Input is not { } input)
            return null;
        if (axes.Count != input.Rank)
        {
            string message = $"{b.Options.Owner} orders {axes.Count} axes, but '{b.Before}' before it gives {input}, which has {input.Rank}";
            if (axes.Count != 2 || !b.ReportLastState(Rules.WrongRank, value.Span, message))
                b.Report(Rules.WrongRank, value.Span, message);
            return null;
        }

        bool exchanges = axes.Count == 2 && axes[0] == 1;
        Layout layout = (input.Layout, exchanges) switch
        {
            (Layout.Sequence, true) => Layout.Channels,
            (Layout.Channels, true) => Layout.Sequence,
            _ => input.Layout,
        };
        b.Output = new Shape(axes.Select(a => input.Dimensions[a]).ToEquatable(), layout);
        return b.Failed ? null : new Permute(b.Name, input, b.Output, axes.ToEquatable());
    }
}
