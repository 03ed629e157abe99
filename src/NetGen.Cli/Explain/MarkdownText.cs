using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Cli.Output;

namespace NetGen.Cli.Explain;

/// <summary>
/// Markdown for a terminal: headings, paragraphs, lists, tables and blocks of code, as the rules' pages have them. Paragraphs and tables are as wide as the
/// terminal at most, code as it is, so that it can be copied.
/// </summary>
internal sealed partial class MarkdownText(Terminal terminal)
{
    private const string CodeIndent = "    ";

    // Longer lines are hard to read, however wide the terminal is.
    private const int WidestLine = 110;

    /// <summary>A column that is narrowed keeps so much.</summary>
    private const int NarrowestColumn = 16;

    private readonly int _width = Math.Min(terminal.Width, WidestLine);

    public void Write(string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        for (int i = 0; i < lines.Length;)
            i = WriteBlock(lines, i);
    }

    [GeneratedRegex(@"^(\s*)([-*]|\d+\.)\s+")]
    private static partial Regex ItemMark { get; }

    /// <summary>Writes what begins at a line.</summary>
    /// <returns>The line behind it.</returns>
    private int WriteBlock(string[] lines, int first)
    {
        string line = lines[first];
        if (line.Length == 0)
        {
            terminal.Line("");
            return first + 1;
        }

        if (line.StartsWith('#'))
        {
            WriteLines(MarkdownInline.Parse(line.TrimStart('#').Trim(), Colour.Bold), "", "");
            return first + 1;
        }

        if (IsFence(line))
        {
            int end = first + 1;
            for (; end < lines.Length && !IsFence(lines[end]); end++)
                terminal.Line((lines[end].Length == 0 ? "" : CodeIndent + lines[end], Colour.Cyan));
            return end + 1;
        }

        if (line.StartsWith('|'))
        {
            int end = EndOf(lines, first, static l => l.StartsWith('|'));
            WriteTable([.. lines[first..end].Where(static l => l.Any(static c => c is not ('|' or '-' or ':' or ' '))).Select(Cells)]);
            return end;
        }

        Match mark = ItemMark.Match(line);
        int behind = EndOf(lines, first, static l => l.Length > 0 && l[0] is not ('#' or '|') && !IsFence(l) && !ItemMark.IsMatch(l));
        string text = string.Join(' ', lines[first..behind].Select(static l => l.Trim()));
        if (mark.Success)
            WriteLines(MarkdownInline.Parse(text[(mark.Length - mark.Groups[1].Length)..]), mark.Value, new string(' ', mark.Length));
        else
            WriteLines(MarkdownInline.Parse(text), "", "");
        return behind;
    }

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal);

    private static int EndOf(string[] lines, int first, Func<string, bool> belongs)
    {
        int end = first + 1;
        while (end < lines.Length && belongs(lines[end]))
            end++;
        return end;
    }

    private void WriteLines(List<Span> spans, string before, string indent)
    {
        foreach (List<Span> line in WrappedText.Break(spans, _width - before.Length))
        {
            Write([new Span(before, Colour.None), .. line]);
            before = indent;
        }
    }

    private void WriteTable(List<List<Span>[]> rows)
    {
        int columns = rows.Max(static r => r.Length);
        int[] widths = [.. Enumerable.Range(0, columns).Select(c => rows.Max(r => c < r.Length ? WrappedText.Width(r[c]) : 0))];
        // The widest column gives way: it is the one with sentences.
        int over = widths.Sum() + 2 * (columns - 1) - _width;
        int widest = Array.IndexOf(widths, widths.Max());
        if (over > 0)
            widths[widest] = Math.Max(NarrowestColumn, widths[widest] - over);

        foreach ((int number, List<Span>[] row) in rows.Index())
        {
            IEnumerable<Span> Look(List<Span> cell) => number == 0 ? cell.Select(static s => s with { Colour = Colour.Bold }) : cell;
            List<List<Span>>[] cells = [.. row.Select((cell, c) => WrappedText.Break(Look(cell), widths[c]))];
            for (int k = 0; k < cells.Max(static c => c.Count); k++)
            {
                var line = new List<Span>();
                for (int c = 0; c < cells.Length; c++)
                {
                    List<Span> part = k < cells[c].Count ? cells[c][k] : [];
                    line.AddRange(part);
                    if (c < cells.Length - 1)
                        line.Add(new Span(new string(' ', Math.Max(0, widths[c] - WrappedText.Width(part)) + 2), Colour.None));
                }

                Write(line);
            }
        }
    }

    // A bar within a cell is escaped.
    private static List<Span>[] Cells(string row) =>
        [.. Regex.Split(row.Trim().Trim('|'), @"(?<!\\)\|").Select(static cell => MarkdownInline.Parse(cell.Trim().Replace("\\|", "|")))];

    // Blanks at the end, behind a table's last short cell, are nobody's.
    private void Write(IReadOnlyList<Span> spans)
    {
        (string, Colour)[] parts = [.. spans.Select(static s => (s.Text, s.Colour))];
        while (parts.Length > 0 && parts[^1].Item1.Trim().Length == 0)
            parts = parts[..^1];
        terminal.Line(parts);
    }
}
