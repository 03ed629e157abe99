using System;
using System.Collections.Generic;
using System.Text;

namespace NetGen.Training.Csv;

/// <summary>
/// Splits a text into rows of cells as RFC 4180 says, and no more loosely: a quote stands at the ends of a cell, or twice
/// within one that is quoted. Blanks around a cell, blank lines and comment lines are skipped.
/// </summary>
internal sealed class CsvRows(StrictText text, string file, char delimiter, char? comment)
{
    private const int End = -1;

    private readonly char[] buffer = new char[1 << 14];
    private readonly StringBuilder cell = new();
    private int position;
    private int filled;
    private int line = 1;

    /// <summary>The line on which the current row begins, counted from 1 as an editor does.</summary>
    public int Line { get; private set; }

    /// <summary>The cells of the next row; null at the end of the text.</summary>
    /// <exception cref="DatasetException">Its quotes are wrong.</exception>
    public string[]? Read()
    {
        while (Peek() != End)
        {
            Line = line;
            if (comment is not null && Peek() == comment)
            {
                while (!IsEndOfRow(Peek()))
                    Next();
                EndRow();
                continue;
            }

            var cells = new List<string>();
            bool isQuoted;
            do
            {
                cells.Add(ReadCell(cells.Count + 1, out isQuoted));
            }
            while (Follows());

            if (cells is not [""] || isQuoted)
                return [.. cells];
        }

        return null;
    }

    private string ReadCell(int number, out bool isQuoted)
    {
        cell.Clear();
        SkipBlanks();
        isQuoted = Peek() == '"';
        if (isQuoted)
        {
            ReadQuoted(number);
            SkipBlanks();
            return Peek() == delimiter || IsEndOfRow(Peek()) ? cell.ToString() : throw WrongQuotes(line, $"behind the quote that closes cell {number} stands more text");
        }

        while (Peek() != delimiter && !IsEndOfRow(Peek()))
        {
            if (Peek() == '"')
                throw WrongQuotes(line, $"cell {number} does not begin with the quote that it holds");
            cell.Append((char)Next());
        }

        return cell.ToString().TrimEnd(' ', '\t');
    }

    private void ReadQuoted(int number)
    {
        int opened = line;
        Next();
        while (true)
        {
            int c = Next();
            if (c == End)
                throw WrongQuotes(opened, $"the one that opens cell {number} is never closed");
            if (c != '"')
                cell.Append((char)c);
            else if (Peek() == '"')
                cell.Append((char)Next());
            else
                return;
        }
    }

    // Whether another cell follows in the row; otherwise steps over the row's end.
    private bool Follows()
    {
        if (Peek() == delimiter)
        {
            Next();
            return true;
        }

        EndRow();
        return false;
    }

    private void EndRow()
    {
        if (Next() == '\r' && Peek() == '\n')
            Next();
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' && Peek() != delimiter)
            Next();
    }

    private static bool IsEndOfRow(int c) => c is End or '\r' or '\n';

    private int Peek()
    {
        if (position == filled)
            (position, filled) = (0, text.Read(buffer));

        return filled == 0 ? End : buffer[position];
    }

    // A line ends with \n, \r\n or \r, also within quotes.
    private int Next()
    {
        int c = Peek();
        if (c == End)
            return End;

        position++;
        if (c == '\n' || (c == '\r' && Peek() != '\n'))
            line++;
        return c;
    }

    private DatasetException WrongQuotes(int at, string how) => new(
        file, at, $"the line's quotes are wrong; put a text with quotes in quotes, write each quote inside twice, and close the text: {how}.");
}
