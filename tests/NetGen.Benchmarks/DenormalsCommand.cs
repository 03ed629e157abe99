using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>denormals</c>: trains E on a handful of samples until it knows them by heart and beyond. Errors that vanish end below the
/// least normal float, where processors may be slow.
/// </summary>
internal static class DenormalsCommand
{
    public const string Usage = "denormals [--core N]";

    private const int Samples = 4, Parts = 10, StepsOfPart = 100_000;
    private const float LearningRate = 0.05f;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int core = Affinity.LastCore();
        if (arguments is not [] && (arguments is not ["--core", string word] || !int.TryParse(word, out core)))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        Affinity.Pin(core);
        Workload workload = new(BenchmarkNet.All.Single(n => n.Name == "E"), BenchmarkTask.Step1);
        NetE net = new();
        Steps(net, workload, StepsOfPart / 10); // warm
        net = new NetE();
        double[] times = new double[Parts];
        for (int part = 0; part < Parts; part++)
        {
            long start = Stopwatch.GetTimestamp();
            float loss = Steps(net, workload, StepsOfPart);
            times[part] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / StepsOfPart;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"steps {part * StepsOfPart + 1,7} to {(part + 1) * StepsOfPart,7}: {Words.Nanoseconds(times[part]),6} ns a step, loss of the last {loss:g3}, {Denormals(net, workload)} denormal of {net.Gradients.Length} gradients"));
        }

        Console.WriteLine($"the slowest over the first: {Words.Ratio(times.Max() / times[0])}");
        return 0;
    }

    private static float Steps(NetE net, Workload workload, int steps)
    {
        float loss = 0;
        for (int k = 0; k < steps; k++)
        {
            int sample = k % Samples;
            loss = net.TrainStep(
                workload.Inputs.AsSpan(sample * NetE.InputSize, NetE.InputSize),
                workload.Targets.AsSpan(sample * NetE.OutputSize, NetE.OutputSize), LearningRate);
        }

        return loss;
    }

    private static int Denormals(NetE net, Workload workload)
    {
        net.Backward(workload.Inputs.AsSpan(0, NetE.InputSize), workload.Targets.AsSpan(0, NetE.OutputSize));
        int count = 0;
        foreach (float g in net.Gradients)
            count += float.IsSubnormal(g) ? 1 : 0;
        net.Gradients.Clear();
        return count;
    }
}
