using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Benchmarks;

internal enum NetKind
{
    Dense,

    /// <summary>There are convolutions, pools or norms.</summary>
    Convolutional,

    /// <summary>A recurrent layer, and a dense layer on its last state.</summary>
    Recurrent,
}

/// <summary>A network to measure: what its spec under Nets says, for peers that do not read specs.</summary>
/// <param name="Name">A letter, with a number where there are many; the spec is its lower case with ".yaml".</param>
/// <param name="Layers">From the input to the output; the loss is cross-entropy after a softmax, else half the squared error.</param>
internal sealed record BenchmarkNet(string Name, IReadOnlyList<NetLayer> Layers)
{
    /// <summary>The numbers of samples, besides one, at which C is compiled to infer.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [64];

    public int InputSize => Layers[0].Input.Length;

    public int OutputSize => Layers[^1].Output.Length;

    public bool IsClassifier => Layers[^1].Activation == Activation.Softmax;

    public NetKind Kind =>
        Layers[0] is Recurrent ? NetKind.Recurrent : Layers.Any(l => l is Convolution) ? NetKind.Convolutional : NetKind.Dense;

    public long Weights => Layers.Sum(l => (long)l.Weights);

    public int Parameters => Layers.Sum(l => l.Weights + l.Biases);

    /// <summary>"4-16-3 relu softmax", "1x28x28 conv pool conv pool dense", "16x64 conv 3 dilated 2 padded to 16", "100x16 lstm 8 dense".</summary>
    public string Description => this switch
    {
        { Layers: [DenseLayer, ..] } =>
            string.Join("-", Layers.Select(l => l.Input.Length).Append(OutputSize)) + " "
            + string.Join(" ", Layers.Select(l => l.Activation.ToString().ToLowerInvariant()).Distinct()),
        { Layers: [Recurrent r, ..] } => $"{r.Steps}x{r.Features} {r.Cell.ToString().ToLowerInvariant()} {r.Units} dense",
        { Layers: [Convolution single] } => $"{single.Input} {Words(single)}",
        _ => $"{Layers[0].Input} {string.Join(' ', Layers.Select(l => l switch
        {
            Convolution => "conv",
            MaxPool => "pool",
            AveragePool p => p.Output.Width > 1 ? "average pool" : "global average pool",
            BatchNorm => "batch norm",
            Move m => m.What,
            _ => "dense",
        }))}",
    };

    /// <summary>Its name, and what it is where that is a number.</summary>
    public string Label => Name.Length == 1 ? Name : $"{Name}: {Description}";

    public string Spec() => Resources.Text(Name.ToLowerInvariant() + ".yaml");

    /// <summary>The spec of the same network with an output at each step.</summary>
    public string SpecOfEachStep() => Regex.Replace(Spec(), "- (lstm|gru): ([0-9]+)", "- $1: { units: $2, return_sequences: true }");

    private static string Words(Convolution c) =>
        (c.Groups > 1 ? "depthwise " : "conv ") + (c.IsSignal ? "" : $"{c.Down.Kernel}x") + c.Across.Kernel
        + (c.Across.Stride > 1 ? $" stride {c.Across.Stride}" : "") + (c.Across.Dilation > 1 ? $" dilated {c.Across.Dilation}" : "")
        + (c.IsPadded ? " padded" : "") + $" to {c.Filters}";
}
