using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>How a CSV file is read; the default is commas, and every column but the label or the targets a feature.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two cells.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>
    /// The feature columns, in the order wanted, as in <c>Features = train.FeatureNames</c> for a second file; null
    /// takes every column that is neither a label or target nor in <see cref="Ignore"/>, in the order of the file.
    /// </summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns to leave out, such as an id.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];
}
