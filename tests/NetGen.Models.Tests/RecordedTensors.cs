using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Weights;

namespace NetGen.Models.Tests;

/// <summary>Inputs and outputs that were recorded in a safetensors file.</summary>
internal static class RecordedTensors
{
    public static IReadOnlyDictionary<string, NamedTensor> Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        SafetensorsFile file = SafetensorsFile.Read(stream, Path.GetFileName(path));
        return file.Tensors.ToDictionary(static t => t.Name, t =>
        {
            float[] values = new float[t.Shape.Aggregate(1L, static (size, d) => size * d)];
            ElementDecoder.Decode(t.Dtype, file.Data, (int)t.Begin, values, values.Length);
            return new NamedTensor(t.Name, [.. t.Shape.Select(static d => (int)d)], values);
        });
    }
}
