using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>What joins several values element by element: their sum, their product and the like.</summary>
/// <param name="does">What it does with them, for messages: <c>adds</c>.</param>
internal sealed class MergeDefinition(string name, string does) : LayerDefinition
{
    public override string Name => name;

    public override OptionKeys Keys => OptionKeys.WithMain("from");

    public override bool TakesSeveral => true;

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (Layouts.Common(b) is not { } shape)
            return null;
        int[] sizes = [.. shape.Dimensions];
        // Where the size of each axis comes from.
        LayerInput[] from = [.. sizes.Select(_ => b.Inputs[0])];
        foreach (LayerInput input in b.Inputs.Skip(1))
        {
            if (input.Shape is not { } other)
                continue;
            if (other.Rank != shape.Rank)
            {
                ReportRank(b, shape, other, input);
                return null;
            }

            for (int axis = 0; axis < sizes.Length; axis++)
            {
                int size = other.Dimensions[axis];
                if (size == sizes[axis] || size == 1)
                    continue;
                if (sizes[axis] != 1)
                {
                    ReportAxis(b, axis, from[axis], input);
                    return null;
                }

                (sizes[axis], from[axis]) = (size, input);
            }
        }

        // An axis of one may be stretched by what is not known.
        bool isKnown = b.Inputs.All(static i => i.Shape is not null);
        if (!isKnown && sizes.Contains(1))
            return null;
        if (!ShapeSize.Fits(b, sizes.Select(static s => (long)s)))
            return null;
        b.Output = shape with { Dimensions = sizes.ToEquatable() };
        return b.Failed || !isKnown ? null : new Merge(b.Name, name, shape, b.Output);
    }

    private string MessageOf(LayerBinder b, LayerInput first, LayerInput other) =>
        $"{b.Options.Owner} {does} {first.Shape} from '{first.Name}' and {other.Shape} from '{other.Name}'";

    private void ReportRank(LayerBinder b, Shape shape, Shape other, LayerInput input)
    {
        string message = MessageOf(b, b.Inputs[0], input) + ", but takes shapes of equal ranks";
        if (b.ReportLastStateBeside(shape, other, input, message))
            return;
        (Shape large, Shape vector, string name) = shape.Rank > other.Rank ? (shape, other, input.Name) : (other, shape, b.Before);
        string remedy = "make them equal, as with flatten or reshape";
        // What is one number for each channel, or for each feature, is likely meant to be stretched.
        if (vector.Rank == 1 && large.Layout == Layout.Channels && vector.Last == large.Dimensions[0])
            remedy = $"put reshape: [{vector.Last}{string.Concat(Enumerable.Repeat(", 1", large.Rank - 1))}] behind '{name}', for one number of each channel";
        else if (vector.Rank == 1 && large.Layout == Layout.Sequence && vector.Last == large.Last)
            remedy = $"put reshape: [1, {vector.Last}] behind '{name}', for one number of each feature";
        b.Report(Rules.ShapeMismatch, input.Span, $"{message}; {remedy}");
    }

    private void ReportAxis(LayerBinder b, int axis, LayerInput first, LayerInput input)
    {
        Shape shape = first.Shape!, other = input.Shape!;
        string remedy = shape.Layout == Layout.Channels || other.Layout == Layout.Channels
            ? "make them equal, as with a convolution of kernel_size: 1, a pool or zero_pad"
            : axis == shape.Rank - 1 ? $"make them equal, as with dense: {shape.Last}"
            : "make them equal, as with flatten or reshape";
        string where = shape.Rank == 1 ? "but sizes are to be equal, or 1, which is stretched"
            : $"but axis {axis} is {shape.Dimensions[axis]} and {other.Dimensions[axis]}: sizes are to be equal, or 1, which is stretched";
        b.Report(Rules.ShapeMismatch, input.Span, $"{MessageOf(b, first, input)}, {where}; {remedy}");
    }
}

/// <summary>What several values that are joined are together.</summary>
internal static class Layouts
{
    /// <summary>
    /// The shape of the first, in the layout that any of them has decided; null after an error, or where one makes the first unknown. One that is a sequence
    /// and one that has channels do not go together.
    /// </summary>
    public static Shape? Common(LayerBinder b)
    {
        if (b.Input is not { } first)
            return null;
        LayerInput decided = b.Inputs.FirstOrDefault(static i => i.Shape is { Layout: not Layout.Undecided }) ?? b.Inputs[0];
        foreach (LayerInput input in b.Inputs)
        {
            if (input.Shape is not { Rank: 2 } shape || first.Rank != 2 || shape.Layout == Layout.Undecided || decided.Shape is not { Rank: 2 } other
                || shape.Layout == other.Layout)
                continue;
            b.Report(Rules.WrongLayout, input.Span,
                $"{b.Options.Owner} takes values of one layout, but '{decided.Name}' gives {other} and '{input.Name}' gives {shape}; put permute: [1, 0] behind one of them");
            return null;
        }

        return first.Rank == 2 && decided.Shape is { Rank: 2 } known ? first with { Layout = known.Layout } : first;
    }
}
