using System.Collections.Generic;

namespace NetGen.Training.Csv;

/// <summary>Gathers rows without labels or targets.</summary>
internal sealed class FeatureCsvReader(CsvTable table, NumberCell cells, IReadOnlyList<string> keep) : CsvReader<FeatureDataset>(table, [], cells)
{
    private readonly int[] kept = [.. IndicesOf(table, keep)];
    private List<IReadOnlyList<string>> texts = [];

    /// <inheritdoc/>
    public override FeatureDataset Complete()
    {
        (float[] features, ExactValues? exact) = Columns.Complete(Table);
        return new FeatureDataset(features, Columns.FeatureNames.Count, Columns.FeatureNames)
        {
            ExactFeatures = exact,
            GroupArray = Groups,
            CsvOptions = Columns.OptionsForMore(),
            Kept = texts,
        };
    }

    /// <inheritdoc/>
    public override void Forget()
    {
        base.Forget();
        texts = []; // not cleared: the last data set has it
    }

    /// <inheritdoc/>
    protected override bool IsAnswerMissing() => false;

    /// <inheritdoc/>
    protected override void AddAnswer()
    {
        if (kept.Length > 0)
            texts.Add(System.Array.ConvertAll(kept, column => Table[column]));
    }

    private static IEnumerable<int> IndicesOf(CsvTable table, IReadOnlyList<string> columns)
    {
        foreach (string column in columns)
            yield return table.IndexOf(column);
    }
}
