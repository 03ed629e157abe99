using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Csv;

namespace NetGen.Training;

/// <summary>
/// What a CSV file has: its rows and, of each column, whether it is one of numbers, their range and moments, missing cells, and how many values differ. For a
/// look at a file before a spec is written for it. It is read once, row by row, so that it may be larger than memory.
/// </summary>
public sealed class CsvSummary
{
    private CsvSummary(string file, CsvOptions options, long rows, IReadOnlyList<CsvColumnSummary> columns)
    {
        (File, Options, Rows, Columns) = (file, options, rows, columns);
    }

    /// <summary>The file, as it was named.</summary>
    public string File { get; }

    /// <summary>How it was read.</summary>
    public CsvOptions Options { get; }

    /// <summary>The number of rows, the header not counted.</summary>
    public long Rows { get; }

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<CsvColumnSummary> Columns { get; }

    /// <summary>The column of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message has the nearest that there is.</exception>
    public CsvColumnSummary this[string name] => Find(name) ?? throw new KeyNotFoundException(
        $"{File} has no column {Excerpt.Quote(name)}; "
        + (Nearest.Find(name, Columns.Select(column => column.Name)) is { } near
            ? $"did you mean '{near}'?"
            : $"it has {Excerpt.Names([.. Columns.Select(column => column.Name)])}."));

    /// <summary>Reads a file once, from its beginning to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">
    /// How it is read: its encoding, header, delimiter, decimal separator, comments and missing texts count. All columns are summarized, whatever the options
    /// say of features. Null takes the defaults; <see cref="CsvOptions.Detect"/> finds them.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file is empty, a line has more or fewer cells than the first, or two columns have one name.</exception>
    public static CsvSummary Read(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        using var table = new CsvTable(path, options);
        table.CheckColumnsDiffer();
        var cells = new NumberCell(options);
        int mostDistinct = ColumnTally.MostDistinct(table.Columns.Length);
        ColumnTally[] tallies = [.. table.Columns.Select(name => new ColumnTally(name, cells, mostDistinct))];
        long rows = 0;
        for (; table.Read(); rows++)
            for (int column = 0; column < tallies.Length; column++)
                tallies[column].Add(table[column], table.Line);

        return new CsvSummary(path, options, rows, [.. tallies.Select(tally => tally.Summary())]);
    }

    /// <summary>The column of that name; null where there is none.</summary>
    public CsvColumnSummary? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}
