using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Sweep;

/// <summary>A place of the grid.</summary>
/// <param name="Outcome">The best of the variants there, or one that failed where none has a result; null where none is finished.</param>
/// <param name="Text">The score; "diverged", "failed", or nothing.</param>
/// <param name="Shade">Of <see cref="SweepReport.Shade"/>.</param>
/// <param name="IsBest">The best variant of all is there.</param>
internal sealed record SweepCell(SweepOutcome? Outcome, string Text, double? Shade, bool IsBest);

/// <summary>
/// Scores by the values of the first two paths. Over further paths a cell is the best, since a map for each combination would soon be too many.
/// </summary>
/// <param name="Cells">A list for each value of <paramref name="Rows"/>.</param>
/// <param name="Others">The paths that a cell is the best over.</param>
internal sealed record SweepGrid(SweepAxis Rows, SweepAxis Columns, IReadOnlyList<IReadOnlyList<SweepCell>> Cells, IReadOnlyList<string> Others)
{
    /// <summary>Null where there is but one path.</summary>
    public static SweepGrid? Of(SweepReport report)
    {
        if (report.Axes.Count < 2)
            return null;
        (SweepAxis rows, SweepAxis columns) = (report.Axes[0], report.Axes[1]);
        Dictionary<int, int> ranks = report.Ranking.Index().ToDictionary(static r => r.Item.Variant.Index, static r => r.Index);
        ILookup<(int, int), SweepOutcome> byPlace = report.Outcomes.ToLookup(static o => (o.Variant.Places[0], o.Variant.Places[1]));
        // A twin is as good as the variant that it is like.
        int RankOf(SweepOutcome outcome) => ranks.GetValueOrDefault(outcome.Variant.TwinOf ?? outcome.Variant.Index, int.MaxValue);
        SweepCell CellAt(int row, int column)
        {
            SweepOutcome? best = byPlace[(row, column)].OrderBy(RankOf).FirstOrDefault();
            return new SweepCell(best, report.TextOf(best), report.Shade(best), byPlace[(row, column)].Any(report.IsBest));
        }

        IReadOnlyList<SweepCell> RowAt(int row) => [.. Enumerable.Range(0, columns.Values.Count).Select(column => CellAt(row, column))];
        return new SweepGrid(rows, columns, [.. Enumerable.Range(0, rows.Values.Count).Select(RowAt)], [.. report.Axes.Skip(2).Select(static a => a.Path)]);
    }
}
