using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>What is timed: one call on so many samples, which infers or takes a step of SGD.</summary>
internal sealed record BenchmarkTask(string Name, bool IsStep, int Samples)
{
    public static readonly BenchmarkTask Infer1 = new("infer1", false, 1);
    public static readonly BenchmarkTask Infer64 = new("infer64", false, 64);
    public static readonly BenchmarkTask Step1 = new("step1", true, 1);
    public static readonly BenchmarkTask Step32 = new("step32", true, 32);

    public static readonly IReadOnlyList<BenchmarkTask> All = [Infer1, Infer64, Step1, Step32];

    public string Description => (IsStep ? "SGD step, " : "inference, ") + (Samples == 1 ? "1 sample" : $"{Samples} samples");

    /// <summary>Multiply-adds of one call: a step has those of the weights' gradients and, but for the first layer, of the inputs' as well.</summary>
    public long MultiplyAdds(BenchmarkNet net)
    {
        long first = (long)net.Layers[0].Inputs * net.Layers[0].Outputs;
        return Samples * (IsStep ? 3 * net.Weights - first : net.Weights);
    }
}
