using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NetGen.Replay.Corpus;

/// <summary>The files that hold specs, and what may be one in them.</summary>
internal static partial class SpecFiles
{
    private static readonly string[] s_folders = ["tests", "examples", "docs"];

    /// <summary>Every file that is read, by its path from the root, in an order that depends on nothing else.</summary>
    public static IReadOnlyList<string> Paths(string root) =>
    [
        .. s_folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => IsRead(path, Path.GetExtension(path)))
            .Append("README.md")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whole files of YAML; the specs of PyTorch's values, by their names; examples in pages; strings in C#.</summary>
    public static IEnumerable<FoundText> Texts(string root, string path)
    {
        string text = File.ReadAllText(Path.Combine(root, path));
        // With the folder: the benchmarks and the examples have files of the same name.
        string place = string.Join('/', path.Split('/').TakeLast(2));
        return Path.GetExtension(path) switch
        {
            ".yaml" => [new(place, text)],
            ".json" => Goldens(Path.GetFileName(path), text),
            ".md" => Fences().Matches(text).Select(match => new FoundText(place, match.Groups[1].Value)),
            _ => CSharpStrings.Of(text).Select(literal => new FoundText(Path.GetFileName(path), literal)),
        };
    }

    /// <summary>Of a golden file, which is an array of cases; what else is JSON has none.</summary>
    private static IEnumerable<FoundText> Goldens(string file, string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            return [];
        return
        [
            .. from golden in document.RootElement.EnumerateArray()
               where golden.ValueKind == JsonValueKind.Object && golden.TryGetProperty("spec", out JsonElement spec) && spec.ValueKind == JsonValueKind.String
               select new FoundText($"{file}[{golden.GetProperty("name").GetString()}]", golden.GetProperty("spec").GetString()!),
        ];
    }

    private static bool IsRead(string path, string extension) =>
        !path.Split('/').Any(static part => part is "bin" or "obj") && !path.StartsWith("tests/NetGen.Replay/", StringComparison.Ordinal)
        && extension switch
        {
            ".yaml" or ".cs" or ".md" => true,
            ".json" => path.StartsWith("tests/goldens/", StringComparison.Ordinal),
            _ => false,
        };

    [GeneratedRegex(@"^```ya?ml\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}
