using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Infer;

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
            string column = $"column {Excerpt.Quote(target.Name)}", name = $"{summary.File}: {column}", deviation = Number(target.StandardDeviation);
            if (!target.IsNumeric && target.FirstText is var (line, text))
            {
                throw new InferenceException(Invariant($"{summary.File}({line}): {column} holds {Excerpt.Quote(text)}, which is no number to predict; ")
                    + "correct the cell, or predict classes");
            }

            if (target.IsConstant)
                throw new InferenceException($"{name} is {Number(target.Mean)} in every row, so there is nothing to predict; name another column");
            if (target.StandardDeviation is < SmallestDeviation or > LargestDeviation)
                throw new InferenceException($"{name} has a standard deviation of {deviation}, whose square is no float; write it in another unit");
        }

        CsvColumnSummary small = targets.MinBy(static t => t.StandardDeviation)!, large = targets.MaxBy(static t => t.StandardDeviation)!;
        if (large.StandardDeviation > MostDifference * small.StandardDeviation)
        {
            string both = $"{Excerpt.Quote(small.Name)} and {Excerpt.Quote(large.Name)}";
            throw new InferenceException($"{summary.File}: the targets {both} have standard deviations of "
                + $"{Number(small.StandardDeviation)} and {Number(large.StandardDeviation)}, so a common loss would hardly see the smaller one; "
                + "train a network for each, or write them in units in which they are alike");
        }

        return new Numbers(targets);
    }
}
