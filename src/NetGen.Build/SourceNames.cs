using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Build;

/// <summary>
/// Which weight files C# files name for a class: their name ends a text that stands in a constant or at <c>Weights =</c>. Where a program only loads or saves
/// a file, nothing is compiled with it.
/// </summary>
internal static class SourceNames
{
    private static readonly Regex s_statement = new(@"\bconst\b|\bWeights\s*=", RegexOptions.CultureInvariant);

    /// <param name="sources">C# files.</param>
    /// <param name="weights">Paths of weight files.</param>
    public static HashSet<string> In(IEnumerable<string> sources, IReadOnlyCollection<string> weights)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        string[] extensions = [.. weights.Select(Path.GetExtension).Distinct(StringComparer.Ordinal)];
        if (weights.Count == 0)
            return named;
        foreach (string source in sources.Where(File.Exists))
        {
            string text = File.ReadAllText(source);
            if (extensions.Any(text.Contains))
                named.UnionWith(weights.Where(w => !named.Contains(w) && Names(text, Path.GetFileName(w))));
        }

        return named;
    }

    private static bool Names(string text, string file)
    {
        for (int at = text.IndexOf(file, StringComparison.Ordinal); at > 0; at = text.IndexOf(file, at + 1, StringComparison.Ordinal))
        {
            int end = at + file.Length, quote = text.LastIndexOf('"', at);
            // Behind a brace stands what is interpolated.
            if (quote < 0 || text[at - 1] is not ('"' or '/' or '\\' or '}') || end == text.Length || text[end] != '"')
                continue;
            int statement = text.LastIndexOf(';', quote) + 1;
            if (s_statement.IsMatch(text.Substring(statement, quote - statement)))
                return true;
        }

        return false;
    }
}
