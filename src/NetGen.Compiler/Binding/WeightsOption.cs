using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;

namespace NetGen.Compiler.Binding;

/// <summary>What a file calls a layer, or one parameter.</summary>
internal readonly record struct WeightName(string Layer, string Name);

/// <summary>The weights that are compiled in.</summary>
/// <param name="File">The path as written, relative to the spec, or to the class that names it.</param>
internal sealed record WeightsOption(string File, Storage Storage)
{
    /// <summary>What stands before every name in the file.</summary>
    public string Prefix { get; init; } = "";

    public EquatableArray<WeightName> Names { get; init; }

    /// <summary>The path with slashes, which every system reads.</summary>
    public string Path => File.Replace('\\', '/');

    public TensorNames TensorNames => NamesOf(Prefix, Names);

    /// <summary>Those of a network whose class names the file: as the spec says them, but for that.</summary>
    public static WeightsOption For(Network network, string file) =>
        network.Weights is { } own ? own with { File = file } : new WeightsOption(file, Storage.Float32);

    public static TensorNames NamesOf(string prefix, IEnumerable<WeightName> names) =>
        new(prefix, [.. names.Select(static n => new KeyValuePair<string, string>(n.Layer, n.Name))]);

    /// <summary>The key of the spec that reads the file by these names.</summary>
    public string Written(TensorNames names)
    {
        var text = new StringBuilder("weights: { file: ").Append(Scalar(File));
        if (Storage != Storage.Float32)
            text.Append(", storage: ").Append(Storage.ToString().ToLowerInvariant());
        if (names.Prefix.Length > 0)
            text.Append(", prefix: ").Append(Scalar(names.Prefix));
        if (names.Names.Count > 0)
            text.Append(", names: { ").Append(string.Join(", ", names.Names.Select(static n => $"{n.Key}: {Scalar(n.Value)}"))).Append(" }");
        return text.Append(" }").ToString();
    }

    /// <summary>As YAML reads it in a map: in quotes, unless it can only be a text.</summary>
    private static string Scalar(string text)
    {
        bool isPlain = text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_' || text.StartsWith("../", System.StringComparison.Ordinal))
            && text.All(static c => c < 128 && (char.IsLetterOrDigit(c) || c is '_' or '.' or '/' or '-'))
            && text.ToLowerInvariant() is not ("true" or "false" or "null");
        return isPlain ? text : "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
    }
}
