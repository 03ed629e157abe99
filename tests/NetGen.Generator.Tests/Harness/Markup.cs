using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Tests.Harness;

/// <summary>A diagnostic that is expected, or found, at a place.</summary>
internal sealed record Mark(string Path, TextSpan Span, string Id) : System.IComparable<Mark>
{
    public int CompareTo(Mark? other) =>
        (Path, Span.Start, Span.Length, Id).CompareTo((other!.Path, other.Span.Start, other.Span.Length, other.Id));
}

/// <summary>Text in which <c>{|NETGEN020:64|}</c> says that the diagnostic is expected at <c>64</c>; marks may nest.</summary>
internal static partial class Markup
{
    public static (string Text, IReadOnlyList<Mark> Marks) Parse(string path, string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<(int Start, string Id)>();
        List<Mark> marks = [];
        int position = 0;
        foreach (Match match in Token().Matches(marked))
        {
            text.Append(marked, position, match.Index - position);
            position = match.Index + match.Length;
            if (match.Groups["id"].Success)
            {
                open.Push((text.Length, match.Groups["id"].Value));
                continue;
            }

            (int start, string id) = open.Pop();
            marks.Add(new Mark(path, TextSpan.FromBounds(start, text.Length), id));
        }

        text.Append(marked, position, marked.Length - position);
        return (text.ToString(), marks);
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+\d+):|\|\}")]
    private static partial Regex Token();
}
