namespace NetGen.Training;

/// <summary>What a missing number is filled with.</summary>
public enum FillWith
{
    /// <summary>The mean of the column's values.</summary>
    Mean,

    /// <summary>Their median; the mean of the two in the middle where they are even in number.</summary>
    Median,
}
