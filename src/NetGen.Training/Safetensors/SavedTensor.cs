using NetGen.Compiler.Weights;

namespace NetGen.Training.Safetensors;

/// <summary>A tensor of a file, and the floats in memory that it is written from or read to.</summary>
/// <param name="Place">Its name, its shape, and where its elements lie among the floats.</param>
/// <param name="Floats">The floats.</param>
internal sealed record SavedTensor(ParameterPlace Place, float[] Floats)
{
    /// <summary>A vector.</summary>
    public static SavedTensor Vector(string name, float[] floats) => new(new ParameterPlace(name, [floats.Length], 0, [1]), floats);
}
