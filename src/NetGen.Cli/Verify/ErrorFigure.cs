using System;

namespace NetGen.Cli.Verify;

/// <summary>How far floats are from what is right, over all samples of one value.</summary>
/// <param name="Largest">The largest magnitude of what is right.</param>
/// <param name="Error">The largest difference; infinite where a number is there instead of none, or none instead of a number.</param>
/// <param name="Count">Numbers that were compared.</param>
/// <param name="NotFinite">How many of them are NaN or infinite on both sides, and so are equal.</param>
internal readonly record struct ErrorFigure(double Largest, double Error, long Count, long NotFinite)
{
    /// <summary>The largest error, relative to the largest magnitude; the error itself where all that is right is 0.</summary>
    public double Relative => Largest == 0 ? Error : Error / Largest;

    /// <summary>The largest error in units in the last place of the largest magnitude.</summary>
    public double Ulps => Error / SpacingAt(Largest);

    /// <summary>Of the same value, compared in another way: the worse of both.</summary>
    public ErrorFigure Or(ErrorFigure other) =>
        new(Math.Max(Largest, other.Largest), Math.Max(Error, other.Error), Count + other.Count, NotFinite + other.NotFinite);

    /// <summary>Compares the numbers of all samples.</summary>
    public static ErrorFigure Of(ReadOnlySpan<double> right, ReadOnlySpan<float> actual)
    {
        if (right.Length != actual.Length)
            throw new ArgumentException($"{actual.Length} numbers instead of {right.Length}", nameof(actual));
        double largest = 0, error = 0;
        long notFinite = 0;
        for (int i = 0; i < right.Length; i++)
        {
            // A number beyond float's range is infinite in float.
            float rounded = (float)right[i];
            if (!float.IsFinite(rounded) || !float.IsFinite(actual[i]))
            {
                if (rounded.Equals(actual[i]))
                    notFinite++;
                else
                    error = double.PositiveInfinity;
                continue;
            }

            largest = Math.Max(largest, Math.Abs(right[i]));
            error = Math.Max(error, Math.Abs(right[i] - actual[i]));
        }

        return new ErrorFigure(largest, error, right.Length, notFinite);
    }

    /// <summary>How far the next float is from a number.</summary>
    private static double SpacingAt(double magnitude)
    {
        float at = Math.Clamp((float)magnitude, 1.17549435e-38f, 1.7e38f);
        return (double)MathF.BitIncrement(at) - at;
    }
}
