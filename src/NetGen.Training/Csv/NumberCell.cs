using System.Globalization;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>Reads a cell as a number, in the invariant culture: <c>1.5</c>, <c>-3</c>, <c>1e-4</c>.</summary>
internal static class NumberCell
{
    /// <summary>The finite number in a column of the current row.</summary>
    /// <exception cref="DatasetException">The cell is empty, not a number, or not finite.</exception>
    public static float Read(CsvTable table, int column)
    {
        string text = table[column];
        if (text.Length == 0)
            throw Error(table, column, "is empty; fill it in, or leave the line out.");
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value))
            throw Error(table, column, $"holds {Excerpt.Quote(text)}, which is not a number; write numbers like 1.5 or 2e-3, encode texts as numbers, or leave the column out by Ignore in the options.");
        if (!float.IsFinite(value))
            throw Error(table, column, $"holds {Excerpt.Quote(text)}, which is not a finite float; fill in a number, or leave the line out.");

        return value;
    }

    public static DatasetException Error(CsvTable table, int column, string what) =>
        new(table.File, table.Line, $"column {Excerpt.Quote(table.Columns[column])} {what}");
}
