using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>Reads <c>input</c>: a number, a list, or <c>{ shape: [100, 6], layout: sequence }</c>.</summary>
internal static class InputReader
{
    private const long MaxSize = 1L << 28;
    private const int MaxRank = 8;

    public static Shape? Read(OptionReader root, MapValue spec)
    {
        SpecValue? value = root.Find("input");
        switch (value)
        {
            case null:
                root.ReportMissing("input", "the network needs 'input', the shape of one sample; write e.g. input: 64, or input: [1, 28, 28]");
                return null;
            case MapValue map:
                OptionReader options = root.Within(new Node(spec.Find("input")!.Key, null, map.Entries), "the input", OptionKeys.Of("shape", "layout"));
                if (options.Find("shape") is not { } shapeValue)
                {
                    options.ReportMissing("shape", "the input needs 'shape'; write e.g. input: { shape: [100, 6], layout: sequence }");
                    return null;
                }

                Shape? shape = ReadShape(options, "shape", shapeValue);
                string? layout = options.Find("layout") is null ? null : options.Word("layout", "sequence", "channels");
                return options.Failed || shape is null ? null : WithLayout(options, shape, layout);
            default:
                return ReadShape(root, "input", value);
        }
    }

    /// <summary>Where the sizes stand that <see cref="Read"/> has read.</summary>
    public static SourceSpan SpanOf(MapValue spec)
    {
        SpecValue value = spec.Find("input")!.Value;
        return ((value as MapValue)?.Find("shape")?.Value ?? value).Span;
    }

    private static Shape? WithLayout(OptionReader options, Shape shape, string? layout)
    {
        if (layout is null)
            return shape;
        bool fits = layout == "sequence" ? shape.Rank == 2 : shape.Rank >= 2;
        if (!fits)
        {
            string remedy = layout == "sequence" ? "a sequence is [time, features]" : "channels come first in [channels, length] or [channels, height, width]";
            options.Report(Rules.WrongRank, options.SpanOf("layout"), $"the input has layout: {layout}, but its shape has {shape.Rank} axes; {remedy}");
            return null;
        }

        return shape with { Layout = layout == "sequence" ? Layout.Sequence : Layout.Channels };
    }

    private static Shape? ReadShape(OptionReader options, string key, SpecValue value)
    {
        var dimensions = new List<int>();
        IEnumerable<SpecValue> items = value is ListValue list ? list.Items : [value];
        if (value is ListValue { Items.Count: 0 or > MaxRank } wrong)
        {
            options.Report(Rules.OutOfRange, value.Span, $"{options.Owner}: '{key}' has {wrong.Items.Count} sizes, but must have 1 to {MaxRank}; write e.g. {key}: [1, 28, 28]");
            return null;
        }

        foreach (SpecValue item in items)
        {
            if (ReadSize(options, key, item) is not { } size)
                return null;
            dimensions.Add(size);
        }

        long product = 1;
        foreach (int d in dimensions)
        {
            product *= d;
            if (product > MaxSize)
            {
                options.Report(Rules.TooLarge, value.Span, $"{options.Owner}: '{key}' has more than {CSharpLiteral.Grouped(MaxSize)} elements, which is more than a network may have");
                return null;
            }
        }

        return Shape.Of(dimensions.ToEquatable());
    }

    private static int? ReadSize(OptionReader options, string key, SpecValue item)
    {
        if (item is ScalarValue scalar && (CoreSchema.TryInteger(scalar, out long size) || CoreSchema.IsIntegerTooLarge(scalar)))
        {
            if (CoreSchema.TryInteger(scalar, out size) && size is >= 1 and <= MaxSize)
                return (int)size;
            options.Report(Rules.OutOfRange, item.Span, $"{options.Owner}: '{key}' holds the size {Node.Shorten(scalar.Text)}, but must be from 1 to {CSharpLiteral.Grouped(MaxSize)}");
            return null;
        }

        options.Report(Rules.WrongKind, item.Span, $"{options.Owner}: '{key}' is a whole number or a list of them, not {Node.Describe(item)}; write e.g. {key}: 64, or {key}: [1, 28, 28]");
        return null;
    }
}
