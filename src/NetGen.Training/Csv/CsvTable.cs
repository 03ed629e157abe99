using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Files;

namespace NetGen.Training.Csv;

/// <summary>A CSV file, read row by row, whose columns have names.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly StrictText text;
    private readonly CsvRows rows;
    private readonly CsvOptions options;
    private string[] row = [];
    private bool isPending;

    /// <summary>Opens the file and reads its header; or goes to a row within it, whose columns are known.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file is empty, or a column has no name.</exception>
    public CsvTable(string path, CsvOptions options, CsvStart? start = null)
    {
        CheckCharacters(options);
        DataFile.CheckExists(path);

        File = path;
        this.options = options;
        text = new StrictText(path, options.Encoding, start?.Offset ?? 0);
        rows = new CsvRows(text, path, options.Delimiter, options.Comment, start?.Line ?? 1);
        if (start is not null)
        {
            (Columns, HeaderLine) = (start.Columns, start.HeaderLine);
            return;
        }

        try
        {
            row = rows.Read() ?? throw new DatasetException(path, null, options.HasHeader
                ? "the file is empty; it needs a header line with the columns' names, and a line for each sample."
                : "the file is empty; it needs a line for each sample.");
            isPending = !options.HasHeader;
            Columns = options.HasHeader ? row : [.. Enumerable.Range(1, row.Length).Select(i => FormattableString.Invariant($"column_{i}"))];
            HeaderLine = rows.Line;
            int unnamed = Array.IndexOf(Columns, "");
            if (unnamed >= 0)
                throw new DatasetException(path, Line, $"column {unnamed + 1} has no name; name it, or write the file without an index column (in pandas, index=False).");
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>The file, as it was named.</summary>
    public string File { get; }

    /// <summary>The columns' names.</summary>
    public string[] Columns { get; }

    /// <summary>The line of the header; without one, of the first row.</summary>
    public int HeaderLine { get; }

    /// <summary>The line on which the current row begins, counted from 1 with the header.</summary>
    public int Line => rows.Line;

    /// <summary>How the file is read.</summary>
    public CsvOptions Options => options;

    /// <summary>The text in a column of the current row.</summary>
    public string this[int column] => row[column];

    /// <summary>Steps to the next row; false at the end.</summary>
    /// <exception cref="DatasetException">The row has more or fewer cells than the header, or its quotes are wrong.</exception>
    public bool Read()
    {
        if (!isPending)
        {
            if (rows.Read() is not { } next)
                return false;
            row = next;
        }

        isPending = false;
        if (row.Length == Columns.Length)
            return true;

        string first = options.HasHeader ? "header" : "first line";
        string where = row.Length < Columns.Length
            ? $"column {Excerpt.Quote(Columns[row.Length])} has none"
            : $"{Excerpt.Quote(row[Columns.Length])} has no column";
        throw new DatasetException(File, Line, $"the line has {row.Length} cells, but the {first} has {Columns.Length}: {where}; give each line as many, put texts with a '{options.Delimiter}' in quotes, and close each quote.");
    }

    /// <summary>Where a column stands.</summary>
    /// <exception cref="DatasetException">There is none of that name.</exception>
    public int IndexOf(string column)
    {
        int index = Array.IndexOf(Columns, column);
        if (index >= 0)
            return index;
        if (!options.HasHeader)
            throw new DatasetException(File, HeaderLine, $"there is no column {Excerpt.Quote(column)}; without a header (HasHeader = false) they are named '{Columns[0]}' to '{Columns[^1]}'.");

        throw new DatasetException(File, HeaderLine, $"the header has no column {Excerpt.Quote(column)}; {RemedyFor(column)}");
    }

    /// <summary>Refuses a header that names a column twice.</summary>
    /// <exception cref="DatasetException">A name is there twice.</exception>
    public void CheckColumnsDiffer()
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Columns.Length; i++)
            if (!places.TryAdd(Columns[i], i))
                throw new DatasetException(File, HeaderLine, $"columns {places[Columns[i]] + 1} and {i + 1} are both named {Excerpt.Quote(Columns[i])}; rename one of them.");
    }

    /// <summary>Refuses an encoding in which a reader could not begin within the file.</summary>
    /// <exception cref="DatasetException">It is neither UTF-8 nor one of single bytes.</exception>
    public void CheckSeekable()
    {
        if (!text.AreLinesSeekable)
            throw new DatasetException(File, null, $"the file's encoding is {text.EncodingName}, and chunks are read from UTF-8, or from an encoding of one byte a character; write the file as UTF-8, or read it whole by Dataset.FromCsv.");
    }

    /// <summary>What is wrong with a cell of the current row.</summary>
    public DatasetException Error(int column, string what) => new(File, Line, $"column {Excerpt.Quote(Columns[column])} {what}");

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    private static void CheckCharacters(CsvOptions options)
    {
        char delimiter = options.Delimiter;
        if (delimiter is not '\t' and (< '\u001F' or > '~' or '"' or ' ' or '#'))
            throw new ArgumentException($"The character U+{(int)delimiter:X4} cannot delimit cells: a tab can, and a character from U+001F to U+007E that is no blank, '\"' or '#'; use ',', ';', '|' or a tab.", nameof(options));
        if (options.DecimalSeparator is not ('.' or ','))
            throw new ArgumentException($"DecimalSeparator is {Excerpt.Quote(options.DecimalSeparator.ToString())}; numbers have '.' or ',' before their fraction.", nameof(options));
        if (options.Comment is { } comment && (comment == delimiter || comment is '"' or '\r' or '\n'))
            throw new ArgumentException($"The character U+{(int)comment:X4} cannot begin comments, since it means something else in a cell; use '#' or ';'.", nameof(options));
    }

    private string RemedyFor(string column) =>
        OtherDelimiter() is { } other ? $"the file seems to be delimited by {other}; state it as Delimiter in the options."
        : Columns[0].StartsWith('#') || Columns[0].StartsWith('%') ? $"the first line looks like a comment; state Comment = '{Columns[0][0]}' in the options."
        : Nearest.Find(column, Columns) is { } nearest ? $"did you mean '{nearest}'?"
        : Columns.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? "the first line looks like data; put a header line with the columns' names before it, or state HasHeader = false in the options."
        : options.OneHot.Any(text => column.StartsWith(text + "=", StringComparison.Ordinal)) ? "a feature of a one-hot column is not a column of the file; read a second file with options: train.CsvOptions."
        : $"it has {Excerpt.Names(Columns)}.";

    private string? OtherDelimiter() =>
        Columns.Length != 1 ? null
        : Columns[0].Contains(';') ? "';'"
        : Columns[0].Contains('\t') ? @"'\t'"
        : Columns[0].Contains(',') ? "','"
        : null;
}
