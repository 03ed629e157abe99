using System;
using System.Collections.Generic;

namespace NetGen.Models.Graphs;

/// <summary>A model as its file has it.</summary>
/// <param name="Inputs">What the caller gives.</param>
/// <param name="Outputs">The values that the caller gets.</param>
/// <param name="Nodes">The operations, in any order.</param>
/// <param name="Constants">The tensors of the file, decoded when they are asked for.</param>
internal sealed record ModelGraph(
    IReadOnlyList<ModelInput> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<ModelNode> Nodes, IReadOnlyDictionary<string, Func<Constant>> Constants)
{
    /// <summary>The version of ONNX's operators that the nodes are of.</summary>
    public int OperatorSet { get; init; } = 21;

    /// <summary>What wrote the file, <c>pytorch 2.2.2</c>; empty where it does not say.</summary>
    public string Producer { get; init; } = "";

    /// <summary>What its reader took otherwise than it stands there: a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the file says of itself, for the head of the spec: a line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>An input of a model.</summary>
/// <param name="Shape">Its sizes; null for one that the file leaves open.</param>
/// <param name="Symbols">What the file calls the sizes that it leaves open.</param>
internal sealed record ModelInput(string Name, IReadOnlyList<int?> Shape, IReadOnlyList<string> Symbols);
