using System.Globalization;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>What is timed: one call on so many samples, which infers or takes a step of SGD; or one time step of a stream.</summary>
internal sealed record BenchmarkTask(string Name, bool IsStep, int Samples)
{
    /// <summary>One time step of one sequence, with the state in the caller's memory.</summary>
    public static readonly BenchmarkTask Stream = new("stream", false, 1) { IsStream = true };

    public static readonly BenchmarkTask Infer1 = new("infer1", false, 1);
    public static readonly BenchmarkTask Infer8 = new("infer8", false, 8);
    public static readonly BenchmarkTask Infer16 = new("infer16", false, 16);
    public static readonly BenchmarkTask Infer64 = new("infer64", false, 64);
    public static readonly BenchmarkTask Step1 = new("step1", true, 1);
    public static readonly BenchmarkTask Step8 = new("step8", true, 8);
    public static readonly BenchmarkTask Step16 = new("step16", true, 16);
    public static readonly BenchmarkTask Step32 = new("step32", true, 32);

    /// <summary>Inference of so many samples.</summary>
    public static BenchmarkTask Infer(int samples) => new(string.Create(CultureInfo.InvariantCulture, $"infer{samples}"), false, samples);

    public bool IsStream { get; private init; }

    public string Description => IsStream ? "one time step" : (IsStep ? "SGD step, " : "inference, ") + (Samples == 1 ? "1 sample" : $"{Samples} samples");

    /// <summary>Multiply-adds of one call: a step has those of the weights' gradients and, but for the first layer, of the inputs' as well.</summary>
    public long MultiplyAdds(BenchmarkNet net) => IsStream
        ? net.Layers.Sum(l => l.StreamMultiplyAdds)
        : Samples * net.Layers.Select((l, k) => l.MultiplyAdds + Backward(l, k)).Sum();

    /// <summary>
    /// Those that no right answer can do without: behind a max pool one delta of a window may be other than 0, and the terms
    /// of the others need not be computed.
    /// </summary>
    public long LeastMultiplyAdds(BenchmarkNet net) => IsStream
        ? MultiplyAdds(net)
        : Samples * net.Layers.Select((l, k) =>
            l.MultiplyAdds + Backward(l, k) / (k + 1 < net.Layers.Count && net.Layers[k + 1] is MaxPool pool ? pool.Size * pool.Size : 1)).Sum();

    private long Backward(NetLayer layer, int place) => !IsStep ? 0 : layer.MultiplyAdds + (place == 0 ? layer.CarriedMultiplyAdds : layer.MultiplyAdds);
}
