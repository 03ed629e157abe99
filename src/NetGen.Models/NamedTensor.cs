using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Weights;
using NetGen.Training.Safetensors;

namespace NetGen.Models;

/// <summary>A tensor of a model, row-major.</summary>
/// <param name="Name">As a weights file has it, <c>dense_1.weight</c>.</param>
/// <param name="Shape">As PyTorch presents it.</param>
internal sealed record NamedTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>Writes a safetensors file.</summary>
    public static void Write(Stream stream, IEnumerable<NamedTensor> tensors) =>
        WeightFileWriter.Write(stream, [.. tensors.Select(static t => t.Saved())], new Dictionary<string, string>());

    private SavedTensor Saved()
    {
        int[] strides = new int[Shape.Length];
        for (int k = Shape.Length - 1, stride = 1; k >= 0; stride *= Shape[k--])
            strides[k] = stride;
        return new SavedTensor(new ParameterPlace(Name, Shape, 0, strides), Values);
    }
}
