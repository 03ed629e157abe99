using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

internal enum Activation
{
    Linear,
    Sigmoid,
    Tanh,
    Relu,
    Softmax,
}

/// <summary>One dense layer, as peers build it.</summary>
internal sealed record DenseLayer(int Inputs, int Outputs, Activation Activation);

/// <summary>A network to measure: what its spec under Nets says, for peers that do not read specs.</summary>
/// <param name="Name">A letter; the spec is its lower case with ".yaml".</param>
/// <param name="Layers">From the input to the output; the loss is cross-entropy after a softmax, else half the squared error.</param>
internal sealed record BenchmarkNet(string Name, IReadOnlyList<DenseLayer> Layers)
{
    public static readonly IReadOnlyList<BenchmarkNet> All =
    [
        Stack("A", [2, 3, 1], Activation.Sigmoid, Activation.Sigmoid),
        Stack("B", [4, 16, 3], Activation.Relu, Activation.Softmax),
        Stack("C", [64, 32, 10], Activation.Relu, Activation.Softmax),
        Stack("D", [784, 128, 10], Activation.Relu, Activation.Softmax),
        Stack("E", [8, 64, 64, 64, 4], Activation.Tanh, Activation.Linear),
    ];

    public int InputSize => Layers[0].Inputs;

    public int OutputSize => Layers[^1].Outputs;

    public bool IsClassifier => Layers[^1].Activation == Activation.Softmax;

    public long Weights => Layers.Sum(l => (long)l.Inputs * l.Outputs);

    public int Parameters => Layers.Sum(l => (l.Inputs + 1) * l.Outputs);

    /// <summary>"4-16-3 relu softmax".</summary>
    public string Description =>
        string.Join("-", Layers.Select(l => l.Inputs).Append(OutputSize)) + " "
        + string.Join(" ", Layers.Select(l => l.Activation.ToString().ToLowerInvariant()).Distinct());

    public string Spec() => Resources.Text(Name.ToLowerInvariant() + ".yaml");

    private static BenchmarkNet Stack(string name, int[] sizes, Activation hidden, Activation last) =>
        new(name, [.. Enumerable.Range(0, sizes.Length - 1)
            .Select(l => new DenseLayer(sizes[l], sizes[l + 1], l == sizes.Length - 2 ? last : hidden))]);
}
