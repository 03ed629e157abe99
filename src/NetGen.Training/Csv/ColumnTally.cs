using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NetGen.Training.Csv;

/// <summary>
/// Counts what a column has, cell by cell, in memory that does not grow with the rows. Mean and squares by Welford, "Note on a method for calculating
/// corrected sums of squares and products" (1962): one pass, and no digits lost to a large common offset.
/// </summary>
internal sealed class ColumnTally(string name, NumberCell cells, int mostDistinct)
{
    private const int MostTexts = 100;

    // Longer texts are no categories, and are told apart by their hash.
    private const int LongestText = 200;

    private readonly HashSet<double> numbers = [];
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> frequencies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> missingNumbers = new(StringComparer.Ordinal); // NA and the like: missing in a column of numbers alone
    private bool areManyValues, areManyTexts, areIntegers = true;
    private long empty, numberCount, textCount;
    private double min = double.PositiveInfinity, max = double.NegativeInfinity, mean, squares;
    private (long Line, string Text)? firstText;

    /// <summary>How many different values each column keeps.</summary>
    public static int MostDistinct(int columns) => Math.Clamp(2_000_000 / columns, MostTexts, 10_000);

    /// <summary>Takes the cell of the next row.</summary>
    public void Add(string text, long line)
    {
        if (cells.IsMissingText(text))
        {
            empty++;
            return;
        }

        if (cells.IsMissingNumber(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(missingNumbers, text, out _)++;
            return;
        }

        Count(text);
        if (double.TryParse(text, NumberStyles.Float, cells.Format, out double value) && float.IsFinite((float)value))
        {
            AddNumber(value);
            return;
        }

        textCount++;
        firstText ??= (line, text.Length <= LongestText ? text : text[..LongestText]);
        if (!areManyValues)
            texts.Add(Key(text));
        CheckValues();
    }

    /// <summary>What the column has.</summary>
    public CsvColumnSummary Summary()
    {
        bool isNumeric = numberCount > 0 && textCount == 0;
        long marked = missingNumbers.Values.Sum();
        if (!isNumeric)
        {
            // Beside other texts they are texts: NA is Namibia.
            foreach ((string text, long count) in missingNumbers)
            {
                if (!areManyValues)
                    texts.Add(text);
                Count(text, count);
            }

            textCount += marked;
            CheckValues();
        }

        return new CsvColumnSummary
        {
            Name = name,
            IsNumeric = isNumeric,
            Missing = isNumeric ? empty + marked : empty,
            Numbers = numberCount,
            Texts = textCount,
            Min = numberCount == 0 ? double.NaN : min,
            Max = numberCount == 0 ? double.NaN : max,
            Mean = numberCount == 0 ? double.NaN : mean,
            StandardDeviation = numberCount == 0 ? double.NaN : Math.Sqrt(squares / numberCount),
            AreIntegers = numberCount > 0 && areIntegers,
            Distinct = areManyValues ? null : numbers.Count + texts.Count,
            Frequencies = [.. frequencies.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)],
            FirstText = firstText,
        };
    }

    private void AddNumber(double value)
    {
        numberCount++;
        (min, max) = (Math.Min(min, value), Math.Max(max, value));
        double difference = value - mean;
        mean += difference / numberCount;
        squares += difference * (value - mean);
        areIntegers &= value == Math.Floor(value);
        if (!areManyValues)
            numbers.Add(value + 0.0); // -0 is 0
        CheckValues();
    }

    private void Count(string text, long times = 1)
    {
        if (areManyTexts)
            return;
        CollectionsMarshal.GetValueRefOrAddDefault(frequencies, text, out _) += times;
        if (frequencies.Count <= MostTexts && text.Length <= LongestText)
            return;
        areManyTexts = true;
        frequencies.Clear();
    }

    private void CheckValues()
    {
        if (numbers.Count + texts.Count <= mostDistinct)
            return;
        areManyValues = true;
        numbers.Clear();
        texts.Clear();
    }

    private static string Key(string text) =>
        text.Length <= LongestText ? text : text[..LongestText] + Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
}
