using System;
using System.Collections.Generic;
using System.Globalization;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>What a column of numbers loses as floats.</summary>
/// <param name="IsCoarse">Floats lie too far apart for it: an integer is changed, or a number by a part of the column's span that counts.</param>
/// <param name="Merged">Two cells that differ and are one float, as the end of a sentence; null where there are none.</param>
internal sealed record FloatLoss(bool IsCoarse, string? Merged)
{
    // Decimals of many digits fall together as floats in every large file, and mean nothing: they are nearer than this
    // share of what the column spans. Integers are exact, so any two of them differ by something.
    private const double Negligible = 1.0 / (1 << 20);

    /// <summary>The loss of a column's values, each with the place that messages name, as in "line 3".</summary>
    public static FloatLoss Of(string column, IReadOnlyList<double> values, Func<int, string> placeOf)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        bool isChanged = false, isIntegerChanged = false;
        foreach (double value in values)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
            isChanged |= (float)value != value;
            isIntegerChanged |= (float)value != value && double.IsInteger(value);
        }

        double tolerance = (most - least) * Negligible;
        float largest = (float)Math.Max(Math.Abs(least), Math.Abs(most));
        bool isCoarse = isIntegerChanged || (isChanged && (double)MathF.BitIncrement(largest) - largest > tolerance);
        return new FloatLoss(isCoarse, isCoarse ? FindMerged(column, values, placeOf, tolerance) : null);
    }

    private static string? FindMerged(string column, IReadOnlyList<double> values, Func<int, string> placeOf, double tolerance)
    {
        var first = new Dictionary<float, int>();
        for (int i = 0; i < values.Count; i++)
        {
            if (first.TryAdd((float)values[i], i))
                continue;

            int other = first[(float)values[i]];
            double difference = Math.Abs(values[i] - values[other]);
            if (difference > tolerance || (difference > 0 && double.IsInteger(values[i]) && double.IsInteger(values[other])))
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"column {Excerpt.Quote(column)} holds {values[other]} ({placeOf(other)}) and {values[i]} ({placeOf(i)}), which are one float");
        }

        return null;
    }
}
