using System;
using System.Globalization;

namespace NetGen.Training;

/// <summary>Schedules for <see cref="TrainingOptions.LearningRateSchedule"/>, beside those of the spec: the rate by the network's <c>Steps</c>.</summary>
public static class LearningRates
{
    /// <summary>
    /// One cycle: along a half cosine up to the peak, and along another down to nearly 0 ("Super-Convergence", L. N. Smith and N. Topin, 2018; PyTorch's
    /// <c>OneCycleLR</c> without its momentum). After its steps the rate stays at the end's.
    /// </summary>
    /// <param name="peak">The highest rate, such as what <c>FindLearningRate</c> suggests.</param>
    /// <param name="steps">All steps: <c>options.Epochs * options.StepsPerEpoch(train.Count)</c>.</param>
    /// <param name="warmup">The share of the steps that go up, between 0 and 1.</param>
    /// <param name="startDivisor">It begins with <c>peak / startDivisor</c>.</param>
    /// <param name="endDivisor">It ends with <c>peak / startDivisor / endDivisor</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Func<long, float> OneCycle(float peak, long steps, double warmup = 0.3, double startDivisor = 25, double endDivisor = 1e4)
    {
        Check(float.IsFinite(peak) && peak > 0, nameof(peak), peak, "finite and over 0");
        Check(steps >= 2, nameof(steps), steps, "at least 2");
        Check(warmup is > 0 and < 1, nameof(warmup), warmup, "between 0 and 1");
        Check(double.IsFinite(startDivisor) && startDivisor >= 1, nameof(startDivisor), startDivisor, "at least 1");
        Check(double.IsFinite(endDivisor) && endDivisor >= 1, nameof(endDivisor), endDivisor, "at least 1");
        double start = peak / startDivisor, end = start / endDivisor, top = warmup * steps - 1, last = steps - 1;
        return step => (float)(
            step <= top ? Cosine(start, peak, step / top)
            : Cosine(peak, end, Math.Min(1, (step - Math.Max(top, 0)) / (last - Math.Max(top, 0)))));
    }

    // From a, level, to b, level again.
    private static double Cosine(double a, double b, double share) => b + (a - b) * (1 + Math.Cos(Math.PI * share)) / 2;

    private static void Check(bool isRight, string name, double value, string range)
    {
        if (!isRight)
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it is {range}."));
    }
}
