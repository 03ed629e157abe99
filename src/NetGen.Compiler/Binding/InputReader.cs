using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>Reads <c>input</c>: a number, a list, or <c>{ shape: [100, 6], layout: sequence }</c>; or <c>inputs</c>: a map with one of these for each name.</summary>
internal static class InputReader
{
    private const long MaxSize = 1L << 28;
    private const int MaxRank = 8;
    private const int MaxInputs = 64;

    /// <summary>The inputs; null where there are none, empty where there is one and something is wrong with it.</summary>
    /// <param name="isNamed">They are a map with a name for each.</param>
    public static IReadOnlyList<NetworkInput>? Read(OptionReader root, MapValue spec, out bool isNamed)
    {
        SpecEntry? one = spec.Find("input"), several = spec.Find("inputs");
        isNamed = several is not null;
        if (one is not null && several is not null)
        {
            SpecEntry second = spec.Entries.First(e => e == one || e == several) == one ? several : one;
            root.Report(Rules.OutOfRange, second.Key.Span, "the network has 'input' and 'inputs', but takes one of them: input for one shape, inputs for a map with a name for each; leave the other out");
            return [];
        }

        if (several is not null)
            return ReadNamed(root, several);
        if (one is null)
        {
            root.ReportMissing("input", "the network needs 'input', the shape of one sample; write e.g. input: 64, or input: [1, 28, 28]");
            return null;
        }

        return ReadOne(root, one, "input", "the input") is { } input ? [input] : [];
    }

    private static IReadOnlyList<NetworkInput> ReadNamed(OptionReader root, SpecEntry inputs)
    {
        const string Example = "write e.g. inputs: { image: [1, 28, 28], state: 64 }";
        if (inputs.Value is not MapValue map)
        {
            string remedy = inputs.Value is ScalarValue or ListValue { Items.Count: > 0 } ? "; a shape alone is input: …, without the s" : "";
            root.Report(Rules.WrongKind, inputs.Value.Span, $"the network: 'inputs' is a map with a shape for each name, not {Node.Describe(inputs.Value)}; {Example}{remedy}");
            return [];
        }

        if (map.Entries.Count is 0 or > MaxInputs)
        {
            root.Report(Rules.OutOfRange, map.Entries.Count == 0 ? map.Span : map.Entries[MaxInputs].Key.Span, $"the network has {map.Entries.Count} inputs, but must have 1 to {MaxInputs}; {Example}");
            return [];
        }

        var read = new List<NetworkInput>();
        long size = 0;
        foreach (SpecEntry entry in map.Entries)
        {
            if (LayerNames.IsInvalid(entry.Key.Value, out string? why))
            {
                root.Report(Rules.InvalidName, entry.Key.Span, $"the inputs: the name '{Node.Shorten(entry.Key.Value)}' {why}");
                read.Add(NetworkInput.Unknown(entry.Key));
                continue;
            }

            if (read.FirstOrDefault(r => string.Equals(r.Name, entry.Key.Value, System.StringComparison.OrdinalIgnoreCase)) is { } other)
            {
                root.Report(Rules.DuplicateName, entry.Key.Span, $"the inputs '{other.Name}' and '{entry.Key.Value}' have one name (case does not count); choose another");
                continue;
            }

            // Layers may name it all the same.
            read.Add(ReadOne(root, entry, entry.Key.Value, $"the input '{entry.Key.Value}'") ?? NetworkInput.Unknown(entry.Key));
            size += read[read.Count - 1].Shape.Size;
            if (size > MaxSize)
            {
                root.Report(Rules.TooLarge, entry.Value.Span, $"the inputs have more than {CSharpLiteral.Grouped(MaxSize)} elements together, which is more than a network may have");
                return [];
            }
        }

        return read;
    }

    private static NetworkInput? ReadOne(OptionReader root, SpecEntry entry, string key, string owner)
    {
        SpecValue value = entry.Value;
        Shape? shape;
        if (value is MapValue map)
        {
            OptionReader options = root.Within(new Node(entry.Key, null, map.Entries), owner, OptionKeys.Of("shape", "layout"));
            if (options.Find("shape") is not { } shapeValue)
            {
                options.ReportMissing("shape", $"{owner} needs 'shape'; write e.g. {key}: {{ shape: [100, 6], layout: sequence }}");
                return null;
            }

            shape = ReadShape(options, "shape", shapeValue);
            string? layout = options.Find("layout") is null ? null : options.Word("layout", "sequence", "channels");
            shape = options.Failed || shape is null ? null : WithLayout(options, shape, layout);
        }
        else
            shape = ReadShape(root, key, value);

        // Where the sizes stand.
        SpecValue sizes = (value as MapValue)?.Find("shape")?.Value ?? value;
        return shape is null ? null : new NetworkInput(key, shape, sizes.Span, shape.Layout != Layout.Undecided);
    }

    private static Shape? WithLayout(OptionReader options, Shape shape, string? layout)
    {
        if (layout is null)
            return shape;
        bool fits = layout == "sequence" ? shape.Rank == 2 : shape.Rank >= 2;
        if (!fits)
        {
            string remedy = layout == "sequence" ? "a sequence is [time, features]" : "channels come first in [channels, length] or [channels, height, width]";
            options.Report(Rules.WrongRank, options.SpanOf("layout"), $"{options.Owner} has layout: {layout}, but its shape has {shape.Rank} axes; {remedy}");
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
