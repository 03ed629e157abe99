using System.Collections.Generic;

namespace NetGen.Models;

/// <summary>What a model of another library became.</summary>
/// <param name="Spec">The spec, in YAML, without weights.</param>
/// <param name="Weights">The parameters, with the names and shapes of a weights file.</param>
/// <param name="Notes">What was dropped, turned around or is otherwise not as in the model: a sentence each.</param>
internal sealed record ImportedModel(string Spec, IReadOnlyList<NamedTensor> Weights, IReadOnlyList<string> Notes)
{
    /// <summary>The inputs of the network, in its order, as the model has them.</summary>
    public IReadOnlyList<ModelPart> Inputs { get; init; } = [];

    /// <summary>The outputs, likewise.</summary>
    public IReadOnlyList<ModelPart> Outputs { get; init; } = [];
}

/// <summary>An input or output of a model, and how it stands in the network's.</summary>
/// <param name="Name">In the model.</param>
/// <param name="Shape">In the model, with a batch of one.</param>
/// <param name="Places">Where each element of the model's, in row-major order, stands in the network's; null where that is the same.</param>
/// <param name="IsWhole">False of an output from which the model chooses or draws its own.</param>
internal sealed record ModelPart(string Name, int[] Shape, int[]? Places, bool IsWhole = true);
