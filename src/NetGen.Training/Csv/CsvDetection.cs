using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Training.Files;

namespace NetGen.Training.Csv;

/// <summary>Finds how a CSV file is written, from its first rows. In doubt, nothing changes.</summary>
internal static partial class CsvDetection
{
    private const int MostRows = 100;

    // One line in ten may be broken: its error is the reader's to report, with its place.
    private const double EnoughRows = 0.9;

    // The comma comes last: it stands within numbers and texts, which the others hardly do.
    private static readonly char[] delimiters = ['\t', ';', '|', ','];

    [GeneratedRegex(@"^[+-]?\d*,\d+([eE][+-]?\d+)?$")]
    private static partial Regex WithComma();

    [GeneratedRegex(@"^[+-]?\d*\.\d+([eE][+-]?\d+)?$")]
    private static partial Regex WithPoint();

    [GeneratedRegex(@"^[+-]?\d{1,3},\d{3}$")]
    private static partial Regex LikeThousands();

    /// <inheritdoc cref="CsvOptions.Detect"/>
    public static CsvOptions Run(string path, CsvOptions options)
    {
        DataFile.CheckExists(path);
        (char Delimiter, List<string[]> Rows)? found = null;
        foreach (char delimiter in delimiters)
        {
            if (delimiter != options.Comment && Rows(path, options, delimiter) is { } rows && AreCells(rows))
            {
                found = (delimiter, rows);
                break;
            }
        }

        // No delimiter: a file of one column, or one whose error is the reader's to report.
        List<string[]> read = found?.Rows ?? Rows(path, options, options.Delimiter) ?? [];
        if (read.Count == 0)
            return options;

        options = options with { Delimiter = found?.Delimiter ?? options.Delimiter };
        options = options with { DecimalSeparator = DecimalSeparator(read, options) };
        return options with { HasHeader = HasHeader(read, new NumberCell(options)) };
    }

    /// <summary>The first rows; null where the quotes are wrong by this delimiter.</summary>
    private static List<string[]>? Rows(string path, CsvOptions options, char delimiter)
    {
        var rows = new List<string[]>();
        using var reader = new CsvRows(new StrictText(path, options.Encoding), path, delimiter, options.Comment, 1);
        try
        {
            while (rows.Count < MostRows && reader.Read() is { } row)
                rows.Add(row);
            return rows;
        }
        catch (DatasetException)
        {
            return null;
        }
    }

    private static bool AreCells(List<string[]> rows) =>
        rows.Count > 0 && rows[0].Length > 1 && rows.Count(row => row.Length == rows[0].Length) >= EnoughRows * rows.Count;

    private static char DecimalSeparator(List<string[]> rows, CsvOptions options)
    {
        string[] commas = [.. rows.SelectMany(row => row).Where(cell => WithComma().IsMatch(cell))];
        if (commas.Length == 0 || rows.Any(row => row.Any(cell => WithPoint().IsMatch(cell))))
            return options.DecimalSeparator;
        // 1,234 may be a thousand; behind a semicolon, by which spreadsheets leave the comma to numbers, it is not.
        return options.Delimiter == ';' || commas.Any(cell => !LikeThousands().IsMatch(cell)) ? ',' : options.DecimalSeparator;
    }

    private static bool HasHeader(List<string[]> rows, NumberCell cells)
    {
        string[] first = rows[0];
        List<string[]> others = [.. rows.Skip(1).Where(row => row.Length == first.Length)];
        bool IsText(string cell) => !cells.IsMissingNumber(cell) && !cells.IsNumber(cell);
        bool IsOfNumbers(int column) => others.Exists(row => cells.IsNumber(row[column])) && !others.Exists(row => IsText(row[column]));

        // A text above numbers is their name, even where another name is a number, as years are.
        if (Enumerable.Range(0, first.Length).Any(column => IsText(first[column]) && IsOfNumbers(column)))
            return true;
        return !first.Any(cells.IsNumber);
    }
}
