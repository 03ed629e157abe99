using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>What a column of a CSV file has. <see cref="CsvSummary.Read"/> makes it.</summary>
public sealed record CsvColumnSummary
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Whether it is a column of numbers: at least one cell is a number, and all others are missing. A number is what
    /// <see cref="Dataset.FromCsv(string, string, IReadOnlyList{string}, CsvOptions)"/> reads as one: a float can hold it.
    /// </summary>
    public required bool IsNumeric { get; init; }

    /// <summary>
    /// The cells that are missing: empty, or one of <see cref="CsvOptions.MissingTexts"/>. The usual ones, such as NA, are missing values in a column of
    /// numbers, but texts in a column of texts.
    /// </summary>
    public required long Missing { get; init; }

    /// <summary>The cells that are numbers.</summary>
    public required long Numbers { get; init; }

    /// <summary>The cells that are neither missing nor numbers; 0 in a column of numbers.</summary>
    public required long Texts { get; init; }

    /// <summary>The smallest number; NaN where there is none.</summary>
    public required double Min { get; init; }

    /// <summary>The largest number; NaN where there is none.</summary>
    public required double Max { get; init; }

    /// <summary>The mean of the numbers; NaN where there is none.</summary>
    public required double Mean { get; init; }

    /// <summary>
    /// Their standard deviation, the root of the mean squared difference to the mean, as <see cref="Standardizer"/> has it; 0 where all are equal, NaN where
    /// there is none.
    /// </summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Whether there are numbers, and all are integers: 3 and 3.0 are.</summary>
    public required bool AreIntegers { get; init; }

    /// <summary>
    /// How many different values there are, numbers by their value and texts as they are written, without missing cells; null where there are over
    /// 10,000, or in a file of over 200 columns over 2,000,000 / columns, and at least 100.
    /// </summary>
    public required int? Distinct { get; init; }

    /// <summary>
    /// The texts of the cells and how often each is there, the most frequent first, equally frequent ones in ordinal order, numbers as they are written; empty
    /// where there are over 100 different ones.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Frequencies { get; init; }

    /// <summary>
    /// The first cell that is neither missing nor a number, and its line, counted from 1 with the header: in a column that should be one of numbers, the place
    /// to correct. Null in a column of numbers.
    /// </summary>
    public required (long Line, string Text)? FirstText { get; init; }

    /// <summary>Whether all cells that are not missing are the same.</summary>
    public bool IsConstant => Distinct <= 1;
}
