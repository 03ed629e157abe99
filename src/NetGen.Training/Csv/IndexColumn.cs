using System;
using System.Collections.Generic;

namespace NetGen.Training.Csv;

/// <summary>A column of categories, whose number becomes the feature. No number stands for a missing one.</summary>
internal sealed class IndexColumn(string name, int index, NumberCell cells, IReadOnlyList<string>? known)
    : CategoryColumn(name, index, cells, fills: false, known)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> FeatureNames { get; } = [name];

    /// <inheritdoc/>
    protected override string RemedyForMissing => "fill it in, as with a category 'unknown', since Index has no number for none; or leave the line out";

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<double> features) => features[0] = NumberOf(sample);
}
