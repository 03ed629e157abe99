using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// What a diagnostic carries beside its message: <c>trace</c>, the shapes that led to it, and <c>fix0</c>, <c>fix1</c>, …, each a title and behind it, for
/// every edit, a line with its start and length and a line with its text, whose line breaks are written <c>\n</c>.
/// </summary>
internal static class DiagnosticProperties
{
    public const string Trace = "trace";
    private const string FixKey = "fix";

    public static EquatableArray<KeyValuePair<string, string>> Of(Diagnostic diagnostic)
    {
        var properties = new List<KeyValuePair<string, string>>();
        if (diagnostic.Trace is { } trace)
            properties.Add(new KeyValuePair<string, string>(Trace, trace));
        properties.AddRange(diagnostic.Fixes.Select((fix, k) => new KeyValuePair<string, string>(KeyOf(k), Write(fix))));
        return properties.ToEquatable();
    }

    /// <summary>The fixes that a diagnostic brings along.</summary>
    public static IEnumerable<Fix> FixesOf(ImmutableDictionary<string, string?> properties)
    {
        for (int k = 0; properties.TryGetValue(KeyOf(k), out string? text) && text is not null; k++)
            yield return Read(text);
    }

    private static string KeyOf(int place) => FixKey + place.ToString(CultureInfo.InvariantCulture);

    private static string Write(Fix fix) => string.Join("\n", fix.Edits.SelectMany(static e => new[]
    {
        System.FormattableString.Invariant($"{e.Start} {e.Length}"), e.Text.Replace("\\", "\\\\").Replace("\n", "\\n"),
    }).Prepend(fix.Title));

    private static Fix Read(string text)
    {
        string[] lines = text.Split('\n');
        var edits = new List<TextEdit>();
        for (int k = 1; k + 1 < lines.Length; k += 2)
        {
            int[] place = [.. lines[k].Split(' ').Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
            edits.Add(new TextEdit(place[0], place[1], Unescape(lines[k + 1])));
        }

        return new Fix(lines[0], edits.ToEquatable());
    }

    private static string Unescape(string text)
    {
        var result = new System.Text.StringBuilder();
        for (int k = 0; k < text.Length; k++)
            result.Append(text[k] != '\\' ? text[k] : text[++k] == 'n' ? '\n' : text[k]);
        return result.ToString();
    }
}
