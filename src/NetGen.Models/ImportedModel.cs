using System;
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

/// <summary>What a model makes of an output of the network before it gives it.</summary>
internal enum ModelChoice
{
    /// <summary>Nothing: it is the model's output.</summary>
    None,

    /// <summary>It gives the place of the largest.</summary>
    Largest,

    /// <summary>It gives another choice, such as one that is drawn.</summary>
    Other,
}

/// <summary>An input or output of a model, and how it stands in the network's.</summary>
/// <param name="Name">In the model.</param>
/// <param name="Shape">In the model, with a batch of one.</param>
/// <param name="Places">Where each element of the model's, in row-major order, stands in the network's; null where that is the same.</param>
internal sealed record ModelPart(string Name, int[] Shape, int[]? Places, ModelChoice Choice = ModelChoice.None)
{
    public int Size => Graphs.Sizes.Product(Shape);

    /// <summary>Values in the order of the network.</summary>
    public float[] ToNetwork(ReadOnlySpan<float> values)
    {
        float[] result = values.ToArray();
        for (int i = 0; Places is not null && i < values.Length; i++)
            result[Places[i]] = values[i];
        return result;
    }

    /// <summary>Values in the order of the model.</summary>
    public float[] ToModel(ReadOnlySpan<float> values)
    {
        float[] result = values.ToArray();
        for (int i = 0; Places is not null && i < values.Length; i++)
            result[i] = values[Places[i]];
        return result;
    }
}
