using System;
using System.Collections.Generic;

namespace NetGen.Training.Csv;

/// <summary>A column of the file that becomes one or more features, gathered row by row.</summary>
internal abstract class FeatureColumn(string name, int index)
{
    /// <summary>The column's name in the file.</summary>
    public string Name => name;

    /// <summary>The names of its features.</summary>
    public abstract IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What its cells lose as floats, once all are taken.</summary>
    public virtual FloatLoss Loss { get; } = new(IsCoarse: false, Merged: null);

    /// <summary>Where the column stands in the file.</summary>
    protected int Index => index;

    /// <summary>Whether the current row has no value here.</summary>
    public abstract bool IsMissing(CsvTable table);

    /// <summary>Takes the value of the current row.</summary>
    public abstract void Add(CsvTable table);

    /// <summary>Ends the gathering.</summary>
    public abstract void Complete(CsvTable table);

    /// <summary>Lets go of the samples that were taken, and keeps what a second file is read by: categories, means and vocabularies.</summary>
    public abstract void Forget();

    /// <summary>Writes the features of a sample, one for each of <see cref="FeatureNames"/>.</summary>
    public abstract void CopyTo(int sample, Span<double> features);
}
