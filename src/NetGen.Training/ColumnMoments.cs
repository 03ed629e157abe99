using System;
using System.Numerics;

namespace NetGen.Training;

/// <summary>
/// The means and variances of columns, in double, over one matrix after another. Within a matrix in two passes, the first over differences to the first
/// value, so that a common offset takes no digits; and across matrices by Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
/// computing sample variances" (1979).
/// </summary>
/// <param name="columns">The number of columns.</param>
/// <param name="stride">Number i of a matrix is of column <c>i / stride % columns</c>.</param>
internal sealed class ColumnMoments(int columns, int stride = 1)
{
    private readonly double[] firsts = new double[columns];
    private readonly bool[] varies = new bool[columns];
    private readonly double[] means = new double[columns];
    private readonly double[] squares = new double[columns]; // of differences to the mean
    private long count;

    /// <summary>Takes the next matrix, whose numbers are all finite.</summary>
    public void Add<T>(ReadOnlySpan<T> values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        long added = values.Length / columns;
        double[] first = new double[columns], mean = new double[columns], square = new double[columns];
        for (int i = Math.Min(values.Length, columns * stride) - 1; i >= 0; i--)
            first[ColumnOf(i)] = double.CreateChecked(values[i]);
        for (int i = 0; i < values.Length; i++)
            mean[ColumnOf(i)] += double.CreateChecked(values[i]) - first[ColumnOf(i)];
        for (int column = 0; column < columns; column++)
            mean[column] = first[column] + mean[column] / added;

        if (count == 0)
            first.CopyTo(firsts, 0);
        for (int i = 0; i < values.Length; i++)
        {
            int column = ColumnOf(i);
            double value = double.CreateChecked(values[i]), difference = value - mean[column];
            varies[column] |= value != firsts[column];
            square[column] += difference * difference;
        }

        for (int column = 0; column < columns; column++)
        {
            double difference = mean[column] - means[column];
            means[column] = count == 0 ? mean[column] : means[column] + difference * added / (count + added);
            squares[column] += square[column] + (count == 0 ? 0 : difference * difference * ((double)count * added / (count + added)));
        }

        count += added;
    }

    /// <summary>Takes the next matrix of floats, or of the doubles behind them.</summary>
    public void Add(ReadOnlySpan<float> values, ExactValues? exact)
    {
        if (exact is null)
            Add(values);
        else
            Add<double>(exact.Values);
    }

    /// <summary>A column's mean; and its variance, divided by n, or null where the column is constant.</summary>
    public (double Mean, double? Variance) Of(int column) =>
        // Not by the variance: rounding leaves a constant one of 1e-34, and 1 / its root would blow it up.
        varies[column] ? (means[column], squares[column] / count) : (firsts[column], null);

    /// <summary>The first number that is not finite; -1 where all are.</summary>
    public static int IndexOfNonFinite<T>(ReadOnlySpan<T> values) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
            if (!T.IsFinite(values[i]))
                return i;

        return -1;
    }

    private int ColumnOf(int i) => i / stride % columns;
}
