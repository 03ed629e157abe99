using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training.Csv;

/// <summary>Gathers rows with numbers as targets.</summary>
internal sealed class TargetCsvReader(CsvTable table, IReadOnlyList<string> targets, NumberCell cells)
    : CsvReader<TargetDataset>(table, targets, cells)
{
    private readonly NumberColumn[] columns = [.. targets.Select(target => new NumberColumn(target, table.IndexOf(target), cells, fills: false))];

    /// <inheritdoc/>
    public override TargetDataset Complete()
    {
        (float[] features, ExactValues? exact) = Columns.Complete(Table);
        (float[] values, ExactValues? exactTargets) = FeatureColumns.Gather(columns, Columns.Count);
        return new TargetDataset(features, Columns.FeatureNames.Count, values, columns.Length, [.. columns.Select(column => column.Name)], Columns.FeatureNames)
        {
            ExactFeatures = exact,
            ExactTargets = exactTargets,
            GroupArray = Groups,
            CsvOptions = Columns.OptionsForMore(),
        };
    }

    /// <inheritdoc/>
    public override void Forget()
    {
        base.Forget();
        foreach (NumberColumn column in columns)
            column.Forget();
    }

    /// <inheritdoc/>
    protected override bool IsAnswerMissing() => columns.Any(column => column.IsMissing(Table));

    /// <inheritdoc/>
    protected override void AddAnswer()
    {
        foreach (NumberColumn column in columns)
            column.Add(Table);
    }
}
