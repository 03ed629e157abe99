using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>denormals</c>: trains E on a handful of samples until it knows them by heart and beyond. Errors that vanish end below the
/// least normal float, where processors may be slow. Whether they do get there depends on the net, so the worst case stands
/// beside: inputs so small that every activation and delta is denormal.
/// </summary>
internal static class DenormalsCommand
{
    public const string Usage = "denormals [--core N]";

    private const int Samples = 4, Parts = 10, StepsOfPart = 100_000;
    private const float LearningRate = 0.05f, Tiny = 1e-40f;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int core = Affinity.LastCore();
        if (arguments is not [] && (arguments is not ["--core", string word] || !int.TryParse(word, out core)))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        Affinity.Pin(core);
        Workload workload = new(Suite.Networks.Nets.Single(n => n.Name == "E"), BenchmarkTask.Step1);
        NetE net = new();
        Steps(net, workload.Inputs, workload.Targets, StepsOfPart / 10); // warm
        net = new NetE();
        double[] times = new double[Parts];
        for (int part = 0; part < Parts; part++)
        {
            long start = Stopwatch.GetTimestamp();
            float loss = Steps(net, workload.Inputs, workload.Targets, StepsOfPart);
            times[part] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / StepsOfPart;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"steps {part * StepsOfPart + 1,7} to {(part + 1) * StepsOfPart,7}: {Words.Nanoseconds(times[part]),6} ns a step, loss of the last {loss:g3}, {Denormals(net, workload.Inputs, workload.Targets)} denormal of {net.Gradients.Length} gradients"));
        }

        Console.WriteLine($"the slowest over the first: {Words.Ratio(times.Max() / times[0])}");
        (double tiny, int denormals) = TinySteps(workload);
        Console.WriteLine(
            $"inputs of 1e-40 and targets of 0: {Words.Nanoseconds(tiny)} ns a step, {Words.Ratio(tiny / times[0])} of the first; {denormals} denormal gradients");
        return 0;
    }

    /// <summary>Nanoseconds of a step that computes with denormals throughout, for biases begin at 0 and nothing is learnt; and how many of its gradients are.</summary>
    private static (double Nanoseconds, int Denormals) TinySteps(Workload workload)
    {
        NetE net = new();
        float[] inputs = Array.ConvertAll(workload.Inputs, x => x * Tiny), targets = new float[workload.Targets.Length];
        long start = Stopwatch.GetTimestamp();
        Steps(net, inputs, targets, StepsOfPart);
        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds / StepsOfPart, Denormals(net, inputs, targets));
    }

    private static float Steps(NetE net, float[] inputs, float[] targets, int steps)
    {
        float loss = 0;
        for (int k = 0; k < steps; k++)
        {
            int sample = k % Samples;
            loss = net.TrainStep(
                inputs.AsSpan(sample * NetE.InputSize, NetE.InputSize), targets.AsSpan(sample * NetE.OutputSize, NetE.OutputSize), LearningRate);
        }

        return loss;
    }

    private static int Denormals(NetE net, float[] inputs, float[] targets)
    {
        net.Backward(inputs.AsSpan(0, NetE.InputSize), targets.AsSpan(0, NetE.OutputSize));
        int count = 0;
        foreach (float g in net.Gradients)
            count += float.IsSubnormal(g) ? 1 : 0;
        net.Gradients.Clear();
        return count;
    }
}
