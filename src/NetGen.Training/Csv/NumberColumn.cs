using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>A column of numbers, kept in double.</summary>
internal sealed class NumberColumn(string name, int index, NumberCell cells, bool fills) : FeatureColumn(name, index)
{
    // From here on, two integers may be one double.
    private const double LargestExactInteger = 1L << 53;

    private readonly List<double> values = []; // NaN until it is filled
    private readonly List<int> lines = [];
    private readonly Dictionary<double, (decimal Exact, int Line)> largeIntegers = [];
    private double firstKnown, sumOfDifferences; // to the first: a large common offset takes no digits from the mean
    private long knownCount;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FeatureNames { get; } = [name];

    /// <inheritdoc/>
    public override FloatLoss Loss => FloatLoss.Of(Name, values, i => FormattableString.Invariant($"line {lines[i]}"));

    /// <summary>What missing values were filled with, or would have been.</summary>
    public double FillValue { get; private set; }

    /// <inheritdoc/>
    public override bool IsMissing(CsvTable table) => cells.IsMissingNumber(table[Index]);

    /// <inheritdoc/>
    public override void Add(CsvTable table)
    {
        double value = fills && IsMissing(table) ? double.NaN : cells.Read(table, Index);
        if (Math.Abs(value) >= LargestExactInteger && decimal.TryParse(table[Index], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact))
            CheckInteger(table, value, exact);

        values.Add(value);
        lines.Add(table.Line);
        if (double.IsNaN(value))
            return;

        firstKnown = knownCount++ == 0 ? value : firstKnown;
        sumOfDifferences += value - firstKnown;
    }

    /// <inheritdoc/>
    public override void Complete(CsvTable table)
    {
        if (!fills)
            return;

        FillValue = FillOf(table);
        for (int i = 0; i < values.Count; i++)
            if (double.IsNaN(values[i]))
                values[i] = FillValue;
    }

    /// <inheritdoc/>
    public override void Forget()
    {
        values.Clear();
        lines.Clear();
        largeIntegers.Clear();
    }

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<double> features) => features[0] = values[sample];

    private void CheckInteger(CsvTable table, double value, decimal exact)
    {
        if (!largeIntegers.TryAdd(value, (exact, table.Line)) && largeIntegers[value] is var (other, line) && other != exact)
            throw table.Error(Index, string.Create(
                CultureInfo.InvariantCulture,
                $"holds {exact}, and {other} in line {line}, which are the same double; subtract an offset from the column, or leave it out by Ignore in the options."));
    }

    private double FillOf(CsvTable table)
    {
        if (table.Options.FillValues.TryGetValue(Name, out double given))
            return double.IsFinite(given) ? given : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"FillValues has {given} for column {Excerpt.Quote(Name)}; give a finite number."), "options");

        if (knownCount == 0)
            throw new DatasetException(table.File, null, $"column {Excerpt.Quote(Name)} has no value in any line, and so no {table.Options.FillWith.ToString().ToLowerInvariant()}; give it a number by FillValues in the options, or leave it out by Ignore.");
        if (table.Options.FillWith == FillWith.Mean)
            return firstKnown + sumOfDifferences / knownCount;

        double[] known = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return known[(known.Length - 1) / 2] / 2 + known[known.Length / 2] / 2;
    }
}
