using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>A network to measure: what its spec under Nets says, for peers that do not read specs.</summary>
/// <param name="Name">A letter, of shapes with a number; the spec is its lower case with ".yaml".</param>
/// <param name="Layers">From the input to the output; the loss is cross-entropy after a softmax, else half the squared error.</param>
internal sealed record BenchmarkNet(string Name, IReadOnlyList<NetLayer> Layers)
{
    /// <summary>The networks that goals are stated for.</summary>
    public static readonly IReadOnlyList<BenchmarkNet> All =
    [
        Stack("A", [2, 3, 1], Activation.Sigmoid, Activation.Sigmoid),
        Stack("B", [4, 16, 3], Activation.Relu, Activation.Softmax),
        Stack("C", [64, 32, 10], Activation.Relu, Activation.Softmax),
        Stack("D", [784, 128, 10], Activation.Relu, Activation.Softmax),
        Stack("E", [8, 64, 64, 64, 4], Activation.Tanh, Activation.Linear),
        new NetBuilder(1, 28, 28).Image(8, 5).MaxPool(2).Image(16, 5).MaxPool(2).Dense(10, Activation.Softmax).Build("F"),
    ];

    /// <summary>Single convolutions of small audio and image networks.</summary>
    public static readonly IReadOnlyList<BenchmarkNet> Shapes =
    [
        new NetBuilder(1, 1, 256).Signal(8, 16, stride: 4).Build("S1"),
        new NetBuilder(8, 1, 128).Signal(16, 3, Padding.Same).Build("S2"),
        new NetBuilder(16, 1, 64).Signal(16, 3, Padding.Causal, dilation: 2).Build("S3"),
        new NetBuilder(32, 1, 32).Signal(32, 5).Build("S4"),
        new NetBuilder(1, 28, 28).Image(8, 5).Build("S5"),
        new NetBuilder(3, 32, 32).Image(16, 3, Padding.Same).Build("S6"),
        new NetBuilder(16, 16, 16).Image(32, 3, Padding.Same, stride: 2).Build("S7"),
        new NetBuilder(8, 12, 12).Image(16, 5).Build("S8"),
        new NetBuilder(16, 16, 16).Image(16, 3, Padding.Same, groups: 16).Build("S9"),
        new NetBuilder(32, 8, 8).Image(64, 1).Build("S10"),
    ];

    public int InputSize => Layers[0].Input.Length;

    public int OutputSize => Layers[^1].Output.Length;

    public bool IsClassifier => Layers[^1].Activation == Activation.Softmax;

    /// <summary>Whether there is more than dense layers.</summary>
    public bool IsConvolutional => Layers.Any(l => l is Convolution);

    public long Weights => Layers.Sum(l => (long)l.Weights);

    public int Parameters => Layers.Sum(l => l.Weights + l.Biases);

    /// <summary>"4-16-3 relu softmax", "1x28x28 conv pool conv pool dense", "16x64 conv 3 dilated 2 padded to 16".</summary>
    public string Description => this switch
    {
        { IsConvolutional: false } =>
            string.Join("-", Layers.Select(l => l.Input.Length).Append(OutputSize)) + " "
            + string.Join(" ", Layers.Select(l => l.Activation.ToString().ToLowerInvariant()).Distinct()),
        { Layers: [Convolution single] } => $"{single.Input} {Words(single)}",
        _ => $"{Layers[0].Input} {string.Join(' ', Layers.Select(l => l switch { Convolution => "conv", MaxPool => "pool", _ => "dense" }))}",
    };

    /// <summary>Its name, of a shape with what that is.</summary>
    public string Label => Shapes.Contains(this) ? $"{Name}: {Description}" : Name;

    public string Spec() => Resources.Text(Name.ToLowerInvariant() + ".yaml");

    private static BenchmarkNet Stack(string name, int[] sizes, Activation hidden, Activation last) =>
        sizes.Skip(1).Select((units, l) => (units, Activation: l == sizes.Length - 2 ? last : hidden))
            .Aggregate(new NetBuilder(sizes[0], 1, 1), (net, l) => net.Dense(l.units, l.Activation)).Build(name);

    private static string Words(Convolution c) =>
        (c.Groups > 1 ? "depthwise " : "conv ") + (c.IsSignal ? "" : $"{c.Down.Kernel}x") + c.Across.Kernel
        + (c.Across.Stride > 1 ? $" stride {c.Across.Stride}" : "") + (c.Across.Dilation > 1 ? $" dilated {c.Across.Dilation}" : "")
        + (c.IsPadded ? " padded" : "") + $" to {c.Filters}";
}
