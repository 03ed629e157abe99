using System;
using System.Collections.Generic;
using System.Threading;
using NetGen.Reference;

namespace NetGen.Cli.Verify;

/// <summary>
/// Derivatives of the reference's loss by central differences, (-f(w + 2h) + 8 f(w + h) - 8 f(w - h) + f(w - 2h)) / 12h. Where slopes over h and over 2h do not
/// agree, or what the loss bends by does not grow as h does, there is a kink between the points, and h becomes smaller.
/// </summary>
internal sealed class CentralDifferences(ReferenceNetwork reference, double[] inputs, double[] targets, IReadOnlyDictionary<string, double[]> masks, CancellationToken cancelled)
{
    private const double FirstStep = 5e-4;

    /// <summary>How far these may be apart, relative to the scale of the gradient.</summary>
    private const double Agreement = 1e-6;

    private readonly (double Loss, double[][][] Values) _before = reference.TrainingValues(inputs, targets, masks);

    /// <summary>The derivative by one element of a parameter; null where it has none.</summary>
    /// <param name="scale">Of the gradients that it is compared with.</param>
    public double? At(string parameter, int element, double scale)
    {
        double[] values = reference.Parameters[parameter];
        double before = values[element];
        double Change(double change)
        {
            cancelled.ThrowIfCancellationRequested();
            values[element] = before + change;
            return reference.LossAfter(parameter, _before.Values, targets, masks) - _before.Loss;
        }

        try
        {
            double step = FirstStep;
            for (int turn = 0; turn < 4; turn++, step /= 16)
            {
                double above = Change(step), below = Change(-step), farAbove = Change(2 * step), farBelow = Change(-2 * step);
                double near = (above - below) / (2 * step), far = (farAbove - farBelow) / (4 * step);
                double bend = (above + below) / step, farBend = (farAbove + farBelow) / (2 * step);
                if (Math.Abs(near - far) <= Agreement * scale && Math.Abs(farBend - (2 * bend)) <= Agreement * scale)
                    return ((4 * near) - far) / 3;
            }

            return null;
        }
        finally
        {
            values[element] = before;
        }
    }
}
