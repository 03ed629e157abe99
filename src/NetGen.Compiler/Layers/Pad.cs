using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>The input with elements before and after it along its length, height and width; along the time of a sequence.</summary>
/// <param name="Edges">How many before and after, for each axis.</param>
/// <param name="Mode">What they are.</param>
/// <param name="Constant">The number, where they are one.</param>
internal sealed record Pad(
    string Name, string Kind, Shape Input, Shape Output, EquatableArray<(int Before, int After)> Edges, PadMode Mode = PadMode.Constant, float Constant = 0)
    : Layer(Name, Kind, Input, Output)
{
    public override bool IsTransparent => Input == Output;

    public override bool KeepsValues => IsTransparent || Mode != PadMode.Constant || Constant is >= 0 and <= 1;

    public override bool KeepsIndices => IsTransparent || Mode != PadMode.Constant || Constant == 0;

    public override string? StepObstacle(int time) => IsTransparent ? null : "adds steps to the sequence";

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        if (IsTransparent)
            return x;
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, x.Order);
        lowering.Add(Mode == PadMode.Constant
            ? new Rearrange(
                lowering.Method(Name), x.Buffer, y.Buffer, Access.Overwrite,
                Rearrange.Ordered(Input.Dimensions.Select((d, axis) => new WalkedAxis(d, x.Strides[axis], y.Strides[axis]))),
                0, Edges.Select((e, axis) => e.Before * y.Strides[axis]).Sum(), Constant, "pad")
            : new Extend(lowering.Method(Name), x.Buffer, y.Buffer, Extend.Joined(AxesIn(x.Order)), Mode == PadMode.Reflect));
        return y;
    }

    /// <summary>The axes in the order of memory.</summary>
    private IEnumerable<ExtendedAxis> AxesIn(Order order)
    {
        ExtendedAxis Of(int axis) => new(Input.Dimensions[axis], Edges[axis].Before, Edges[axis].After);
        IEnumerable<int> axes = Enumerable.Range(0, Input.Rank);
        return (order == Order.ChannelsLast ? axes.Skip(1).Append(0) : axes).Select(Of);
    }
}
