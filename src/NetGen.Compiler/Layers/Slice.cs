using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>Place k along an axis is place Start + k Step of the input: <c>slice</c>, and <c>reverse</c>, which takes all from the last to the first.</summary>
internal sealed record Slice(string Name, string Kind, Shape Input, Shape Output, int Axis, int Start, int Step) : Layer(Name, Kind, Input, Output)
{
    public override bool IsTransparent => Input == Output && Start == 0;

    public override bool KeepsValues => true;

    public override string? StepObstacle(int time) => Axis != time ? null : Kind == "reverse" ? "begins with the last step" : "takes a part of the steps";

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        if (IsTransparent)
            return x;
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, x.Order);
        lowering.Add(new Rearrange(
            lowering.Method(Name), x.Buffer, y.Buffer, Access.Overwrite,
            Rearrange.Ordered(Output.Dimensions.Select((d, axis) => new WalkedAxis(d, x.Strides[axis] * (axis == Axis ? Step : 1), y.Strides[axis]))),
            Start * x.Strides[Axis], 0, null, Kind));
        return y;
    }
}

internal sealed class SliceDefinition : LayerDefinition
{
    private const int Farthest = int.MaxValue;

    public override string Name => "slice";

    public override OptionKeys Keys => OptionKeys.Of("axis", "start", "stop", "step");

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        int? Read(string key, string example) => b.Options.Integer(key, -Farthest, Farthest, example);
        int? axis = b.Options.Find("axis") is null ? 0 : b.Options.Integer("axis", -8, 7, "0");
        int? step = b.Options.Find("step") is null ? 1 : Read("step", "2");
        (int? from, int? to) = (Read("start", "1"), Read("stop", "-1"));
        if (step == 0)
            b.Report(Rules.OutOfRange, b.Options.SpanOf("step"), $"{b.Options.Owner}: 'step' is 0, which leads nowhere; write 1 for each element, 2 for every other, or -1 to go back");
        return b.Failed || b.Input is null ? null : Bind(b, axis!.Value, from, to, step!.Value);
    }

    private static Slice? Bind(LayerBinder b, int axis, int? from, int? to, int step)
    {
        Shape input = b.Input!;
        if (axis < -input.Rank || axis >= input.Rank)
        {
            string outside = $"{b.Options.Owner} takes a part of axis {axis}, but {input} from '{b.Before}' has {(input.Rank == 1 ? "the axis 0 alone" : $"the axes 0 to {input.Rank - 1}")}";
            if (input.Rank != 1 || !b.ReportLastState(Rules.OutOfRange, b.Options.SpanOf("axis"), outside))
                b.Report(Rules.OutOfRange, b.Options.SpanOf("axis"), outside);
            return null;
        }

        axis = axis < 0 ? axis + input.Rank : axis;
        int size = input.Dimensions[axis];
        (int start, int count) = Taken(size, from, to, step);
        if (count == 0)
        {
            (string Key, int? Value)[] given = [("start", from), ("stop", to), ("step", step == 1 ? null : step)];
            string bounds = string.Join(", ", given.Where(static k => k.Value is not null).Select(static k => $"{k.Key}: {k.Value}"));
            b.Report(Rules.OutOfRange, b.Options.SpanOf(to is null ? "start" : "stop"),
                $"{b.Options.Owner} takes nothing: axis {axis} of {input} from '{b.Before}' has {size} elements, 0 to {size - 1}, of which {bounds} leaves none; "
                + (step > 0 ? "stop is the first that is not taken, so write one above start" : "going back, stop is the first that is not taken, so write one below start, or leave it out"));
            return null;
        }

        b.Output = input with { Dimensions = input.Dimensions.Select((d, k) => k == axis ? count : d).ToEquatable() };
        return new Slice(b.Name, "slice", input, b.Output, axis, start, step);
    }

    /// <summary>The first element and how many there are, by the rules of Python: what lies beyond an end is that end.</summary>
    private static (int Start, int Count) Taken(int size, int? from, int? to, int step)
    {
        long Place(int bound) => bound < 0 ? bound + (long)size : bound;
        // Going on, places end behind the last one; going back, before the first.
        (int least, int most) = step > 0 ? (0, size) : (-1, size - 1);
        long Bound(int? given, int otherwise) => given is { } bound ? Math.Min(Math.Max(Place(bound), least), most) : otherwise;
        long start = Bound(from, step > 0 ? least : most), stop = Bound(to, step > 0 ? most : least);
        long way = step > 0 ? stop - start : start - stop, stride = Math.Abs((long)step);
        return ((int)start, (int)Math.Max(0, (way + stride - 1) / stride));
    }
}
