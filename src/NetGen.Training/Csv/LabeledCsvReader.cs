using System.Collections.Generic;

namespace NetGen.Training.Csv;

/// <summary>Gathers rows with a label.</summary>
internal sealed class LabeledCsvReader(CsvTable table, string label, NumberCell cells, IReadOnlyList<string>? classNames)
    : CsvReader<LabeledDataset>(table, [label], cells)
{
    private readonly LabelColumn labels = new(table, table.IndexOf(label), cells, classNames);

    /// <inheritdoc/>
    public override LabeledDataset Complete()
    {
        (float[] features, ExactValues? exact) = Columns.Complete(Table);
        (int[] numbers, IReadOnlyList<string> names) = labels.Number();
        return new LabeledDataset(features, Columns.FeatureNames.Count, numbers, names, Columns.FeatureNames)
        {
            ExactFeatures = exact,
            GroupArray = Groups,
            CsvOptions = Columns.OptionsForMore(),
        };
    }

    /// <inheritdoc/>
    public override void Forget()
    {
        base.Forget();
        labels.Forget();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Learn()
    {
        base.Learn();
        return labels.Number().ClassNames;
    }

    /// <inheritdoc/>
    protected override bool IsAnswerMissing() => labels.IsMissing(Table);

    /// <inheritdoc/>
    protected override void AddAnswer() => labels.Add(Table);
}
