using System;
using nietras.SeparatedValues;

namespace NetGen.Training.Csv;

/// <summary>
/// The rows of a text, as Sep splits them. Quotes stand as RFC 4180 says, and no more loosely: at the ends of a cell, or
/// twice within one that is quoted. Blanks around a cell, blank lines and comment lines are skipped.
/// </summary>
internal sealed class CsvRows(StrictText text, string file, char delimiter, char? comment, int firstLine) : IDisposable
{
    private const string Blanks = " \t";

    private SepReader? reader;
    private int passed; // lines of the rows that were read

    /// <summary>The line on which the current row begins, counted from 1 as an editor does.</summary>
    public int Line { get; private set; }

    /// <summary>The cells of the next row; null at the end of the text.</summary>
    /// <exception cref="DatasetException">Its quotes are wrong, or it is too long.</exception>
    public string[]? Read()
    {
        while (Next() is { } sep)
        {
            SepReader.Row row = sep.Current;
            (Line, passed) = (firstLine + passed, row.LineNumberToExcl - 1);
            if (row.ColCount == 1 && row[0].Span.Trim(Blanks).IsEmpty)
                continue;

            string[] cells = new string[row.ColCount];
            for (int i = 0; i < cells.Length; i++)
                cells[i] = Cell(row, i);
            return cells;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader?.Dispose();
        text.Dispose();
    }

    private SepReader? Next()
    {
        try
        {
            reader ??= Sep.New(delimiter).Reader(options => options with { HasHeader = false, DisableColCountCheck = true })
                .From(new CsvText(text, comment));
            return reader.MoveNext() ? reader : null;
        }
        catch (NotSupportedException e)
        {
            throw new DatasetException(file, firstLine + passed, "the row that begins here has over 16,000,000 characters; most likely one of its quotes is never closed: put a text with quotes in quotes, and write each quote inside twice.", e);
        }
    }

    private string Cell(SepReader.Row row, int index)
    {
        ReadOnlySpan<char> cell = row[index].Span.Trim(Blanks);
        int end = cell.IndexOf('"');
        if (end < 0)
            return cell.ToString();
        if (end > 0)
            throw WrongQuotes(row, index, 0, $"cell {index + 1} does not begin with the quote that it holds");

        do
        {
            int quote = cell[++end..].IndexOf('"');
            if (quote < 0)
                throw WrongQuotes(row, index, 0, $"the one that opens cell {index + 1} is never closed");
            end += quote + 1;
        }
        while (end < cell.Length && cell[end] == '"');

        if (end < cell.Length)
            throw WrongQuotes(row, index, end, $"behind the quote that closes cell {index + 1} stands more text");
        return cell[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private DatasetException WrongQuotes(SepReader.Row row, int index, int position, string how)
    {
        int line = Line + LineBreaks(row[index].Span.Trim(Blanks)[..position]);
        for (int i = 0; i < index; i++)
            line += LineBreaks(row[i].Span);
        return new(file, line, $"the line's quotes are wrong; put a text with quotes in quotes, write each quote inside twice, and close the text: {how}.");
    }

    // A line ends with \n, \r\n or \r.
    private static int LineBreaks(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}
