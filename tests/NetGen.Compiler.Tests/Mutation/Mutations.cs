using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Tests.Mutation;

/// <summary>A spec with one thing changed, and what was done.</summary>
internal sealed record Mutation(string What, string Text);

/// <summary>Every key and value of a spec deleted, duplicated, retyped, misspelt, negated, enlarged.</summary>
internal static class Mutations
{
    private static readonly string[] OtherTypes =
        ["true", "[1, 2]", "[]", "{ a: 1 }", "{}", "'text'", "~", "1.5", "-1", "0", "1e39", ".nan", "-.inf", "99999999999999999999", "0x1F", "no", "!!str 5", "\"\\u0041\"", "class", "input"];

    public static IEnumerable<Mutation> Of(string spec)
    {
        MapValue root = YamlReader.Read(spec, new DiagnosticBag())!;
        foreach ((SourceSpan span, string role) in Spans(root))
        {
            string text = spec.Substring(span.Start, span.Length);
            foreach (string replacement in Replacements(text).Distinct())
                yield return new Mutation($"{role} '{text}' as '{replacement}'", Replace(spec, span, replacement));
        }

        foreach (SpecEntry entry in Entries(root))
        {
            int start = entry.Key.Span.Start;
            int end = entry.Value.Span.Start + entry.Value.Span.Length;
            string whole = spec.Substring(start, end - start);
            yield return new Mutation($"without '{whole}'", spec.Remove(start, end - start));
            yield return new Mutation($"without '{whole}' and the comma after it", spec.Remove(start, end - start + (end < spec.Length && spec[end] == ',' ? 1 : 0)));
            yield return new Mutation($"'{whole}' twice", spec.Insert(end, ", " + whole));
            yield return new Mutation($"'{whole}' twice, on a line of its own", spec.Insert(end, "\n" + whole));
        }
    }

    private static IEnumerable<string> Replacements(string text)
    {
        yield return "";
        yield return text + "x";
        yield return "-" + text;
        yield return text.Length > 1 ? text.Remove(text.Length / 2, 1) : "q";
        yield return text.ToUpperInvariant();
        yield return "'" + text.Replace("'", "''") + "'";
        yield return "[" + text + "]";
        yield return "[" + text + ", " + text + "]";
        yield return "{ " + text + " }";
        yield return "{ " + text + ": " + text + " }";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            foreach (double factor in new[] { 10.0, 1e3, 1e6, 1e12, 1e300 })
                yield return (number * factor).ToString("R", CultureInfo.InvariantCulture);
            yield return "0" + text;
        }

        foreach (string other in OtherTypes)
            yield return other;
    }

    private static IEnumerable<(SourceSpan Span, string Role)> Spans(SpecValue value) => value switch
    {
        MapValue map => map.Entries.SelectMany(static e => Spans(e.Value).Prepend((e.Key.Span, "key"))).Append((map.Span, "map")),
        ListValue list => list.Items.SelectMany(Spans).Append((list.Span, "list")),
        _ => [(value.Span, "value")],
    };

    private static IEnumerable<SpecEntry> Entries(SpecValue value) => value switch
    {
        MapValue map => map.Entries.SelectMany(static e => Entries(e.Value).Prepend(e)),
        ListValue list => list.Items.SelectMany(Entries),
        _ => [],
    };

    private static string Replace(string text, SourceSpan span, string replacement) =>
        text.Remove(span.Start, span.Length).Insert(span.Start, replacement);
}
