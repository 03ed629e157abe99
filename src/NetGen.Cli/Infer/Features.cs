using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Text;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Infer;

/// <summary>Which columns become features, and how.</summary>
/// <param name="Columns">Those that do, in the order of the file.</param>
/// <param name="OneHot">Of them, the columns of texts, which become a feature for each category.</param>
/// <param name="Ignored">Those that do not.</param>
/// <param name="Reasons">Why, a sentence each.</param>
internal sealed partial record Features(
    IReadOnlyList<CsvColumnSummary> Columns, IReadOnlyList<CsvColumnSummary> OneHot, IReadOnlyList<string> Ignored, IReadOnlyList<string> Reasons)
{
    /// <summary>More categories would be features that hardly a row has.</summary>
    private const int MostCategories = 30;

    /// <summary>One text in so many numbers is a mistake rather than a category.</summary>
    private const long StrayTexts = 20;

    // From here on, floats do not hold every integer.
    private const double LargestExactFloat = 1 << 24;

    /// <summary>The input's size.</summary>
    public int Count => Columns.Count - OneHot.Count + OneHot.Sum(static c => c.Frequencies.Count);

    public bool HasMissing => Columns.Any(static c => c.Missing > 0);

    /// <summary>Chooses among all columns but those of the answers and what the options leave out.</summary>
    /// <exception cref="InferenceException">A column of numbers has a text, or nothing is left.</exception>
    public static Features Choose(CsvSummary summary, CsvOptions read, IReadOnlyList<string> answers)
    {
        IEnumerable<CsvColumnSummary> candidates = read.Features is { } stated
            ? stated.Select(name => summary[name])
            : summary.Columns.Where(c => !read.Ignore.Contains(c.Name));
        var columns = new List<CsvColumnSummary>();
        var oneHot = new List<CsvColumnSummary>();
        var ignored = new List<string>();
        var reasons = new List<string>();
        foreach (CsvColumnSummary column in candidates.Where(c => !answers.Contains(c.Name) && c.Name != read.Group))
        {
            string name = Excerpt.Quote(column.Name);
            if (WhyIgnored(column, summary.Rows) is { } reason)
            {
                ignored.Add(column.Name);
                reasons.Add($"{name} is left out: {reason}");
                continue;
            }

            columns.Add(column);
            bool isOneHot = !column.IsNumeric || read.OneHot.Contains(column.Name);
            if (isOneHot)
            {
                if (column.Frequencies.Count == 0)
                    throw new InferenceException($"{summary.File}: column {name} has over 100 categories, too many for a feature each; leave it out");
                oneHot.Add(column);
                reasons.Add(Invariant($"{name} becomes {column.Frequencies.Count} features, 1 or 0 for each of its categories"));
            }

            string instead = isOneHot ? "all its categories are 0 there" : "its median stands in";
            if (column.Missing > 0)
                reasons.Add(Invariant($"{name} is missing in {column.Missing:N0} of {summary.Rows:N0} rows: {instead}"));
        }

        if (columns.Count == 0)
        {
            string why = reasons.Count == 0 ? "add columns beside those that are predicted" : string.Join("; ", reasons);
            throw new InferenceException($"{summary.File}: no column is left to predict from; {why}");
        }

        return new Features(columns, oneHot, ignored, reasons);
    }

    /// <summary>Refuses a column that would be one of numbers but for a few texts, most likely mistakes.</summary>
    public static void CheckStrayTexts(CsvSummary summary, CsvColumnSummary column)
    {
        if (column.Numbers > StrayTexts * column.Texts && column.FirstText is var (line, text))
        {
            throw new InferenceException(Invariant($"{summary.File}({line}): column {Excerpt.Quote(column.Name)} holds {Excerpt.Quote(text)}, ")
                + Invariant($"but {column.Numbers:N0} of its cells are numbers; ")
                + "correct the cell, empty it where the value is missing, or leave the column out");
        }
    }

    [GeneratedRegex(@"^(|.*[_\-. ])(id|ids|idx|index|uuid|guid|key|row|rownum|row_?number|serial|unnamed:? ?\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex LikeId { get; }

    [GeneratedRegex(@"[a-z]I[dD]$")]
    private static partial Regex LikeCamelId { get; }

    private static string? WhyIgnored(CsvColumnSummary column, long rows)
    {
        long present = column.Numbers + column.Texts;
        if (present == 0)
            return "it has no value in any row";
        if (column.IsConstant)
        {
            string value = column.Frequencies.Count > 0 ? column.Frequencies[0].Key : Invariant($"{column.Min}");
            return $"it is {Excerpt.Quote(value)} in every row{(column.Missing > 0 ? " that has it" : "")}, which tells nothing";
        }

        bool allDiffer = column.Distinct == present;
        bool isKey = LikeId.IsMatch(column.Name) || LikeCamelId.IsMatch(column.Name);
        if (isKey && (column.AreIntegers || !column.IsNumeric))
        {
            return allDiffer || column.Distinct is null
                ? "it names the row, and a network would learn the rows by heart"
                : "it names what the row is about, and its value means nothing by itself";
        }

        if (2 * column.Missing > rows)
            return Invariant($"it is missing in {column.Missing:N0} of {rows:N0} rows");
        if (column.IsNumeric)
            return WhyIgnoredNumbers(column, present, allDiffer);
        if (column.Distinct is null || column.Frequencies.Count is 0 or > MostCategories || 2 * column.Distinct > present)
            return (allDiffer ? "it has another text in every row"
                : column.Distinct is { } count ? Invariant($"it has {count:N0} different texts in {present:N0} rows") : "it has thousands of different texts")
                + ", too many for a feature each; an embedding could take it";
        return null;
    }

    private static string? WhyIgnoredNumbers(CsvColumnSummary column, long present, bool allDiffer)
    {
        if (column.AreIntegers && allDiffer && column.Max - column.Min == present - 1 && present > 20)
            return Invariant($"it counts the rows, from {column.Min} to {column.Max}");
        double largest = Math.Max(Math.Abs(column.Min), Math.Abs(column.Max));
        return largest > LargestExactFloat && column.StandardDeviation < 0.01 * largest
            ? "its numbers are large beside their differences, as those of points in time are, and floats cannot tell them apart; subtract an offset to use it"
            : null;
    }
}
