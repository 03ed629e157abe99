using System.Globalization;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Frontend;

/// <summary>What is checked of a text before the YAML parser sees it: its size, its characters, its indentation.</summary>
internal static class SpecText
{
    public const int MaxLength = 1 << 20;

    public const char ByteOrderMark = '\uFEFF';

    /// <summary>
    /// The text for the parser, of the same length, or null with a diagnostic. Tabs on lines without content become spaces,
    /// for the parser takes them for indentation. A byte order mark stays; the parser must not see it, for it takes it for a letter.
    /// </summary>
    public static string? Prepare(string text, DiagnosticBag diagnostics)
    {
        if (text.Length > MaxLength)
        {
            diagnostics.Report(
                Rules.Limits,
                default,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "the file has {0:N0} characters, but a spec may have {1:N0} (1 MB); keep weights and data in files of their own",
                    text.Length,
                    MaxLength));
            return null;
        }

        char[]? changed = null;
        int lineStart = text.Length > 0 && text[0] == ByteOrderMark ? 1 : 0;
        while (lineStart < text.Length)
        {
            int content = lineStart;
            int tab = -1;
            while (content < text.Length && text[content] is ' ' or '\t')
            {
                if (text[content] == '\t' && tab < 0)
                    tab = content;
                content++;
            }

            bool blank = content == text.Length || text[content] is '\r' or '\n' or '#';
            if (tab >= 0 && !blank)
            {
                diagnostics.Report(
                    Rules.Syntax,
                    new LineMap(text).Span(tab, EndOfTabs(text, tab)),
                    "the line is indented with a tab; YAML takes only spaces for indentation, so replace it with spaces");
                return null;
            }

            int end = content;
            while (end < text.Length && text[end] is not ('\r' or '\n'))
            {
                int width = CharacterWidth(text, end);
                if (width == 0)
                {
                    diagnostics.Report(Rules.Syntax, new LineMap(text).Span(end, end + 1), RefusedCharacter(text[end]));
                    return null;
                }

                end += width;
            }

            if (tab >= 0)
            {
                changed ??= text.ToCharArray();
                for (int i = lineStart; i < content; i++)
                    changed[i] = ' ';
            }

            lineStart = end + 1;
        }

        return changed is null ? text : new string(changed);
    }

    private static int EndOfTabs(string text, int start)
    {
        while (start < text.Length && text[start] == '\t')
            start++;
        return start;
    }

    /// <summary>The UTF-16 units of the character, or 0 for one that YAML does not allow or reads as a line break of its own.</summary>
    private static int CharacterWidth(string text, int index)
    {
        char c = text[index];
        if (char.IsHighSurrogate(c))
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 0;
        return c is '\t' or (>= ' ' and <= '~') or (>= '\u00A0' and not ('\u2028' or '\u2029' or ByteOrderMark or '\uFFFE' or '\uFFFF'))
            && !char.IsLowSurrogate(c)
            ? 1
            : 0;
    }

    private static string RefusedCharacter(char c)
    {
        string code = "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture);
        string advice = c == '\0' ? "save the file as UTF-8" : "remove it";
        return $"the character {code} is invisible and does not belong in YAML; {advice}";
    }
}
