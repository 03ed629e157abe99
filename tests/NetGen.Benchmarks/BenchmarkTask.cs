using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>What is timed: one call on so many samples, which infers or takes a step of SGD.</summary>
internal sealed record BenchmarkTask(string Name, bool IsStep, int Samples)
{
    public static readonly BenchmarkTask Infer1 = new("infer1", false, 1);
    public static readonly BenchmarkTask Infer8 = new("infer8", false, 8);
    public static readonly BenchmarkTask Infer64 = new("infer64", false, 64);
    public static readonly BenchmarkTask Step1 = new("step1", true, 1);
    public static readonly BenchmarkTask Step8 = new("step8", true, 8);
    public static readonly BenchmarkTask Step32 = new("step32", true, 32);

    public string Description => (IsStep ? "SGD step, " : "inference, ") + (Samples == 1 ? "1 sample" : $"{Samples} samples");

    /// <summary>Multiply-adds of one call: a step has those of the weights' gradients and, but for the first layer, of the inputs' as well.</summary>
    public long MultiplyAdds(BenchmarkNet net) => Samples * net.Layers.Select((l, k) => l.MultiplyAdds * (1 + Backward(k))).Sum();

    /// <summary>
    /// Those that no right answer can do without: behind a max pool one delta of a window may be other than 0, and the terms
    /// of the others need not be computed.
    /// </summary>
    public long LeastMultiplyAdds(BenchmarkNet net) => Samples * net.Layers.Select((l, k) =>
        l.MultiplyAdds + Backward(k) * l.MultiplyAdds / (k + 1 < net.Layers.Count && net.Layers[k + 1] is MaxPool pool ? pool.Size * pool.Size : 1)).Sum();

    private int Backward(int layer) => !IsStep ? 0 : layer == 0 ? 1 : 2;
}
