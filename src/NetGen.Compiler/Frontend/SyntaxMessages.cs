using System;

namespace NetGen.Compiler.Frontend;

/// <summary>Says in a user's words what a YAML parser refused: where, why, and what to write.</summary>
internal static class SyntaxMessages
{
    private const int MaxShown = 40;

    /// <param name="text">The text that was parsed.</param>
    /// <param name="start">Where the parser puts its error.</param>
    /// <param name="end">Where it stood when it gave up.</param>
    /// <param name="reason">The parser's own words, or null where it failed on a mistake of its own, which says nothing.</param>
    /// <returns>The place to point at and the message.</returns>
    public static (int Start, int End, string Message) Explain(string text, int start, int end, string? reason)
    {
        int first = text.Length > 0 && text[0] == SpecText.ByteOrderMark ? 1 : 0;
        start = Math.Min(Math.Max(start, first), text.Length);
        end = Math.Min(Math.Max(end, start), text.Length);

        int unclosed = Unclosed.Find(text);
        if (unclosed >= 0 && (unclosed <= end || reason is null))
        {
            char opener = text[unclosed];
            string closer = opener switch { '[' => "]", '{' => "}", _ => opener.ToString() };
            string what = opener is '[' or '{' ? "bracket" : "quote";
            return (unclosed, unclosed + 1, $"the {what} {opener} that opens here is not closed; add {closer} where it ends");
        }

        reason ??= "";
        if (Has(reason, "tab"))
        {
            int tab = text.IndexOf('\t', start);
            int place = tab >= 0 ? tab : start;
            return (place, place + 1, "a tab stands where YAML takes only spaces; replace it with spaces");
        }

        int strange = StrangeSpace(text, start);
        if (strange >= 0)
            return (strange, strange + 1, "this is not a plain space but a look-alike (a no-break or wide space); replace it with a space");

        int colon = ColonWithoutSpace(text, start);
        if (colon >= 0)
            return (colon, colon + 1, "a space is missing after this colon; write 'key: value'");

        if (reason.Length == 0)
            start = NextLine(text, start);
        (int Start, int End) token = Token(text, start);
        return (token.Start, token.End, Message(text, token.Start, token.End, reason));
    }

    private static string Message(string text, int start, int end, string reason)
    {
        string token = Shown(text, start, end);
        if (Has(reason, "found invalid mapping") || Has(reason, "Mapping values are not allowed"))
        {
            return Has(LineBefore(text, start), ": ")
                ? "a second ': ' stands on this line; put the value in quotes, or in braces if it is a map"
                : "this key is indented below a key that has a value already; align the two, or move the value down";
        }

        if (Has(reason, "block mapping, did not find expected key"))
        {
            if (token is "-")
                return "a list item stands among the keys of a map; indent it below the key it belongs to";
            return Has(LineBefore(text, start).Trim(), " ") || HasColon(text, end)
                ? $"{token} is not where a key of this map can stand; align it with the map's other keys, or put text with special characters in quotes"
                : $"{token} is no 'key: value'; add a colon and a value, or align it with the lines it belongs to";
        }

        if (Has(reason, "Block sequence entries are not allowed"))
            return "a list cannot begin here; put its first '- ' on a line of its own, below the key";
        if (Has(reason, "did not find expected '-'"))
            return $"{token} is not an item of this list; begin it with '- ', or align it with the key it belongs to";
        if (Has(reason, "flow sequence, did not find"))
            return $"a comma or ] is expected before {token}";
        if (Has(reason, "flow mapping"))
            return $"a comma or }} is expected before {token}";
        if (Has(reason, "expected node content"))
            return $"a value is expected before {token}";
        if (Has(reason, "cannot start any token"))
            return $"a value cannot begin with {text.Substring(start, Math.Min(1, end - start))}; put it in quotes";
        if (Has(reason, "unknown escape"))
            return "the text in double quotes has a \\ that begins no known escape; write \\\\, or use single quotes";
        if (Has(reason, "hexadecimal") || Has(reason, "escape code") || Has(reason, "surrogates"))
            return "the text in double quotes has a \\x, \\u or \\U that names no character";
        if (Has(reason, "wrong indentation"))
            return "the text that this quote opens does not end on its line; close it, or indent the lines that continue it";
        if (Has(reason, "document indicator"))
            return "the text that this quote opens does not end before the document does; close it";
        if (Has(reason, "simple key"))
            return $"{token} is no 'key: value'; add a colon and a value, or align it with the lines it belongs to";
        if (Has(reason, "more than one anchor"))
            return "a value has one anchor at most; leave one out";
        if (Has(reason, "Anchor before sequence"))
            return "an anchor cannot stand in front of a list's dash; put it behind";
        if (Has(reason, "did not find expected token"))
            return "an alias repeats a value as it is, without an anchor or a tag of its own; leave that out";
        if (Has(reason, "Mapping keys are not allowed"))
            return "a key cannot begin here; leave the ? out, or put the value in quotes";
        if (Has(reason, "key indicator"))
            return "a dash cannot stand alone in brackets; remove it, or put it in quotes";
        if (Has(reason, "end of stream"))
            return $"the quote {(end > start ? text[start] : '\"')} that opens here is not closed, or not needed; add its counterpart or remove it";
        if (Has(reason, "anchor"))
            return "the name of an anchor or alias is missing or has a character that it cannot have ([ ] { } or a comma)";
        if (Has(reason, "tag"))
            return "this tag is not known; leave it out";
        if (Has(reason, "incompatible"))
            return "this version of YAML is not known; write %YAML 1.2 or leave the line out";
        if (Has(reason, "directive"))
            return "a line that begins with % is for the version of YAML alone; write %YAML 1.2 and --- below it, or leave it out";
        if (Has(reason, "comment"))
            return "a comment cannot stand here; put it on a line of its own, with a space before the #";
        if (Has(reason, "block scalar"))
            return "this is not the beginning of a block of text; after | or > comes a line break, then indented lines";
        if (Has(reason, "document start") || Has(reason, "document end"))
            return $"{token} comes after the end of the spec's map or list; align it with the lines it belongs to";
        if (reason.Length == 0)
            return $"{token} cannot be read here; a line inside brackets is indented deeper than the key that they belong to, and has commas between its parts";
        return $"{token} is not valid YAML here";
    }

