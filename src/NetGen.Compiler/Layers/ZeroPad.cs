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

/// <summary>The input between zeros, before and after it along its length, height and width; along the time of a sequence.</summary>
/// <param name="Edges">Zeros before and after, for each axis.</param>
internal sealed record ZeroPad(string Name, Shape Input, Shape Output, EquatableArray<(int Before, int After)> Edges) : Layer(Name, "zero_pad", Input, Output)
{
    public override bool IsTransparent => Input == Output;

    public override string? StepObstacle(int time) => IsTransparent ? null : "adds steps to the sequence";

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        if (IsTransparent)
            return x;
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, x.Order);
        lowering.Add(new Rearrange(
            lowering.Method(Name), x.Buffer, y.Buffer, Access.Overwrite,
            Rearrange.Ordered(Input.Dimensions.Select((d, axis) => new WalkedAxis(d, x.Strides[axis], y.Strides[axis]))),
            0, Edges.Select((e, axis) => e.Before * y.Strides[axis]).Sum(), 0, "pad"));
        return y;
    }
}

internal sealed class ZeroPadDefinition : LayerDefinition
{
    private const int MaxZeros = 1 << 20;

    public override string Name => "zero_pad";

    public override OptionKeys Keys => OptionKeys.WithMain("padding");

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (b.Options.Find("padding") is not { } value)
        {
            b.Options.ReportMissing("padding", $"{b.Options.Owner} needs 'padding', the zeros at each edge; write zero_pad: 1");
            return null;
        }

        IReadOnlyList<SpecValue> items = value is ListValue list ? list.Items : [value];
        var zeros = new List<int>();
        foreach (SpecValue item in items)
        {
            if (item is not ScalarValue scalar || !(CoreSchema.TryInteger(scalar, out long number) || CoreSchema.IsIntegerTooLarge(scalar)))
            {
                b.Report(Rules.WrongKind, item.Span, $"{b.Options.Owner}: 'padding' is a whole number or a list of them, not {Node.Describe(item)}; write e.g. zero_pad: 1");
                return null;
            }

            if (!CoreSchema.TryInteger(scalar, out number) || number is < 0 or > MaxZeros)
            {
                b.Report(Rules.OutOfRange, item.Span, $"{b.Options.Owner}: 'padding' holds {Node.Shorten(scalar.Text)}, but must be from 0 to {CSharpLiteral.Grouped(MaxZeros)}");
                return null;
            }

            zeros.Add((int)number);
        }

        return b.Input is null ? null : Bind(b, value, zeros);
    }

    private static ZeroPad? Bind(LayerBinder b, SpecValue value, List<int> zeros)
    {
        Shape input = b.Input!;
        if (!LayoutRule.Decided(b, $"{b.Options.Owner} pads {input}"))
            return null;

        if (input.Rank is 1 or > 3)
        {
            string message = $"{b.Options.Owner} takes [channels, length], [channels, height, width] or a sequence, but '{b.Before}' before it gives {input}";
            if (!b.ReportLastState(Rules.WrongRank, b.Options.Node.Kind.Span, message))
                b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, message + (input.Rank == 1 ? $"; put reshape: [1, {input.Size}] before it" : ""), input.Rank == 1 ? b.InsertBefore("reshape", $"[1, {input.Size}]") : []);
            return null;
        }

        int sides = 2 * (input.Rank - 1);
        if (zeros.Count is not 1 && zeros.Count != sides)
        {
            b.Report(Rules.WrongRank, value.Span, $"{b.Options.Owner}: 'padding' lists {zeros.Count} numbers, but {input} from '{b.Before}' has {sides} edges; write "
                + (sides == 2 ? "zero_pad: [before, after]" : "zero_pad: [top, bottom, left, right]") + ", or one number for all");
            return null;
        }

        int[] all = zeros.Count == sides ? [.. zeros] : [.. Enumerable.Repeat(zeros[0], sides)];
        // The axis of the features, or of the channels, keeps its size.
        int first = input.Layout == Layout.Sequence ? 0 : 1;
        var edges = new (int Before, int After)[input.Rank];
        for (int k = 0; k < sides / 2; k++)
            edges[first + k] = (all[2 * k], all[(2 * k) + 1]);
        if (!ShapeSize.Fits(b, input.Dimensions.Select((d, axis) => (long)d + edges[axis].Before + edges[axis].After)))
            return null;
        b.Output = input with { Dimensions = input.Dimensions.Select((d, axis) => d + edges[axis].Before + edges[axis].After).ToEquatable() };
        return b.Failed ? null : new ZeroPad(b.Name, input, b.Output, edges.ToEquatable());
    }
}
