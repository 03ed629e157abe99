using System;
using System.Linq;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>The series, scaled to mean 0 and deviation 1 by its training part, and its three parts.</summary>
internal sealed class ScaledSeries
{
    private const int TrainCount = 2_500, ValidationCount = 1_000, TestCount = 1_500;

    private readonly float[] values;

    public ScaledSeries()
    {
        double[] series = MackeyGlass.Series(TrainCount + ValidationCount + TestCount);
        double[] known = series[..TrainCount];
        double mean = known.Average();
        double deviation = Math.Sqrt(known.Average(x => (x - mean) * (x - mean)));
        values = [.. series.Select(x => (float)((x - mean) / deviation))];
    }

    public ReadOnlySpan<float> Train => values.AsSpan(0, TrainCount);

    public ReadOnlySpan<float> Validation => values.AsSpan(TrainCount, ValidationCount);

    public ReadOnlySpan<float> Test => values.AsSpan(TrainCount + ValidationCount);

    /// <summary>Windows of the values, and what comes <paramref name="ahead"/> steps after each.</summary>
    /// <param name="stride">How far apart windows begin.</param>
    public static TargetDataset Windows(ReadOnlySpan<float> values, int ahead, int stride = 1)
    {
        int count = (values.Length - Forecaster.InputSize - ahead) / stride + 1;
        float[] windows = new float[count * Forecaster.InputSize], targets = new float[count];
        for (int i = 0; i < count; i++)
        {
            values.Slice(i * stride, Forecaster.InputSize).CopyTo(windows.AsSpan(i * Forecaster.InputSize));
            targets[i] = values[i * stride + Forecaster.InputSize - 1 + ahead];
        }

        return new TargetDataset(windows, Forecaster.InputSize, targets);
    }
}
