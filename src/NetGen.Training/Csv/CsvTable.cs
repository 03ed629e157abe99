using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CsvHelper;
using CsvHelper.Configuration;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>A CSV file with a header, read row by row; all texts are trimmed, blank lines skipped.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvParser parser;
    private readonly char delimiter;
    private string[] row = [];
    private int previousEnd;

    /// <summary>Opens the file and reads its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file is empty, or a column has no name.</exception>
    public CsvTable(string path, char delimiter)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (delimiter is '"' or ' ' or '\r' or '\n')
            throw new ArgumentException($"The character U+{(int)delimiter:X4} cannot delimit cells, since quotes, blanks and line breaks mean something else; use ',', ';' or a tab.", nameof(delimiter));
        if (!System.IO.File.Exists(path))
            throw new FileNotFoundException($"There is no data file '{path}'; the current folder is '{Environment.CurrentDirectory}'.", path);

        File = path;
        this.delimiter = delimiter;
        parser = new CsvParser(
            new StreamReader(path),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = delimiter.ToString(),
                TrimOptions = TrimOptions.Trim,
            });
        try
        {
            if (!Advance())
                throw new DatasetException(path, null, "the file is empty; it needs a header line with the columns' names, and a line for each sample.");

            Columns = row;
            int unnamed = Array.IndexOf(Columns, "");
            if (unnamed >= 0)
                throw new DatasetException(path, Line, $"column {unnamed + 1} has no name; name it, or write the file without an index column (in pandas, index=False).");
        }
        catch
        {
            parser.Dispose();
            throw;
        }
    }

    /// <summary>The file, as it was named.</summary>
    public string File { get; }

    /// <summary>The columns' names.</summary>
    public string[] Columns { get; }

    /// <summary>The line on which the current row begins, counted from 1 with the header.</summary>
    public int Line
    {
        get
        {
            string text = parser.RawRecord;
            bool isQuoteOpen = text.AsSpan().Count('"') % 2 != 0; // then the parser's count may have passed the end of the file
            return isQuoteOpen ? previousEnd + 1 : parser.RawRow - text.TrimEnd('\r', '\n').AsSpan().Count('\n');
        }
    }

    /// <summary>The text in a column of the current row.</summary>
    public string this[int column] => row[column];

    /// <summary>Steps to the next row; false at the end.</summary>
    /// <exception cref="DatasetException">The row has more or fewer cells than the header, or its quotes are wrong.</exception>
    public bool Read()
    {
        if (!Advance())
            return false;
        if (row.Length != Columns.Length)
            throw new DatasetException(File, Line, $"the line has {row.Length} cells, but the header has {Columns.Length}; give each line as many, put texts with a '{delimiter}' in quotes, and close each quote.");

        return true;
    }

    /// <summary>Where a column stands.</summary>
    /// <exception cref="DatasetException">There is none of that name.</exception>
    public int IndexOf(string column)
    {
        int index = Array.IndexOf(Columns, column);
        if (index >= 0)
            return index;

        string remedy =
            OtherDelimiter() is { } other ? $"the file seems to be delimited by {other}; state it as Delimiter in the options."
            : Nearest.Find(column, Columns) is { } nearest ? $"did you mean '{nearest}'?"
            : Columns.All(name => float.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? "the first line looks like data; put a header line with the columns' names before it."
            : $"it has {Excerpt.Names(Columns)}.";
        throw new DatasetException(File, 1, $"the header has no column {Excerpt.Quote(column)}; {remedy}");
    }

    /// <summary>Refuses a header that names a column twice.</summary>
    /// <exception cref="DatasetException">A name is there twice.</exception>
    public void CheckColumnsDiffer()
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Columns.Length; i++)
            if (!places.TryAdd(Columns[i], i))
                throw new DatasetException(File, 1, $"columns {places[Columns[i]] + 1} and {i + 1} are both named {Excerpt.Quote(Columns[i])}; rename one of them.");
    }

    /// <inheritdoc/>
    public void Dispose() => parser.Dispose();

    private bool Advance()
    {
        previousEnd = parser.RawRow;
        try
        {
            if (!parser.Read())
                return false;

            row = parser.Record!; // the parser finds wrong quotes only when a cell is taken
            return true;
        }
        catch (CsvHelperException e)
        {
            throw new DatasetException(File, Line, "the line's quotes are wrong; put a text with quotes in quotes, write each quote inside twice, and close the text.", e);
        }
    }

    private string? OtherDelimiter() =>
        Columns.Length != 1 ? null
        : Columns[0].Contains(';') ? "';'"
        : Columns[0].Contains('\t') ? @"'\t'"
        : Columns[0].Contains(',') ? "','"
        : null;
}
