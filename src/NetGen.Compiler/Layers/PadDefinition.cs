using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary><c>zero_pad</c>; and <c>pad</c>, which says what it pads with.</summary>
internal sealed class PadDefinition(string name, bool hasMode) : LayerDefinition
{
    private const int MaxElements = 1 << 20;

    public override string Name => name;

    public override OptionKeys Keys => hasMode ? OptionKeys.WithMain("padding", "mode", "value") : OptionKeys.WithMain("padding");

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        (PadMode mode, float constant) = hasMode ? ReadMode(b) : (PadMode.Constant, 0);
        if (b.Options.Find("padding") is not { } value)
        {
            b.Options.ReportMissing("padding", $"{b.Options.Owner} needs 'padding', the {(hasMode ? "elements" : "zeros")} at each edge; write {name}: 1");
            return null;
        }

        IReadOnlyList<SpecValue> items = value is ListValue list ? list.Items : [value];
        var counts = new List<int>();
        foreach (SpecValue item in items)
        {
            if (item is not ScalarValue scalar || !(CoreSchema.TryInteger(scalar, out long number) || CoreSchema.IsIntegerTooLarge(scalar)))
            {
                b.Report(Rules.WrongKind, item.Span, $"{b.Options.Owner}: 'padding' is a whole number or a list of them, not {Node.Describe(item)}; write e.g. {name}: 1");
                return null;
            }

            if (!CoreSchema.TryInteger(scalar, out number) || number is < 0 or > MaxElements)
            {
                b.Report(Rules.OutOfRange, item.Span, $"{b.Options.Owner}: 'padding' holds {Node.Shorten(scalar.Text)}, but must be from 0 to {CSharpLiteral.Grouped(MaxElements)}");
                return null;
            }

            counts.Add((int)number);
        }

        return b.Input is null ? null : Bind(b, value, counts, mode, constant);
    }

    private static (PadMode Mode, float Constant) ReadMode(LayerBinder b)
    {
        string word = b.Options.Word("mode", "constant", "reflect", "edge");
        float constant = b.Options.Number("value", 0, static _ => true, "a number");
        if (word != "constant" && b.Options.Find("value") is { } stray)
            b.Report(Rules.UnknownKey, stray.Span, $"{b.Options.Owner} has mode: {word}, which pads with elements of its input; leave 'value' out, or write mode: constant");
        return (word switch { "reflect" => PadMode.Reflect, "edge" => PadMode.Edge, _ => PadMode.Constant }, constant);
    }

    private Pad? Bind(LayerBinder b, SpecValue value, List<int> counts, PadMode mode, float constant)
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
        if (counts.Count is not 1 && counts.Count != sides)
        {
            b.Report(Rules.WrongRank, value.Span, $"{b.Options.Owner}: 'padding' lists {counts.Count} numbers, but {input} from '{b.Before}' has {sides} edges; write "
                + (sides == 2 ? $"{name}: [before, after]" : $"{name}: [top, bottom, left, right]") + ", or one number for all");
            return null;
        }

        int[] all = counts.Count == sides ? [.. counts] : [.. Enumerable.Repeat(counts[0], sides)];
        // The axis of the features, or of the channels, keeps its size.
        int first = input.Layout == Layout.Sequence ? 0 : 1;
        var edges = new (int Before, int After)[input.Rank];
        for (int k = 0; k < sides / 2; k++)
        {
            int size = input.Dimensions[first + k], most = Math.Max(all[2 * k], all[(2 * k) + 1]);
            if (mode == PadMode.Reflect && most >= size)
            {
                string axis = input.Rank == 2 ? (first == 0 ? "time" : "length") : k == 0 ? "height" : "width";
                SpecValue item = value is ListValue { Items.Count: > 1 } list ? list.Items[(2 * k) + (all[2 * k] == most ? 0 : 1)] : value;
                b.Report(Rules.OutOfRange, item.Span,
                    $"{b.Options.Owner}: 'padding' is {most} along the {axis}, but '{b.Before}' gives {input}, which is {size} there: a reflection has at most {size - 1}; write {size - 1} or less, or mode: edge");
                return null;
            }

            edges[first + k] = (all[2 * k], all[(2 * k) + 1]);
        }

        if (!ShapeSize.Fits(b, input.Dimensions.Select((d, axis) => (long)d + edges[axis].Before + edges[axis].After)))
            return null;
        b.Output = input with { Dimensions = input.Dimensions.Select((d, axis) => d + edges[axis].Before + edges[axis].After).ToEquatable() };
        return b.Failed ? null : new Pad(b.Name, name, input, b.Output, edges.ToEquatable(), mode, constant);
    }
}
