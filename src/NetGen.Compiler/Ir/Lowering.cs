using System.Collections.Generic;

namespace NetGen.Compiler.Ir;

/// <summary>
/// What layers lower into: the forward kernels of one sample, in order. Training and inference are lowered apart, because
/// dropout and its like differ; what does not differ comes out equal, and is printed once.
/// </summary>
/// <param name="training">The mode.</param>
internal sealed class Lowering(bool training)
{
    // Names that kernels, and the methods around them, use for themselves.
    private readonly NameScope _names = new(
        "x", "y", "w", "g", "f", "t", "e", "k", "i", "o", "dx", "dy", "row", "group", "sum", "sums", "max", "rest", "dot", "loss", "largest",
        "others", "label", "logSum", "targetSum", "squares", "velocity", "random", "clip", "scale", "seed", "learningRate",
        "trained", "parameters", "gradients", "state", "input", "inputs", "output", "outputs", "target", "targets", "labels", "scratch", "sample", "samples",
        "first", "count", "panel", "weights", "losses", "memory", "start", "parameter", "of", "at",
        "gradient", "clamped", "clipped", "stepSize", "epsilon", "lower", "upper", "firstMoment", "secondMoment", "meanSquare", "sumOfSquares");

    // What is called after a parameter: its gradient, and what optimizers keep for it.
    private static readonly string[] s_ofParameter = ["Gradient", "Velocity", "FirstMoment", "SecondMoment", "MeanSquare", "SumOfSquares"];

    private readonly NameScope _methods = new();
    private int _streams;

    public bool IsTraining => training;

    public List<Kernel> Kernels { get; } = [];

    /// <summary>Every parameter's buffer, in the order in which the layers asked, which is that of their parameters.</summary>
    public List<Buffer> Parameters { get; } = [];

    public void Add(Kernel kernel) => Kernels.Add(kernel);

    /// <summary>A buffer for values of one sample.</summary>
    public Buffer Activation(string layer, string what, int size) =>
        new(_names.Unique(NameScope.Camel(layer) + what, "Gradient"), size, BufferRole.Activation);

    /// <summary>The buffer of a parameter.</summary>
    public Buffer Parameter(string layer, string parameter, int size)
    {
        var buffer = new Buffer(_names.Unique(NameScope.Camel(layer) + NameScope.Pascal(parameter), s_ofParameter), size, BufferRole.Parameter);
        Parameters.Add(buffer);
        return buffer;
    }

    /// <summary>The name of a kernel of a layer.</summary>
    public string Method(string layer, string what = "Forward") => _methods.Unique(NameScope.Pascal(layer) + what);

    /// <summary>A stream of random numbers of its own. Called in both modes, so that streams do not depend on the mode.</summary>
    public int Stream() => ++_streams;
}
