using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>Reads the key <c>weights</c>: a file, or a map with <c>file</c>, <c>storage</c>, <c>prefix</c> and <c>names</c>.</summary>
internal static class WeightsReader
{
    private const string Example = "weights: digits.safetensors";

    /// <param name="layers">Of the network, for the names; null where one is wrong.</param>
    public static WeightsOption? Read(OptionReader root, IReadOnlyList<Layer>? layers)
    {
        switch (root.Find("weights"))
        {
            case null:
                return null;
            case MapValue map:
                OptionReader options = root.Within(
                    new Node(new Spanned<string>("weights", map.Span), null, map.Entries), "weights", OptionKeys.Of("file", "storage", "prefix", "names"));
                Storage storage = options.Word("storage", "float32", "float16", "bfloat16") switch { "float16" => Storage.Float16, "bfloat16" => Storage.BFloat16, _ => Storage.Float32 };
                string prefix = options.Find("prefix") is { } before ? Text(options, before, "prefix", "prefix: module.") ?? "" : "";
                EquatableArray<WeightName> names = Names(options, layers);
                if (options.Find("file") is { } file)
                    return Path(options, file) is { } path ? new WeightsOption(path, storage) { Prefix = prefix, Names = names } : null;
                options.ReportMissing("file", "weights: 'file' is missing; write e.g. weights: { file: digits.safetensors, storage: float16 }");
                return null;
            case { } value:
                return Path(root, value) is { } name ? new WeightsOption(name, Storage.Float32) : null;
        }
    }

    /// <summary>Where the file is named, for what is found in it.</summary>
    public static SourceSpan? SpanOf(MapValue spec) => spec.Find("weights")?.Value is { } value
        ? (value as MapValue)?.Find("file")?.Value.Span ?? value.Span
        : null;

    private static EquatableArray<WeightName> Names(OptionReader options, IReadOnlyList<Layer>? layers)
    {
        const string example = "names: { hidden: \"0\" }";
        if (options.Find("names") is not { } value)
            return default;
        if (value is not MapValue map)
        {
            options.Report(Rules.WrongKind, value.Span, $"weights: 'names' is a map from layers to their names in the file, not {Node.Describe(value)}; write e.g. {example}");
            return default;
        }

        var names = new List<WeightName>();
        foreach (SpecEntry entry in map.Entries)
        {
            if (Text(options, entry.Value, "names", example) is { } name)
                names.Add(new WeightName(entry.Key.Value, name));
        }

        if (layers is not null)
        {
            string[] parameters = [.. layers.SelectMany(static l => l.Parameters.Select(p => l.Name + "." + p.Name))];
            foreach ((string key, string problem, string? near) in WeightsOption.NamesOf("", names).Check(parameters))
                options.Report(Rules.WeightNames, map.Find(key)!.Key.Span, $"weights: {problem}", Change.Spell(map.Find(key)!.Key.Span, near));
        }

        return names.ToEquatable();
    }

    /// <summary>A text; numbers are taken as they are written, since modules may be numbered.</summary>
    private static string? Text(OptionReader options, SpecValue value, string key, string example)
    {
        if (value is ScalarValue { IsNull: false } scalar)
            return scalar.Text;
        options.Report(Rules.WrongKind, value.Span, $"weights: '{key}' takes a name as it stands in the file, not {Node.Describe(value)}; write e.g. {example}");
        return null;
    }

    private static string? Path(OptionReader options, SpecValue value)
    {
        if (value is ScalarValue { IsNull: false, Text.Length: > 0 } scalar && !CoreSchema.TryNumber(scalar, out _) && !CoreSchema.TryBoolean(scalar, out _))
            return scalar.Text;
        options.Report(Rules.WrongKind, value.Span, $"the network: 'weights' is a safetensors file, not {Node.Describe(value)}; write e.g. {Example}");
        return null;
    }
}
