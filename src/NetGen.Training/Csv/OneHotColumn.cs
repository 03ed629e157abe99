using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training.Csv;

/// <summary>A column of categories, each of which becomes a feature: 1 for the one that the cell is, and 0 for the others.</summary>
internal sealed class OneHotColumn(string name, int index, NumberCell cells, bool fills, IReadOnlyList<string>? known)
    : CategoryColumn(name, index, cells, fills, known)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> FeatureNames => [.. Names.Select(category => $"{Name}={category}")];

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<double> features)
    {
        features.Clear();
        if (NumberOf(sample) is not Missing and int category)
            features[category] = 1;
    }
}
