using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Binding;

namespace NetGen.Build;

/// <summary>A weight file, and who is compiled with it.</summary>
/// <param name="Path">In full.</param>
/// <param name="Networks">Of specs in YAML, each with this file as its weights: those that name it, and those for which a class may.</param>
/// <param name="IsOfClasses">A C# file or the project names it, so perhaps a network in attributes that is not known here.</param>
internal sealed record WeightUse(string Path, IReadOnlyList<Network> Networks, bool IsOfClasses)
{
    /// <summary>Date and length of a link are its own, and say nothing of the file.</summary>
    public static bool IsLink(FileInfo file) => (file.Attributes & FileAttributes.ReparsePoint) != 0;
}

/// <summary>Finds the weight files that specs, classes and the project name.</summary>
internal static class WeightUses
{
    private const string Key = "weights", LayersKey = "layers";

    // A longer file holds no spec, and is refused by the compiler anyway.
    private const long LongestSpec = 1 << 20;

    // The data of a shorter file stand in the source, whatever the network, so none has to be known.
    private const long ShortestResource = 1 << 16;

    /// <param name="specs">Files among which specs are.</param>
    /// <param name="stated">Weight files that the project names.</param>
    /// <param name="found">Weight files that C# files may name.</param>
    /// <param name="sources">C# files.</param>
    /// <returns>The files to be read, and those of <paramref name="found"/> that nothing names.</returns>
    public static (IReadOnlyList<WeightUse> Uses, IReadOnlyList<string> Unread) Find(
        IReadOnlyCollection<string> specs, IReadOnlyCollection<string> stated, IReadOnlyCollection<string> found, IEnumerable<string> sources)
    {
        var networks = new SortedDictionary<string, List<Network>>(StringComparer.Ordinal);
        foreach (string spec in specs.Distinct(StringComparer.Ordinal))
        {
            if (NetworkOf(spec, Key) is { Weights: { } option } network && Resolve(spec, option) is { } path)
            {
                if (!networks.TryGetValue(path, out List<Network>? ofPath))
                    networks.Add(path, ofPath = []);
                ofPath.Add(network);
            }
        }

        HashSet<string> ofClasses = SourceNames.In(sources, [.. found.Distinct(StringComparer.Ordinal)]);
        ofClasses.UnionWith(stated);
        foreach (string path in ofClasses.Where(p => !networks.ContainsKey(p)))
            networks.Add(path, []);

        // [Network("digits.yaml", Weights = "digits.safetensors")]
        var all = new Lazy<Network[]>(() => [.. specs.Distinct(StringComparer.Ordinal).Select(static s => NetworkOf(s, LayersKey)).OfType<Network>()]);
        IEnumerable<Network> ForClasses(string path) =>
            ofClasses.Contains(path) && new FileInfo(path) is { Exists: true } file && (file.Length >= ShortestResource || WeightUse.IsLink(file))
                ? all.Value.Select(n => n with { Weights = WeightsOption.For(n, Path.GetFileName(path)) })
                : [];
        return (
            [.. networks.Select(n => new WeightUse(n.Key, [.. n.Value, .. ForClasses(n.Key)], ofClasses.Contains(n.Key)))],
            [.. found.Distinct(StringComparer.Ordinal).Where(f => !networks.ContainsKey(f)).OrderBy(static f => f, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The network of a spec in whose text the key stands; null where it does not, or it is no spec, or has errors, which the generator reports.
    /// </summary>
    private static Network? NetworkOf(string spec, string key)
    {
        try
        {
            if (!IsSpec(spec) || new FileInfo(spec) is not { Exists: true, Length: <= LongestSpec })
                return null;
            string text = File.ReadAllText(spec);
            return text.Contains(key) ? NetworkCompiler.Check(text).Network : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsSpec(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Relative to the spec; null where it is no path at all, which then is not found.</summary>
    private static string? Resolve(string spec, WeightsOption option)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(spec)!, option.Path));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }
}
