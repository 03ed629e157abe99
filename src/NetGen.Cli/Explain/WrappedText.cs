using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Output;
using Spectre.Console;

namespace NetGen.Cli.Explain;

/// <summary>Runs of text, broken into lines at their blanks.</summary>
internal static class WrappedText
{
    /// <summary>The lines, none wider than <paramref name="width"/> unless one word is.</summary>
    public static List<List<Span>> Break(IEnumerable<Span> spans, int width)
    {
        var lines = new List<List<Span>> { new() };
        int column = 0;
        foreach (List<Span> word in Words(spans))
        {
            int wide = word.Sum(static part => part.Text.GetCellWidth());
            if (column > 0 && column + 1 + wide > width)
            {
                lines.Add([]);
                column = 0;
            }

            if (column > 0)
            {
                // Within a look the blank has it too: an escape sequence for each line is enough.
                Span last = lines[^1][^1];
                if (last.Colour == word[0].Colour)
                    lines[^1][^1] = last with { Text = last.Text + " " };
                else
                    lines[^1].Add(new Span(" ", Colour.None));
                column++;
            }

            foreach (Span part in word)
            {
                if (lines[^1].Count > 0 && lines[^1][^1] is var before && before.Colour == part.Colour)
                    lines[^1][^1] = before with { Text = before.Text + part.Text };
                else
                    lines[^1].Add(part);
            }

            column += wide;
        }

        return lines;
    }

    /// <summary>How many columns they take on one line.</summary>
    public static int Width(IEnumerable<Span> spans) => spans.Sum(static span => span.Text.GetCellWidth());

    /// <summary>Words, of which one may change its look within: `units`, is one.</summary>
    private static IEnumerable<List<Span>> Words(IEnumerable<Span> spans)
    {
        var word = new List<Span>();
        foreach (Span span in spans)
        {
            string[] parts = span.Text.Split(' ');
            for (int i = 0; i < parts.Length; i++)
            {
                if (i > 0 && word.Count > 0)
                {
                    yield return word;
                    word = [];
                }

                if (parts[i].Length > 0)
                    word.Add(span with { Text = parts[i] });
            }
        }

        if (word.Count > 0)
            yield return word;
    }
}
