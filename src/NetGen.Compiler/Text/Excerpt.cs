using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Compiler.Text;

/// <summary>How names, shapes and texts from files are shown in messages: in full where short, never long, on one line.</summary>
internal static class Excerpt
{
    private const int LongestText = 60;
    private const int LongestList = 5;

    /// <summary>The text in quotes, shortened, with control characters escaped.</summary>
    public static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        foreach (char c in text.Substring(0, Math.Min(text.Length, LongestText)))
            if (char.IsControl(c))
                shown.Append(FormattableString.Invariant($"\\u{(int)c:x4}"));
            else
                shown.Append(c);

        return shown.Append(text.Length > LongestText ? "…'" : "'").ToString();
    }

    /// <summary>The names in quotes, the first five of them.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        string shown = string.Join(", ", names.Take(LongestList).Select(Quote));
        return names.Count > LongestList ? $"{shown} and {names.Count - LongestList} more" : shown;
    }

    /// <summary>A shape as PyTorch prints it: <c>[10, 64]</c>.</summary>
    public static string Shape<T>(IEnumerable<T> shape) where T : IFormattable =>
        $"[{string.Join(", ", shape.Select(size => size.ToString(null, CultureInfo.InvariantCulture)))}]";
}
