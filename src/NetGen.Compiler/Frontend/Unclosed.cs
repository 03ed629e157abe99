using System.Collections.Generic;

namespace NetGen.Compiler.Frontend;

/// <summary>
/// Finds the bracket or quote that opens and does not close, in a text that the parser has refused:
/// a parser notices far behind it, or not at all what it was.
/// </summary>
internal static class Unclosed
{
    /// <summary>The offset of the first bracket or quote without its counterpart, or -1.</summary>
    public static int Find(string text)
    {
        Stack<int> open = new();
        bool atToken = true;
        int lineStart = 0;
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (c is '\n' or '\r')
            {
                lineStart = ++i;
                atToken = true;
            }
            else if (c is ' ' or '\t' or SpecText.ByteOrderMark)
            {
                i++;
            }
            else if (c == '#' && (i == 0 || IsSpace(text, i - 1)))
            {
                i = EndOfLine(text, i);
            }
            else if (c is '"' or '\'' && atToken)
            {
                int end = EndOfQuoted(text, i);
                if (end < 0)
                    return i;
                bool severalLines = text.IndexOfAny(['\r', '\n'], i, end - i) >= 0;
                if (severalLines && end < text.Length && !IsSpace(text, end) && text[end] is not (',' or ']' or '}' or ':'))
                    return i;
                i = end;
                // After a quoted key a colon needs no space, in brackets.
                atToken = open.Count > 0 && i < text.Length && text[i] == ':';
                if (atToken)
                    i++;
            }
            else if (c is '[' or '{' && (atToken || open.Count > 0))
            {
                open.Push(i++);
                atToken = true;
            }
            else if (c is ']' or '}' && open.Count > 0)
            {
                if (text[open.Peek()] != (c == ']' ? '[' : '{'))
                    return open.Peek();
                open.Pop();
                i++;
                atToken = false;
            }
            else if (c is '|' or '>' && atToken && open.Count == 0)
            {
                i = EndOfBlockScalar(text, i, Indent(text, lineStart));
                lineStart = i;
                atToken = true;
            }
            else if (c is '&' or '!' or '*' && atToken)
            {
                while (i < text.Length && !IsSpace(text, i) && !(open.Count > 0 && text[i] is ',' or ']' or '}'))
                    i++;
            }
            else
            {
                bool separator = (c == ':' && IsSpace(text, i + 1))
                    || (c is '-' or '?' && atToken && open.Count == 0 && IsSpace(text, i + 1))
                    || (open.Count > 0 && c == ',');
                atToken = separator;
                i++;
            }
        }

        return open.Count > 0 ? open.Peek() : -1;
    }

    /// <summary>The offset behind the closing quote, or -1 where there is none.</summary>
    private static int EndOfQuoted(string text, int start)
    {
        char quote = text[start];
        for (int i = start + 1; i < text.Length; i++)
        {
            if (quote == '"' && text[i] == '\\')
                i++;
            else if (text[i] == quote && quote == '\'' && i + 1 < text.Length && text[i + 1] == quote)
                i++;
            else if (text[i] == quote)
                return i + 1;
        }

        return -1;
    }

    private static int EndOfBlockScalar(string text, int start, int indent)
    {
        int i = EndOfLine(text, start);
        while (i < text.Length)
        {
            int next = i + 1;
            int content = next + Indent(text, next);
            bool blank = content >= text.Length || text[content] is '\r' or '\n';
            if (!blank && content - next <= indent)
                return next;
            i = EndOfLine(text, next);
        }

        return text.Length;
    }

    private static int Indent(string text, int lineStart)
    {
        int i = lineStart;
        while (i < text.Length && text[i] == ' ')
            i++;
        return i - lineStart;
    }

    private static int EndOfLine(string text, int i)
    {
        while (i < text.Length && text[i] is not ('\r' or '\n'))
            i++;
        return i;
    }

    private static bool IsSpace(string text, int i) => i >= text.Length || text[i] is ' ' or '\t' or '\r' or '\n';
}
