using System.Collections.Generic;

namespace NetGen.Models.Onnx.Export;

/// <summary>How a network is exported.</summary>
/// <param name="Name">Of the network: the spec's.</param>
/// <param name="Spec">The spec's text, which travels in the model; null for none.</param>
internal sealed record ExportOptions(string Name, string? Spec = null)
{
    /// <summary>
    /// The opset unless another is asked for: 17 is the first with LayerNormalization, and what everything that reads ONNX today knows. All else that networks
    /// need is in 13 already.
    /// </summary>
    public const int DefaultOpset = 17;

    /// <summary>The first opset whose Squeeze, Unsqueeze and ReduceSum take axes as a value, and whose Softmax is over one axis.</summary>
    public const int FirstOpset = 13;

    /// <summary>The last opset that the tests have run.</summary>
    public const int LastOpset = 21;

    public int Opset { get; init; } = DefaultOpset;

    /// <summary>The model takes features in the units of the data, and standardizes them first; null where it takes what the network takes.</summary>
    public Scaling? Features { get; init; }

    /// <summary>The model gives targets in the units of the data; null where it gives what the network gives.</summary>
    public Scaling? Targets { get; init; }

    /// <summary>What else the model says of itself, under keys that begin with <c>netgen.</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The version of the file format that came with the opset.</summary>
    public int IrVersion => Opset switch
    {
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        _ => 10,
    };
}
