using System;
using System.Collections.Generic;
using System.Text;
using NetGen.Cli.Output;

namespace NetGen.Cli.Explain;

/// <summary>A run of text within a paragraph, with its look.</summary>
internal readonly record struct Span(string Text, Colour Colour);

/// <summary>What stands within a line of Markdown: code, emphasis, links, escapes.</summary>
internal static class MarkdownInline
{
    /// <summary>The line's text, cut where its look changes. Of a link, its text is left.</summary>
    /// <param name="colour">The look of what has none of its own.</param>
    public static List<Span> Parse(string text, Colour colour = Colour.None)
    {
        var spans = new List<Span>();
        var plain = new StringBuilder();
        void Add(string part, Colour look)
        {
            if (plain.Length > 0)
                spans.Add(new Span(plain.ToString(), colour));
            plain.Clear();
            if (part.Length > 0)
                spans.Add(new Span(part, look));
        }

        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && i + 1 < text.Length && (char.IsPunctuation(text[i + 1]) || char.IsSymbol(text[i + 1])))
            {
                plain.Append(text[i + 1]);
                i += 2;
            }
            else if (text[i] == '`' && Code(text, i) is var (code, behindCode))
            {
                Add(code, Colour.Cyan);
                i = behindCode;
            }
            else if (string.CompareOrdinal(text, i, "**", 0, 2) == 0 && text.IndexOf("**", i + 2, StringComparison.Ordinal) is > 0 and int end)
            {
                Add("", colour);
                spans.AddRange(Parse(text[(i + 2)..end], Colour.Bold));
                i = end + 2;
            }
            else if (text[i] == '[' && Link(text, i) is var (link, behindLink))
            {
                Add("", colour);
                spans.AddRange(Parse(link, colour));
                i = behindLink;
            }
            else
            {
                plain.Append(text[i++]);
            }
        }

        Add("", colour);
        return spans;
    }

    // As many backticks as open it close it; a space at both ends is there to part it from backticks within.
    private static (string Code, int Behind)? Code(string text, int start)
    {
        int begin = start;
        while (begin < text.Length && text[begin] == '`')
            begin++;
        int length = begin - start;
        for (int end = begin; (end = text.IndexOf('`', end)) >= 0;)
        {
            int behind = end;
            while (behind < text.Length && text[behind] == '`')
                behind++;
            if (behind - end == length)
            {
                string code = text[begin..end];
                return (code.Length > 2 && code[0] == ' ' && code[^1] == ' ' ? code[1..^1] : code, behind);
            }

            end = behind;
        }

        return null;
    }

    private static (string Text, int Behind)? Link(string text, int start)
    {
        int close = text.IndexOf("](", start, StringComparison.Ordinal);
        int end = close < 0 ? -1 : text.IndexOf(')', close);
        return end < 0 ? null : (text[(start + 1)..close], end + 1);
    }
}
