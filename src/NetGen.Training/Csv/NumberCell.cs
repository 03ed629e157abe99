using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>Reads cells as numbers in double, in no culture: <c>1.5</c>, <c>-3</c>, <c>1e-4</c>; and says which cells are missing values.</summary>
internal sealed class NumberCell(CsvOptions options)
{
    private static readonly string[] usualMissingTexts = ["NA", "N/A", "#N/A", "<NA>", "NaN", "null", "none", "?"];

    private readonly HashSet<string> missingNumbers = new(options.MissingTexts ?? usualMissingTexts, StringComparer.OrdinalIgnoreCase) { "" };
    private readonly HashSet<string> missingTexts = new(options.MissingTexts ?? [], StringComparer.OrdinalIgnoreCase) { "" };

    /// <summary>How numbers are written.</summary>
    public NumberFormatInfo Format { get; } = new() { NumberDecimalSeparator = options.DecimalSeparator.ToString() };

    /// <summary>Whether a text is a finite number.</summary>
    public bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, Format, out double value) && double.IsFinite(value);

    /// <summary>Whether a cell of numbers has none.</summary>
    public bool IsMissingNumber(string text) => missingNumbers.Contains(text);

    /// <summary>Whether a cell of texts has none: what stands for a missing number may be a text of its own, as NA is Namibia.</summary>
    public bool IsMissingText(string text) => missingTexts.Contains(text);

    /// <summary>The number in a column of the current row, which a float can hold, rounded.</summary>
    /// <exception cref="DatasetException">The cell is empty, not a number, or too large.</exception>
    public double Read(CsvTable table, int column)
    {
        string text = table[column];
        if (text.Length == 0)
            throw table.Error(column, $"is empty; fill it in, or leave the line out{ByOptions(table)}.");
        if (!double.TryParse(text, NumberStyles.Float, Format, out double value))
            throw table.Error(column, IsMissingNumber(text)
                ? $"holds {Excerpt.Quote(text)}, which stands for a missing value; fill it in, or leave the line out{ByOptions(table)}."
                : $"holds {Excerpt.Quote(text)}, which is not a number{RemedyFor(text, table)}");
        if (!float.IsFinite((float)value))
            throw table.Error(column, $"holds {Excerpt.Quote(text)}, which is not a finite float; fill in a number, or leave the line out{(IsMissingNumber(text) ? ByOptions(table) : "")}.");

        return value;
    }

    private static string ByOptions(CsvTable table) =>
        table.Options.MissingValues == MissingValues.Refuse ? ": MissingValues in the options does either" : "";

    private string RemedyFor(string text, CsvTable table)
    {
        char other = options.DecimalSeparator == '.' ? ',' : '.';
        var otherFormat = new NumberFormatInfo { NumberDecimalSeparator = other.ToString() };
        return text.Count(c => c == other) == 1 && double.TryParse(text, NumberStyles.Float, otherFormat, out _)
                ? $"; write numbers like 1{options.DecimalSeparator}5, or state DecimalSeparator = '{other}' in the options."
            : double.TryParse(text.Replace(other.ToString(), "").Replace(" ", ""), NumberStyles.Float, Format, out double grouped)
                ? $"; write it without thousands separators, {grouped.ToString(Format)}."
            : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? "; hexadecimal numbers are not read, write it in decimal."
            : !options.HasHeader && table.Line == table.HeaderLine
                ? "; if the first line is a header, leave HasHeader = false out of the options."
            : "; write numbers like 1.5 or 2e-3, name a column of texts in OneHot, Index or Text in the options, or leave it out by Ignore.";
    }
}
