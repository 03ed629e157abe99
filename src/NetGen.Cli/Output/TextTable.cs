using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace NetGen.Cli.Output;

/// <summary>Rows under headings: drawn where somebody looks, plain columns in a pipe or a file, and where a line is too short for frames.</summary>
/// <param name="header">The headings.</param>
/// <param name="texts">How many columns, from the left, are texts; the others are numbers, and stand to the right.</param>
internal sealed class TextTable(string[] header, int texts)
{
    private readonly List<(string[] Cells, Colour Colour)> _rows = [];

    public void Add(Colour colour, params string[] cells) => _rows.Add((cells, colour));

    public void Write(Terminal terminal)
    {
        int[] widths = [.. header.Select((name, c) => _rows.Select(r => r.Cells[c].Length).Append(name.Length).Max())];
        // A frame takes three columns for each column, and one for its end.
        if (terminal.HasColour && widths.Sum() + (3 * widths.Length) + 1 <= terminal.Width)
        {
            // The frames are written past the terminal's buffer.
            terminal.Out.Flush();
            Draw();
        }
        else
            WritePlain(terminal, widths);
    }

    private void WritePlain(Terminal terminal, int[] widths)
    {
        foreach ((string[] row, Colour colour) in _rows.Prepend((header, Colour.Bold)))
            terminal.Line((string.Join("  ", row.Select((cell, c) => c >= texts ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd(), colour));
    }

    private void Draw()
    {
        var table = new Table().Border(TableBorder.Rounded);
        for (int c = 0; c < header.Length; c++)
        {
            var column = new TableColumn(new Text(header[c], new Style(decoration: Decoration.Bold))) { NoWrap = true };
            table.AddColumn(c >= texts ? column.RightAligned() : column);
        }

        foreach ((string[] cells, Colour colour) in _rows)
            table.AddRow(cells.Select(cell => new Text(Terminal.Printable(cell), StyleOf(colour))));
        AnsiConsole.Write(table);
    }

    private static Style? StyleOf(Colour colour) => colour switch
    {
        Colour.Red => new Style(Color.Red),
        Colour.Green => new Style(Color.Green),
        Colour.Yellow => new Style(Color.Yellow),
        Colour.Bold => new Style(decoration: Decoration.Bold),
        Colour.Dim => new Style(decoration: Decoration.Dim),
        _ => null,
    };
}