    /// <summary>The word at the offset; at white space or the end of the text, the one before it.</summary>
    private static (int Start, int End) Token(string text, int offset)
    {
        int start = offset;
        if (start >= text.Length || IsSpace(text[start]))
        {
            int back = start;
            while (back > 0 && IsSpace(text[back - 1]))
                back--;
            if (back == 0)
                return (offset, offset);
            start = back - 1;
            while (start > 0 && !IsSpace(text[start - 1]) && back - start < MaxShown)
                start--;
        }

        int end = start;
        while (end < text.Length && !IsSpace(text[end]) && end - start < MaxShown && (end == start || text[end] is not (',' or ']' or '}')))
            end++;
        if (end > start + 1 && text[end - 1] == ':')
            end--;
        return (start, end);
    }

    /// <summary>The first word of the next line with content; where there is none, the same place.</summary>
    private static int NextLine(string text, int offset)
    {
        int next = text.IndexOfAny(['\r', '\n'], offset);
        if (next < 0)
            return offset;
        while (next < text.Length && IsSpace(text[next]))
            next++;
        return next;
    }

    private static string Shown(string text, int start, int end) =>
        end == start ? "this" : end - start == 1 && !char.IsLetterOrDigit(text[start]) ? text[start].ToString() : $"'{text.Substring(start, end - start)}'";

    private static string LineBefore(string text, int offset)
    {
        int start = offset;
        while (start > 0 && text[start - 1] is not ('\r' or '\n') && offset - start < 2000)
            start--;
        return text.Substring(start, offset - start);
    }

    private static bool HasColon(string text, int offset)
    {
        while (offset < text.Length && text[offset] is ' ')
            offset++;
        return offset < text.Length && text[offset] == ':';
    }

    /// <summary>On the error's line, up to the end of the word it is at, a character that looks like a space and is none, or -1.</summary>
    private static int StrangeSpace(string text, int offset)
    {
        int start = offset - LineBefore(text, offset).Length;
        for (int i = start; i < text.Length && (i < offset || !IsSpace(text[i])) && i - offset < MaxShown; i++)
        {
            if (text[i] is '\u00A0' or '\u3000' or '\u202F' or '\u200B' or (>= '\u2000' and <= '\u200A'))
                return i;
        }

        return -1;
    }

    /// <summary>On the error's line or the last one before it with content, the colon of a <c>key:value</c> without a space, or -1.</summary>
    private static int ColonWithoutSpace(string text, int offset)
    {
        for (int lines = 0; lines < 2; lines++)
        {
            string before = LineBefore(text, offset);
            int lineStart = offset - before.Length;
            int i = lineStart;
            while (i < text.Length && text[i] is ' ' or '-')
                i++;
            int word = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
                i++;
            if (i > word && i + 1 < text.Length && text[i] == ':' && !IsSpace(text[i + 1]))
                return i;
            offset = lineStart;
            while (offset > 0 && IsSpace(text[offset - 1]))
                offset--;
        }

        return -1;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.Ordinal) >= 0;
}
