using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Binding;

namespace NetGen.Build;

/// <summary>A weight file, and who is compiled with it.</summary>
/// <param name="Path">In full.</param>
/// <param name="Networks">Of the specs in YAML that name it.</param>
/// <param name="IsInSource">A C# file names it as well, so perhaps a network in attributes that is not known here.</param>
internal sealed record WeightUse(string Path, IReadOnlyList<Network> Networks, bool IsInSource);

/// <summary>Finds the weight files that specs name.</summary>
internal static class WeightUses
{
    private const string Key = "weights", Property = "Weights";

    // A longer file holds no spec, and is refused by the compiler anyway.
    private const long LongestSpec = 1 << 20;

    public static IEnumerable<WeightUse> Find(IEnumerable<string> specs, IEnumerable<string> weights, IEnumerable<string> sources)
    {
        var networks = new SortedDictionary<string, List<Network>>(StringComparer.Ordinal);
        foreach (string spec in specs.Distinct(StringComparer.Ordinal))
        {
            if (NetworkOf(spec) is { Weights: { } option } network && Resolve(spec, option.File) is { } path)
            {
                if (!networks.TryGetValue(path, out List<Network>? ofPath))
                    networks.Add(path, ofPath = []);
                ofPath.Add(network);
            }
        }

        HashSet<string> named = NamedIn(sources, [.. weights.Distinct(StringComparer.Ordinal)]);
        foreach (string path in named.Where(p => !networks.ContainsKey(p)))
            networks.Add(path, []);
        return networks.Select(n => new WeightUse(n.Key, n.Value, named.Contains(n.Key)));
    }

    /// <summary>The network of a spec that names weights; null where it names none, or is no spec, or has errors, which the generator reports.</summary>
    private static Network? NetworkOf(string spec)
    {
        try
        {
            if (!IsSpec(spec) || new FileInfo(spec) is not { Exists: true, Length: <= LongestSpec })
                return null;
            string text = File.ReadAllText(spec);
            return text.Contains(Key) ? NetworkCompiler.Check(text).Network : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsSpec(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Relative to the spec; null where it is no path at all, which then is not found.</summary>
    private static string? Resolve(string spec, string file)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(spec)!, file));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }

    /// <summary>The weight files whose name stands in a C# file that speaks of weights.</summary>
    private static HashSet<string> NamedIn(IEnumerable<string> sources, string[] weights)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        if (weights.Length == 0)
            return named;
        foreach (string source in sources.Where(File.Exists))
        {
            string text = File.ReadAllText(source);
            if (text.Contains(Property))
                named.UnionWith(weights.Where(w => text.Contains(Path.GetFileName(w))));
        }

        return named;
    }
}
