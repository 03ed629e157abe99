using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests.Frontend;

/// <summary>A spec in which <c>{|NETGEN004:text|}</c> marks where a diagnostic is expected, and its reading.</summary>
internal static class MarkedSpec
{
    /// <summary>Reads the spec and requires exactly the diagnostics that are marked.</summary>
    /// <returns>What was read, and the messages in the order of the text.</returns>
    public static (MapValue? Spec, string[] Messages) Read(string marked)
    {
        (string text, List<(string Id, int Start, int End)> expected) = Parse(marked);
        DiagnosticBag bag = new();
        MapValue? spec = YamlReader.Read(text, bag);
        return (spec, AssertFound(text, expected, bag.ToArray()));
    }

    /// <summary>Reads the spec and checks it against the whole grammar; requires exactly the diagnostics that are marked.</summary>
    /// <returns>Their messages in the order of the text.</returns>
    public static string[] Check(string marked)
    {
        (string text, List<(string Id, int Start, int End)> expected) = Parse(marked);
        return AssertFound(text, expected, NetworkCompiler.Check(text).Diagnostics);
    }

    private static string[] AssertFound(string text, List<(string Id, int Start, int End)> expected, EquatableArray<Diagnostic> found)
    {
        string[] actual = [.. found.Select(d => $"{d.Rule.Id} '{text.Substring(d.Span.Start, d.Span.Length)}' at {d.Span.Start}: {d.Message}")];
        Assert.True(
            expected.Select(e => $"{e.Id} {e.Start}-{e.End}").SequenceEqual(
                found.Select(d => $"{d.Rule.Id} {d.Span.Start}-{d.Span.Start + d.Span.Length}")),
            $"expected {string.Join("; ", expected.Select(e => $"{e.Id} '{text[e.Start..e.End]}' at {e.Start}"))}\nfound    {string.Join("\n         ", actual)}");
        return [.. found.Select(d => d.Message)];
    }

    /// <summary>
    /// The tree with what stands at the span of every key and value: <c>key[text]: value[text]</c>; the span's lines and columns
    /// must say the same as its offsets.
    /// </summary>
    public static string Show(SpecValue value, string text)
    {
        StringBuilder shown = new();
        Append(shown, value, text);
        return shown.ToString();
    }

    private static void Append(StringBuilder shown, SpecValue value, string text)
    {
        switch (value)
        {
            case ScalarValue scalar:
                AssertCovered(scalar, text);
                shown.Append(scalar.IsPlain ? scalar.Text : $"\"{scalar.Text}\"").Append(At(scalar.Span, text));
                break;
            case ListValue list:
                shown.Append('(');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    shown.Append(i > 0 ? ", " : "");
                    Append(shown, list.Items[i], text);
                }

                shown.Append(')').Append(At(list.Span, text));
                break;
            case MapValue map:
                shown.Append('(');
                for (int i = 0; i < map.Entries.Count; i++)
                {
                    shown.Append(i > 0 ? ", " : "").Append(map.Entries[i].Key.Value).Append(At(map.Entries[i].Key.Span, text)).Append(": ");
                    Append(shown, map.Entries[i].Value, text);
                }

                shown.Append(')').Append(At(map.Span, text));
                break;
        }
    }

    private static string At(SourceSpan span, string text)
    {
        AssertInside(span, text);
        return $"⟨{text.Substring(span.Start, span.Length)}⟩".Replace("\r", "\\r").Replace("\n", "\\n");
    }

    /// <summary>On one line, a plain scalar is its own text, and a quoted one stands between its quotes.</summary>
    private static void AssertCovered(ScalarValue scalar, string text)
    {
        string covered = text.Substring(scalar.Span.Start, scalar.Span.Length);
        if (covered.Length == 0 || covered[0] is '|' or '>')
            Assert.True(covered.Length > 0 || scalar.Text.Length == 0);
        else if (covered[0] is '"' or '\'')
            Assert.True(covered.Length > 1 && covered[^1] == covered[0], covered);
        else if (!covered.Contains('\n') && !covered.Contains('\r'))
            Assert.Equal(scalar.Text, covered);
    }

    /// <summary>The span lies in the text, and its lines and columns are those of its offsets.</summary>
    public static void AssertInside(SourceSpan span, string text)
    {
        Assert.InRange(span.Start, 0, text.Length);
        Assert.InRange(span.Length, 0, text.Length - span.Start);
        Assert.Equal(Position(text, span.Start), (span.StartLine, span.StartColumn));
        Assert.Equal(Position(text, span.Start + span.Length), (span.EndLine, span.EndColumn));
    }

    /// <summary>Line and column the slow way.</summary>
    private static (int Line, int Column) Position(string text, int offset)
    {
        int line = 0;
        int start = text.StartsWith('\uFEFF') ? 1 : 0;
        for (int i = start; i < offset; i++)
        {
            bool breaks = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'));
            if (breaks)
            {
                line++;
                start = i + 1;
            }
        }

        return (line, offset - start);
    }

    private static (string Text, List<(string Id, int Start, int End)> Expected) Parse(string marked)
    {
        StringBuilder text = new();
        List<(string, int, int)> expected = [];
        int i = 0;
        while (i < marked.Length)
        {
            if (string.CompareOrdinal(marked, i, "{|NETGEN", 0, 8) == 0)
            {
                int colon = marked.IndexOf(':', i);
                int end = marked.IndexOf("|}", colon, System.StringComparison.Ordinal);
                int start = text.Length;
                text.Append(marked, colon + 1, end - colon - 1);
                expected.Add((marked[(i + 2)..colon], start, text.Length));
                i = end + 2;
            }
            else
            {
                text.Append(marked[i++]);
            }
        }

        return (text.ToString(), expected);
    }
}
