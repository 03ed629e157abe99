using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>What a spec says, in its own words and without its punctuation.</summary>
internal static class SpecWords
{
    /// <summary>The options of a thing, as in <c>kernel_size 3</c>: the main one first.</summary>
    /// <param name="keys">The keys that it takes.</param>
    /// <param name="without">Those that are told elsewhere.</param>
    public static IReadOnlyList<string> Options(Node node, OptionKeys keys, params string[] without)
    {
        List<string> words = node.Main is { } main && keys.Main is { } key && !without.Contains(key) ? [$"{key} {Of(main)}"] : [];
        IEnumerable<SpecEntry> written = node.Options.Where(o => !without.Contains(o.Key.Value)).OrderByDescending(o => o.Key.Value == keys.Main);
        return [.. words, .. written.Select(static o => $"{o.Key.Value} {Of(o.Value)}")];
    }

    /// <summary>A value: <c>3</c>, <c>[3, 5]</c>, <c>cosine (from 0.1, to 0.001)</c>.</summary>
    public static string Of(SpecValue value) => value switch
    {
        ScalarValue scalar => scalar.Text,
        ListValue list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        MapValue { Entries: [{ Value: MapValue options } entry] } => $"{entry.Key.Value} ({Of(options)})",
        MapValue map => string.Join(", ", map.Entries.Select(static e => $"{e.Key.Value} {Of(e.Value)}")),
        _ => "",
    };
}
