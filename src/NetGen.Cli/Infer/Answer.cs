using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Infer;

/// <summary>What is predicted.</summary>
/// <param name="Columns">The columns of the label or the targets.</param>
internal abstract record Answer(IReadOnlyList<CsvColumnSummary> Columns)
{
    /// <summary>Fewer rows are no data to train and validate on.</summary>
    public const int FewestRows = 10;

    // Integers that are classes are few, and each is there often; a class more is a number to predict.
    private const int MostIntegerClasses = 20;
    private const int FewestOfAClass = 5;

    /// <summary>Decides whether the answer is one of classes or of numbers.</summary>
    /// <exception cref="InferenceException">It is neither.</exception>
    public static Answer Choose(CsvSummary summary, IReadOnlyList<string> answers, bool? classify)
    {
        if (summary.Rows < FewestRows)
        {
            throw new InferenceException(Invariant($"{summary.File} has {summary.Rows} rows, too few to train and to validate on; ")
                + Invariant($"at least {FewestRows} are needed, and hundreds are better"));
        }

        CsvColumnSummary[] columns = [.. answers.Select(name => Find(summary, name))];
        if (columns.GroupBy(static c => c.Name).FirstOrDefault(static g => g.Count() > 1) is { } twice)
            throw new InferenceException($"column {Excerpt.Quote(twice.Key)} is named twice among those to predict; name it once");
        foreach (CsvColumnSummary column in columns)
            CheckMissing(summary, column);

        CsvColumnSummary first = columns[0];
        if (columns.Length > 1 && classify == true)
            throw new InferenceException($"{columns.Length} columns were named, and a classifier predicts one; name the one that has the classes");
        bool areClasses = classify ?? (columns.Length == 1 && (first.Texts > 0 || AreIntegerClasses(summary, first)));
        if (!areClasses)
            return Numbers.Of(summary, columns);
        if (classify is null)
            Features.CheckStrayTexts(summary, first);
        return Classes.Of(summary, first);
    }

    private static bool AreIntegerClasses(CsvSummary summary, CsvColumnSummary column) =>
        column.AreIntegers && column.Distinct <= MostIntegerClasses && column.Distinct * FewestOfAClass <= summary.Rows;

    private static CsvColumnSummary Find(CsvSummary summary, string name)
    {
        try
        {
            return summary[name];
        }
        catch (KeyNotFoundException e)
        {
            throw new InferenceException(e.Message);
        }
    }

    private static void CheckMissing(CsvSummary summary, CsvColumnSummary column)
    {
        string name = $"{summary.File}: column {Excerpt.Quote(column.Name)}, which is to be predicted,";
        if (column.Missing == summary.Rows)
            throw new InferenceException($"{name} is empty; name another column");
        if (column.Missing > 0)
            throw new InferenceException(Invariant($"{name} is missing in {column.Missing:N0} of {summary.Rows:N0} rows; fill it in, or take these rows out"));
    }

    protected static string Number(double value) => ((float)value).ToString("G6", CultureInfo.InvariantCulture);
}

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
        string kind = column.IsNumeric ? "number" : "text";
        if (column.Distinct == summary.Rows)
            throw new InferenceException(Invariant($"{name} has another {kind} in each of the {summary.Rows:N0} rows, so there are no classes to learn; {remedy}"));
        if (2 * column.Distinct > summary.Rows)
            throw new InferenceException(Invariant($"{name} has {column.Distinct:N0} different {kind}s in {summary.Rows:N0} rows, too many for classes; {remedy}"));
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

/// <summary>One or several numbers.</summary>
internal sealed record Numbers(IReadOnlyList<CsvColumnSummary> Targets) : Answer(Targets)
{
    // Beyond these a squared error is no float.
    private const double SmallestDeviation = 1e-15, LargestDeviation = 1e15;

    // A hundred times in the squared error: the smallest of the targets still counts for something.
    private const double MostDifference = 10;

    /// <summary>What the mean squared error is multiplied by, so that it is 1 where the mean is always predicted.</summary>
    public double LossWeight => 1 / Targets.Average(static t => t.StandardDeviation * t.StandardDeviation);

    public static Numbers Of(CsvSummary summary, IReadOnlyList<CsvColumnSummary> targets)
    {
        foreach (CsvColumnSummary target in targets)
        {
            string name = $"column {Excerpt.Quote(target.Name)}", deviation = Number(target.StandardDeviation);
            if (!target.IsNumeric && target.FirstText is var (line, text))
            {
                throw new InferenceException(Invariant($"{summary.File}({line}): {name} holds {Excerpt.Quote(text)}, which is no number to predict; ")
                    + "correct the cell, or predict classes");
            }

            if (target.IsConstant)
                throw new InferenceException($"{summary.File}: {name} is {Number(target.Mean)} in every row, so there is nothing to predict; name another column");
            if (target.StandardDeviation is < SmallestDeviation or > LargestDeviation)
                throw new InferenceException($"{summary.File}: {name} has a standard deviation of {deviation}, whose square is no float; write it in another unit");
        }

        CsvColumnSummary small = targets.MinBy(static t => t.StandardDeviation)!, large = targets.MaxBy(static t => t.StandardDeviation)!;
        if (large.StandardDeviation > MostDifference * small.StandardDeviation)
        {
            throw new InferenceException($"{summary.File}: the targets {Excerpt.Quote(small.Name)} and {Excerpt.Quote(large.Name)} have standard deviations of "
                + $"{Number(small.StandardDeviation)} and {Number(large.StandardDeviation)}, so a common loss would hardly see the smaller one; "
                + "train a network for each, or write them in units in which they are alike");
        }

        return new Numbers(targets);
    }
}
