using System;

namespace NetGen.Examples;

/// <summary>
/// The chaotic series of M. C. Mackey and L. Glass, "Oscillation and chaos in physiological control systems", Science, 1977:
/// dx/dt = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x(t), with x(0) = 1.2 and nothing before.
/// </summary>
internal static class MackeyGlass
{
    private const double StepSize = 0.1;
    private const int StepsPerSample = 10;
    private const int Delay = 170; // steps: 17 units of time
    private const int Transient = 1_000; // samples that are dropped

    /// <summary>
    /// Samples one unit of time apart, by fourth-order Runge-Kutta. Nothing but additions, multiplications and
    /// divisions, so that the same numbers come out everywhere, which chaos would otherwise not allow.
    /// </summary>
    public static double[] Series(int count)
    {
        // x[k] is x((k - Start) · StepSize).
        const int Start = Delay + 1;
        double[] x = new double[Start + (Transient + count) * StepsPerSample + 1];
        x[Start] = 1.2;
        for (int k = Start; k < x.Length - 1; k++)
        {
            // The delayed value at the step's begin, middle (a cubic through its four neighbours) and end.
            double before = x[k - Delay], after = x[k - Delay + 1];
            double between = (9 * (before + after) - (x[k - Delay - 1] + x[k - Delay + 2])) / 16;
            double k1 = Slope(x[k], before);
            double k2 = Slope(x[k] + StepSize / 2 * k1, between);
            double k3 = Slope(x[k] + StepSize / 2 * k2, between);
            double k4 = Slope(x[k] + StepSize * k3, after);
            x[k + 1] = x[k] + StepSize / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }

        double[] samples = new double[count];
        for (int i = 0; i < count; i++)
            samples[i] = x[Start + (Transient + i) * StepsPerSample];
        return samples;
    }

    private static double Slope(double x, double delayed)
    {
        double square = delayed * delayed, fourth = square * square;
        return 0.2 * delayed / (1 + fourth * fourth * square) - 0.1 * x;
    }
}
