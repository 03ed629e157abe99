using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Training.Csv;

/// <summary>What a text looks like to a reader, so that two spellings of one name are not taken for two.</summary>
internal static class Look
{
    /// <summary>The text in small letters, with white space as single blanks and without invisible characters.</summary>
    public static string Of(string text)
    {
        string words = Words(text);
        return words.Length > 1 ? words.ToLowerInvariant() : words; // a and A alone are letters to be told apart
    }

    /// <summary>Whether accents stand behind their letters, as in Unicode's decomposed form.</summary>
    public static bool IsDecomposed(string text) => text.Any(IsAccent);

    /// <summary>
    /// The look with one sign for every letter that has an accent or is not ASCII. Which letter it is takes Unicode's
    /// tables, and a program with invariant globalization has none.
    /// </summary>
    public static string WithoutAccents(string text)
    {
        var shown = new StringBuilder();
        foreach (char c in Of(text))
            if (IsAccent(c) && shown.Length > 0)
                shown[^1] = '\u25CC';
            else
                shown.Append(char.IsAscii(c) ? c : '\u25CC');

        return shown.ToString();
    }

    /// <summary>In what two texts differ that look alike.</summary>
    public static string Difference(string a, string b) =>
        IsDecomposed(a) != IsDecomposed(b) ? "their Unicode normal form"
        : Words(a) == Words(b) ? "white space"
        : string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? "case"
        : "white space and case";

    /// <summary>The text in quotes, with all that does not show as an escape.</summary>
    public static string Spelled(string text) =>
        $"'{string.Concat(text.Select(c => c != ' ' && (IsInvisible(c) || IsAccent(c) || char.IsWhiteSpace(c)) ? $"\\u{(int)c:x4}" : $"{c}"))}'";

    private static string Words(string text) =>
        string.Join(' ', string.Concat(text.Where(c => !IsInvisible(c))).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsInvisible(char c) =>
        char.GetUnicodeCategory(c) == UnicodeCategory.Format || (char.IsControl(c) && !char.IsWhiteSpace(c));

    // Of Latin, Greek and Cyrillic letters, and of kana. In other scripts such marks are letters of their own.
    private static bool IsAccent(char c) => c is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A';
}
