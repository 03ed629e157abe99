using System;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>
/// Forecasts that go on from forecasts, by the network as a stream. The known values warm its state; from there each
/// step takes what was forecast for it <see cref="Forecaster.Horizon"/> steps before, and nothing else of the series.
/// </summary>
internal static class FreeRun
{
    /// <summary>What comes after the known values.</summary>
    public static float[] Run(ReadOnlySpan<float> parameters, ReadOnlySpan<float> known, int count)
    {
        float[] values = [.. known, .. new float[count]];
        Span<float> state = new float[Forecaster.StateSize], forecast = new float[Forecaster.StepOutputSize];
        for (int t = 0; t + Forecaster.Horizon < values.Length; t++)
        {
            Forecaster.Step(parameters, values.AsSpan(t, Forecaster.StepInputSize), state, forecast);
            if (t + Forecaster.Horizon >= known.Length)
                values[t + Forecaster.Horizon] = forecast[0];
        }

        return values[known.Length..];
    }

    /// <summary>The largest difference between a window through <c>Step</c>, value by value, and <c>Forward</c> of it.</summary>
    public static float LargestDifference(Forecaster network, TargetDataset windows)
    {
        float largest = 0;
        Span<float> whole = new float[Forecaster.OutputSize], state = new float[Forecaster.StateSize], forecast = new float[Forecaster.StepOutputSize];
        for (int i = 0; i < windows.Count; i++)
        {
            network.Forward(windows.FeaturesOf(i), whole);
            state.Clear(); // zeros begin a stream
            foreach (ref readonly float value in windows.FeaturesOf(i))
                Forecaster.Step(network.Parameters, new ReadOnlySpan<float>(in value), state, forecast);
            largest = Math.Max(largest, Math.Abs(forecast[0] - whole[0]));
        }

        return largest;
    }
}
