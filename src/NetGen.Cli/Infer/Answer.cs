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
