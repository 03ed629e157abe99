using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Sweep;

/// <summary>A row of a CSV file, by RFC 4180.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>A text as a cell: what a spreadsheet would take for a formula has an apostrophe before it.</summary>
    public static string Text(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>What <see cref="Text"/> was made of.</summary>
    public static string PlainText(string cell) => cell.Length > 1 && cell[0] == '\'' && IsFormula(cell[1..]) ? cell[1..] : cell;

    public static void Append(StringBuilder text, IEnumerable<string> cells)
    {
        text.AppendJoin(',', cells.Select(Quoted));
        text.Append('\n');
    }

    /// <summary>A cell, in quotes where it must be.</summary>
    public static string Quoted(string cell) => NeedsQuotes(cell) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <summary>All rows but empty ones. A quote that is not closed reaches to the end.</summary>
    public static IReadOnlyList<CsvRow> Read(string text)
    {
        var rows = new List<CsvRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        int line = 1, start = 1;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i == text.Length ? '\n' : text[i];
            if (isQuoted && i < text.Length)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[i++]);
                else if (c == '"')
                    isQuoted = false;
                else
                    cell.Append(c);
            }
            else if (c == '"')
                isQuoted = true;
            else if (c is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    if (cells is not [""])
                        rows.Add(new CsvRow(start, [.. cells]));
                    cells.Clear();
                    start = line + 1;
                }
            }
            // A line may end with CR LF.
            else if (c != '\r' || i + 1 >= text.Length || text[i + 1] != '\n')
                cell.Append(c);

            if (c == '\n')
                line++;
        }

        return rows;
    }

    private static bool IsFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';

    private static bool NeedsQuotes(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") || cell.StartsWith(' ') || cell.EndsWith(' ');
}
