namespace NetGen.Training;

/// <summary>What becomes of a line of a CSV file in which a value is missing.</summary>
public enum MissingValues
{
    /// <summary>It is an error, with the line and the column.</summary>
    Refuse,

    /// <summary>The line is left out.</summary>
    Drop,

    /// <summary>
    /// Features are filled in: numbers by <see cref="CsvOptions.FillWith"/> and <see cref="CsvOptions.FillValues"/>,
    /// all features of a one-hot column by 0. A missing label or target is an error.
    /// </summary>
    Fill,
}
