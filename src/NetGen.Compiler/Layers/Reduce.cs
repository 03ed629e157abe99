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
/// y = the mean, the sum, the largest or the smallest element over some axes, which go, or stay with one element. Of the largest and the smallest, elements
/// that are equal share the gradient, as PyTorch's amax has it.
/// </summary>
/// <param name="Axes">From 0, each once, in order.</param>
internal sealed record Reduce(string Name, string Kind, Shape Input, Shape Output, EquatableArray<int> Axes, bool KeepsDimensions)
    : Layer(Name, Kind, Input, Output)
{
    /// <summary>Of values from 0 to 1 it gives such a one.</summary>
    public bool KeepsProbabilities => Kind != "reduce_sum";

    public override string? StepObstacle(int time) => Axes.Contains(time) ? base.StepObstacle(time) : null;

    public override int? TimeOfOutput(int time) => KeepsDimensions ? time : time - Axes.Count(axis => axis < time);

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        x = x with { Shape = Input };
        // What is left stands in the order of what there was.
        Order order = Axes.Contains(0) || Output.Rank == 1 ? Order.RowMajor : x.Order;
        if (Input.Size == Output.Size)
            return new Value(x.Buffer, Output, order);
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, order);
        EquatableArray<int> kept = y.Strides;
        int[] strides = [.. Enumerable.Range(0, Input.Rank).Select(axis => Axes.Contains(axis) ? 0 : kept[KeepsDimensions ? axis : TimeOfOutput(axis)!.Value])];
        int count = Input.Size / Output.Size;
        var axes = PlacedAxes.Of(Input.Dimensions, strides, [new PlacedSource("x", x.Buffer, x.Strides)], x.Strides);
        ReductionKind kind = Kind switch { "reduce_max" => ReductionKind.Max, "reduce_min" => ReductionKind.Min, _ => ReductionKind.Sum };
        string what = Kind switch { "reduce_max" => "largest", "reduce_min" => "smallest", "reduce_sum" => "sum", _ => "mean" };
        lowering.Add(new Reduction(
            lowering.Method(Name), kind, axes, y.Buffer, Access.Overwrite, Map.X0, Kind == "reduce_mean" ? (float)(1.0 / count) : 1,
            $"{what} of {(Output.Size == 1 ? "all" : $"each {count}")} of {x.Buffer.Name}"));
        return y;
    }
}

/// <summary><c>reduce_mean</c>, <c>reduce_sum</c>, <c>reduce_max</c> and <c>reduce_min</c>.</summary>
internal sealed class ReduceDefinition(string name) : LayerDefinition
{
    public override string Name => name;

    public override OptionKeys Keys => OptionKeys.WithMain("axes", "keep_dims");

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        bool keeps = b.Options.Boolean("keep_dims", false);
        List<(long Axis, SpecValue Value)>? listed = ReadAxes(b);
        if (listed is null || b.Input is not { } input)
            return null;
        var axes = new List<int>();
        foreach ((long stated, SpecValue value) in listed)
        {
            long axis = stated < 0 ? stated + input.Rank : stated;
            if (axis < 0 || axis >= input.Rank)
            {
                string message = $"{b.Options.Owner} reduces axis {stated}, but '{b.Before}' before it gives {input}, whose axes are 0 to {input.Rank - 1}, or from the end -1 to {-input.Rank}";
                if (input.Rank != 1 || !b.ReportLastState(Rules.OutOfRange, value.Span, message))
                    b.Report(Rules.OutOfRange, value.Span, message);
                return null;
            }

            if (axes.Contains((int)axis))
            {
                b.Report(Rules.OutOfRange, value.Span,
                    $"{b.Options.Owner}: 'axes' lists axis {axis} of {input} twice{(stated < 0 ? $", as {stated} too" : "")}; once is enough");
                return null;
            }

            axes.Add((int)axis);
        }

        if (listed.Count == 0)
            axes.AddRange(Enumerable.Range(0, input.Rank));
        axes.Sort();
        b.Output = OutputOf(input, axes, keeps);
        return b.Failed ? null : new Reduce(b.Name, name, input, b.Output, axes.ToEquatable(), keeps);
    }

    /// <summary>Without the axes, or with one element on each; one value is left at least.</summary>
    private static Shape OutputOf(Shape input, List<int> axes, bool keeps)
    {
        if (keeps)
            return input with { Dimensions = input.Dimensions.Select((d, axis) => axes.Contains(axis) ? 1 : d).ToEquatable() };
        int[] left = [.. Enumerable.Range(0, input.Rank).Where(axis => !axes.Contains(axis))];
        Shape shape = left.Length == 0 ? Shape.Vector(1) : Shape.Of(left.Select(axis => input.Dimensions[axis]).ToEquatable());
        // Channels without one of their other axes are channels.
        return input.Layout == Layout.Channels && left.Length > 1 && left[0] == 0 ? shape with { Layout = Layout.Channels } : shape;
    }

    /// <summary>One axis, or a list of them; none where there is no such key, null after an error.</summary>
    private static List<(long Axis, SpecValue Value)>? ReadAxes(LayerBinder b)
    {
        if (b.Options.Find("axes") is not { } value)
            return [];
        string example = $"write {b.Options.Node.Kind.Value}: -1 for the last axis, or leave it out for all";
        if (value is ListValue { Items.Count: 0 })
        {
            b.Report(Rules.OutOfRange, value.Span, $"{b.Options.Owner}: 'axes' is an empty list; {example}");
            return null;
        }

        var axes = new List<(long Axis, SpecValue Value)>();
        SpecValue[] items = value is ListValue list ? [.. list.Items] : [value];
        foreach (SpecValue item in items)
        {
            if (item is not ScalarValue scalar || !CoreSchema.TryInteger(scalar, out long axis))
            {
                b.Report(Rules.WrongKind, item.Span, $"{b.Options.Owner}: 'axes' is a whole number, or a list of them, not {Node.Describe(item)}; {example}");
                return null;
            }

            axes.Add((axis, item));
        }

        return axes;
    }
}
