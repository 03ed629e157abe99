using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Layers;

/// <summary>Several values one behind the other along an axis.</summary>
internal sealed record Concat(string Name, Shape Input, Shape Output, int Axis) : Layer(Name, "concat", Input, Output)
{
    public override string? StepObstacle(int time) => Axis == time ? "joins along the time" : null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, x.Order);
        int at = 0;
        int part = 0;
        foreach (Value value in others.Prepend(x))
        {
            lowering.Add(new Rearrange(
                lowering.Method(Name, part == 0 ? "Forward" : Invariant($"Part{part + 1}")), value.Buffer, y.Buffer, Access.Overwrite,
                Rearrange.Ordered(value.Shape.Dimensions.Select((d, axis) => new WalkedAxis(d, value.Strides[axis], y.Strides[axis]))),
                0, at * y.Strides[Axis], null, Invariant($"part {part + 1} of {others.Count + 1}: ")));
            at += value.Shape.Dimensions[Axis];
            part++;
        }

        return y;
    }
}

internal sealed class ConcatDefinition : LayerDefinition
{
    public override string Name => "concat";

    public override OptionKeys Keys => OptionKeys.WithMain("from", "axis");

    public override bool TakesSeveral => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        int? stated = b.Options.Find("axis") is null ? 0 : b.Options.Integer("axis", -8, 7, "0");
        if (Layouts.Common(b) is not { } shape || stated is not { } axis)
            return null;
        if (axis < -shape.Rank || axis >= shape.Rank)
        {
            string message = $"{b.Options.Owner} joins along axis {axis}, but {shape} from '{b.Before}' has the axes 0 to {shape.Rank - 1}";
            if (shape.Rank != 1 || !b.ReportLastState(Rules.ShapeMismatch, b.Inputs[0].Span, message))
                b.Report(Rules.OutOfRange, b.Options.SpanOf("axis"), message);
            return null;
        }

        axis = axis < 0 ? axis + shape.Rank : axis;
        long size = shape.Dimensions[axis];
        bool known = true;
        foreach (LayerInput input in b.Inputs.Skip(1))
        {
            if (input.Shape is not { } other)
            {
                known = false;
                continue;
            }

            if (other.Rank != shape.Rank || Enumerable.Range(0, shape.Rank).Any(k => k != axis && other.Dimensions[k] != shape.Dimensions[k]))
            {
                string misfit = $"{b.Options.Owner} joins {shape} from '{b.Before}' and {other} from '{input.Name}' along axis {axis}, but they may differ in that axis only";
                if (b.ReportLastStateBeside(shape, other, input, misfit))
                    return null;
                b.Report(Rules.ShapeMismatch, input.Span, $"{misfit}{(other.Rank == shape.Rank ? "" : "; put flatten or reshape before it")}");
                return null;
            }

            size += other.Dimensions[axis];
        }

        if (!known)
            return null;
        if (!ShapeSize.Fits(b, shape.Dimensions.Select((d, k) => k == axis ? size : d)))
            return null;
        b.Output = shape with { Dimensions = shape.Dimensions.Select((d, k) => k == axis ? (int)size : d).ToEquatable() };
        return b.Failed ? null : new Concat(b.Name, shape, b.Output, axis);
    }
}
