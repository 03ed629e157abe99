using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>The weights that are compiled in.</summary>
/// <param name="File">The path as written, relative to the spec.</param>
internal sealed record WeightsOption(string File, Storage Storage);

/// <summary>Reads the key <c>weights</c>: a file, or a map with <c>file</c> and <c>storage</c>.</summary>
internal static class WeightsReader
{
    private const string Example = "weights: digits.safetensors";

    public static WeightsOption? Read(OptionReader root)
    {
        switch (root.Find("weights"))
        {
            case null:
                return null;
            case MapValue map:
                var options = new OptionReader(
                    new Node(new Spanned<string>("weights", map.Span), null, map.Entries), "weights", OptionKeys.Of("file", "storage"), root.Diagnostics);
                Storage storage = options.Word("storage", "float32", "float16", "bfloat16") switch { "float16" => Storage.Float16, "bfloat16" => Storage.BFloat16, _ => Storage.Float32 };
                if (options.Find("file") is { } file)
                    return Path(options, file) is { } path ? new WeightsOption(path, storage) : null;
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

    private static string? Path(OptionReader options, SpecValue value)
    {
        if (value is ScalarValue { IsNull: false, Text.Length: > 0 } scalar && !CoreSchema.TryNumber(scalar, out _) && !CoreSchema.TryBoolean(scalar, out _))
            return scalar.Text;
        options.Report(Rules.WrongKind, value.Span, $"the network: 'weights' is a safetensors file, not {Node.Describe(value)}; write e.g. {Example}");
        return null;
    }
}
