using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>The same values in row-major order, with other axes.</summary>
internal sealed record Reshape(string Name, Shape Input, Shape Output) : Layer(Name, "reshape", Input, Output)
{
    public override bool IsTransparent => Input == Output;

    public override bool KeepsValues => true;

    public override string? StepObstacle(int time) => Input.IsLine && Output is { Rank: <= 2, IsLine: true } ? null : base.StepObstacle(time);

    public override int? TimeOfOutput(int time) => Output.Dimensions[0] == Input.Size ? 0 : 1;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others) => lowering.RowMajor(x) with { Shape = Output };
}

internal sealed class ReshapeDefinition : LayerDefinition
{
    private const int MaxRank = 8;

    public override string Name => "reshape";

    public override OptionKeys Keys => OptionKeys.WithMain("shape");

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (b.Options.Find("shape") is not { } value)
        {
            b.Options.ReportMissing("shape", $"{b.Options.Owner} needs 'shape', the sizes of its output; write reshape: [4, 8]");
            return null;
        }

        IReadOnlyList<SpecValue> items = value is ListValue list ? list.Items : [value];
        if (items.Count is 0 or > MaxRank)
        {
            b.Report(Rules.OutOfRange, value.Span, $"{b.Options.Owner}: 'shape' has {items.Count} sizes, but must have 1 to {MaxRank}; write reshape: [4, 8]");
            return null;
        }

        var sizes = new List<long>();
        foreach (SpecValue item in items)
        {
            if (item is not ScalarValue scalar || !(CoreSchema.TryInteger(scalar, out long size) || CoreSchema.IsIntegerTooLarge(scalar)))
            {
                b.Report(Rules.WrongKind, item.Span, $"{b.Options.Owner}: 'shape' is a list of whole numbers, not {Node.Describe(item)}; write reshape: [4, 8]");
                return null;
            }

            if (!CoreSchema.TryInteger(scalar, out size) || size is 0 or < -1 or > ShapeSize.Largest || (size == -1 && sizes.Contains(-1)))
            {
                b.Report(Rules.OutOfRange, item.Span, size == -1 ? $"{b.Options.Owner}: 'shape' has -1 twice, but only one size can be what is left"
                    : $"{b.Options.Owner}: 'shape' holds {Node.Shorten(scalar.Text)}, but a size is at least 1, or -1 for what is left");
                return null;
            }

            sizes.Add(size);
        }

        return b.Input is null ? null : Bind(b, value, sizes);
    }

    private static Reshape? Bind(LayerBinder b, SpecValue value, List<long> sizes)
    {
        Shape input = b.Input!;
        if (!ShapeSize.Fits(b, sizes.Where(static s => s > 0)))
            return null;
        long others = sizes.Where(static s => s > 0).Aggregate(1L, static (product, s) => product * s);
        int left = sizes.IndexOf(-1);
        if (left >= 0 ? input.Size % others != 0 : input.Size != others)
        {
            string written = $"[{string.Join(", ", sizes)}]";
            b.Report(Rules.ShapeMismatch, value.Span, left >= 0
                ? $"{b.Options.Owner} makes {written} of the {CSharpLiteral.Grouped(input.Size)} values of {input} from '{b.Before}', which {CSharpLiteral.Grouped(others)} does not divide"
                : $"{b.Options.Owner} makes {written}, which are {CSharpLiteral.Grouped(others)} values, of {input} from '{b.Before}', which are {CSharpLiteral.Grouped(input.Size)}; write -1 for the size that is to be what is left");
            return null;
        }

        if (left >= 0)
            sizes[left] = input.Size / others;
        b.Output = Shape.Of(sizes.Select(static s => (int)s).ToEquatable());
        return b.Failed ? null : new Reshape(b.Name, input, b.Output);
    }
}
