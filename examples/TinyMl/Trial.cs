using System;
using System.Diagnostics;
using System.Linq;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>What a network gave for the inputs of which the outputs are known.</summary>
/// <param name="Parameters">The numbers that were trained.</param>
/// <param name="Microseconds">The time of a call, one sample a call.</param>
/// <param name="Deviation">The largest deviation from what is right, over the largest magnitude that is right.</param>
internal sealed record Trial(int Parameters, double Microseconds, double Deviation)
{
    // As the benchmark's rules have it, a time is the mean over at least so many calls.
    private const int MinimumCalls = 10;
    private static readonly TimeSpan MinimumTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs a network over samples that stand back to back.</summary>
    public static Trial Of<TNetwork>(float[] inputs, float[] right) where TNetwork : class, INetwork<TNetwork>, new()
    {
        var network = new TNetwork();
        var outputs = new float[right.Length];
        var scratch = new float[TNetwork.ScratchSize];
        int samples = inputs.Length / TNetwork.InputSize, calls = 0;
        Run(); // compiles, and warms caches
        long start = Stopwatch.GetTimestamp();
        do
        {
            Run();
            calls += samples;
        }
        while (calls < MinimumCalls || Stopwatch.GetElapsedTime(start) < MinimumTime);

        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
        int parameters = TNetwork.ParameterTable.Sum(static p => p.Shape.Aggregate(1, static (size, n) => size * n));
        return new Trial(parameters, microseconds, DeviationOf(outputs, right));

        void Run()
        {
            for (int k = 0; k < samples; k++)
            {
                ReadOnlySpan<float> input = inputs.AsSpan(k * TNetwork.InputSize, TNetwork.InputSize);
                TNetwork.Forward(network.Parameters, input, outputs.AsSpan(k * TNetwork.OutputSize, TNetwork.OutputSize), scratch);
            }
        }
    }

    private static double DeviationOf(float[] outputs, float[] right)
    {
        double deviation = 0, largest = 0;
        for (int k = 0; k < right.Length; k++)
        {
            deviation = float.IsNaN(outputs[k]) ? double.PositiveInfinity : Math.Max(deviation, Math.Abs((double)outputs[k] - right[k]));
            largest = Math.Max(largest, Math.Abs(right[k]));
        }

        return deviation / largest;
    }
}
