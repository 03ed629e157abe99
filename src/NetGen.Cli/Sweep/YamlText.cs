using System;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Cli.Sweep;

/// <summary>Changes of a text in YAML by the places of its values.</summary>
internal sealed class YamlText(string text)
{
    /// <summary>How the text's first line ends.</summary>
    public string NewLine { get; } = NewLineOf(text);

    /// <summary>The value is written elsewhere: what an alias repeats always stands before it.</summary>
    public bool IsAlias(SpecEntry entry) => entry.Value.Span.Start < entry.Key.Span.Start;

    /// <summary>Another value for a key; null where the text is not understood.</summary>
    public TextEdit? Replace(SpecEntry entry, string value)
    {
        int key = EndOf(entry.Key.Span);
        int colon = ColonBehind(key);
        if (colon < 0)
            return new TextEdit(key, 0, $": {value}");
        int behind = colon + 1;
        if (IsAlias(entry))
            return AliasBehind(behind) is { } alias ? new TextEdit(alias.Start, alias.End - alias.Start, value) : null;
        SourceSpan span = entry.Value.Span;
        if (span.Length == 0)
            return new TextEdit(behind, 0, " " + value);
        if (!IsBlock(entry.Value))
            return new TextEdit(span.Start, span.Length, value);

        // A block begins on a line of its own. What stands behind the key, such as a comment, stays there; an anchor stays before the value.
        int at = SkipProperties(behind);
        return new TextEdit(at, EndOf(span) - at, $" {value}{text[at..EndOfLine(at)].TrimEnd()}");
    }

    /// <summary>One more key of a map, behind its last.</summary>
    public TextEdit? Add(MapValue map, string key, string value)
    {
        if (map.Entries.Count == 0)
            return new TextEdit(map.Span.Start + 1, 0, $" {key}: {value} ");
        if (EndOf(map.Entries[^1]) is not { } end)
            return null;
        if (!IsBlock(map))
            return new TextEdit(end, 0, $", {key}: {value}");
        return new TextEdit(EndOfLine(end), 0, $"{NewLine}{new string(' ', map.Entries[0].Key.Span.StartColumn)}{key}: {value}");
    }

    /// <summary>A key's value as it can stand within braces.</summary>
    public string FlowOf(SpecEntry entry)
    {
        if (IsAlias(entry))
            return AliasBehind(ColonBehind(EndOf(entry.Key.Span)) + 1) is { } alias ? text[alias.Start..alias.End] : "";
        SourceSpan span = entry.Value.Span;
        return IsBlock(entry.Value) ? FlowOf(entry.Value) : text.Substring(span.Start, span.Length);
    }

    /// <summary>What begins here is an item of a block list.</summary>
    public bool IsBehindDash(int start) => DashBefore(start) is not null;

    /// <summary>Where the dash stands; null of an item of a flow list.</summary>
    public int? DashBefore(int start)
    {
        int dash = start - 1;
        while (dash >= 0 && char.IsWhiteSpace(text[dash]))
            dash--;
        if (dash < 0 || text[dash] != '-' || dash == start - 1)
            return null;
        return text[StartOfLine(dash)..dash].AsSpan().Trim(['\uFEFF', ' ', '\t']).IsEmpty ? dash : null;
    }

    public int StartOfLine(int at)
    {
        while (at > 0 && text[at - 1] is not ('\r' or '\n'))
            at--;
        return at;
    }

    public int EndOfLine(int at)
    {
        while (at < text.Length && text[at] is not ('\r' or '\n'))
            at++;
        return at;
    }

    public static int EndOf(SourceSpan span) => span.Start + span.Length;

    private string FlowOf(SpecValue value) => value switch
    {
        ListValue list => $"[{string.Join(", ", list.Items.Select(FlowOf))}]",
        MapValue map => $"{{ {string.Join(", ", map.Entries.Select(e => $"{text.AsSpan(e.Key.Span.Start, e.Key.Span.Length)}: {FlowOf(e.Value)}"))} }}",
        _ => text.Substring(value.Span.Start, value.Span.Length),
    };

    /// <summary>Where a key and its value end.</summary>
    private int? EndOf(SpecEntry entry)
    {
        int key = EndOf(entry.Key.Span);
        int colon = ColonBehind(key);
        if (colon < 0)
            return key;
        if (IsAlias(entry))
            return AliasBehind(colon + 1)?.End;
        return entry.Value.Span.Length == 0 ? SkipProperties(colon + 1) : EndOf(entry.Value.Span);
    }

    /// <summary>In block style: the first part begins where the whole does, without a bracket before it.</summary>
    private static bool IsBlock(SpecValue value) => value switch
    {
        ListValue { Items.Count: > 0 } list => list.Items[0].Span.Start <= list.Span.Start,
        MapValue { Entries.Count: > 0 } map => map.Entries[0].Key.Span.Start == map.Span.Start,
        _ => false,
    };

    /// <summary>The colon behind a key; -1 where it has none, as a key alone in braces.</summary>
    private int ColonBehind(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length && text[at] == ':' ? at : -1;
    }

    private (int Start, int End)? AliasBehind(int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '#'))
            at = text[at] == '#' ? EndOfLine(at) : at + 1;
        if (at >= text.Length || text[at] != '*')
            return null;
        int end = at + 1;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or '[' or ']' or '{' or '}'))
            end++;
        return (at, end);
    }

    /// <summary>Behind the anchor and the tag on this line, if there are any.</summary>
    private int SkipProperties(int at)
    {
        for (int next = at; ;)
        {
            while (next < text.Length && text[next] == ' ')
                next++;
            if (next == text.Length || text[next] is not ('&' or '!'))
                return at;
            while (next < text.Length && !char.IsWhiteSpace(text[next]))
                next++;
            at = next;
        }
    }

    private static string NewLineOf(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 || text[end] == '\n' ? "\n" : end + 1 < text.Length && text[end + 1] == '\n' ? "\r\n" : "\r";
    }
}
