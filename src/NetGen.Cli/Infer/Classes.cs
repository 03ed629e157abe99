using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Infer;

/// <summary>One of several classes.</summary>
/// <param name="Names">The classes, in the order of the outputs.</param>
/// <param name="Counts">The samples of each; empty where there are too many classes to count.</param>
/// <param name="AreStated">The names must be given to the reader: the column's numbers do not count from 0.</param>
internal sealed record Classes(CsvColumnSummary Column, IReadOnlyList<string> Names, IReadOnlyList<long> Counts, bool AreStated) : Answer([Column])
{
    /// <summary>How many texts a summary counts.</summary>
    private const int MostClasses = 100;

    // Of less imbalance a network learns the rare class well enough by itself.
    private const double Imbalance = 4;

    // One sample should not turn a whole batch.
    private const double LargestWeight = 20;

    public double Ratio => (double)Counts.Max() / Counts.Min();

    /// <summary>What the loss of each class is multiplied by, so that all classes count alike; null where they are about equally frequent.</summary>
    public IReadOnlyList<double>? Weights => Ratio < Imbalance ? null
        : [.. Counts.Select(count => Math.Min(LargestWeight, (double)Counts.Sum() / (Counts.Count * count)))];

    public static Classes Of(CsvSummary summary, CsvColumnSummary column)
    {
        string name = $"{summary.File}: column {Excerpt.Quote(column.Name)}";
        if (column.Distinct == 1)
        {
            string only = Excerpt.Quote(column.Frequencies.Count > 0 ? column.Frequencies[0].Key : column.FirstText?.Text ?? "");
            throw new InferenceException($"{name} has one class, {only}, in all rows, so there is nothing to learn; name another column by --label");
        }

        const string remedy = "name the column that has them by --label";
        long rows = summary.Rows;
        string kind = column.IsNumeric ? "number" : "text";
        if (column.Distinct == rows)
            throw new InferenceException(Invariant($"{name} has another {kind} in each of the {rows:N0} rows, so there are no classes to learn; {remedy}"));
        if (2 * column.Distinct > rows)
            throw new InferenceException(Invariant($"{name} has {column.Distinct:N0} different {kind}s in {rows:N0} rows, too many for classes; {remedy}"));
        if (column.Frequencies.Count == 0 && column.Distinct <= MostClasses)
            throw new InferenceException($"{name} has long texts, which are no names of classes; {remedy}");
        if (column.Frequencies.Count == 0)
            throw new InferenceException($"{name} has over {MostClasses} classes, for which no spec is proposed; write one with a unit for each, or {remedy}");

        // 3 and 3.0 are one class.
        Dictionary<string, long> counts = [];
        foreach ((string text, long count) in column.Frequencies)
        {
            string key = column.AreIntegers && column.IsNumeric && decimal.TryParse(text, NumberStyles.Float, Format(summary.Options), out decimal value)
                ? value.ToString("0", CultureInfo.InvariantCulture) : text;
            counts[key] = counts.GetValueOrDefault(key) + count;
        }

        bool areIntegers = column.AreIntegers && column.IsNumeric;
        string[] names = areIntegers
            ? [.. counts.Keys.OrderBy(static n => decimal.Parse(n, CultureInfo.InvariantCulture))]
            : [.. counts.Keys.Order(StringComparer.Ordinal)];
        // Integers from 0 without a gap are numbered as they are, and texts in ordinal order; a reader that meets a number first expects numbers.
        bool isCounted = areIntegers && names.Select(static (n, i) => n == i.ToString(CultureInfo.InvariantCulture)).All(static same => same);
        return new Classes(column, names, [.. names.Select(n => counts[n])], !isCounted && column.Numbers > 0);
    }

    private static NumberFormatInfo Format(CsvOptions options) => new() { NumberDecimalSeparator = options.DecimalSeparator.ToString() };
}
