using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Weights;

namespace NetGen.Models.Tests.Onnx;

/// <summary>A model that PyTorch exported, with samples and what comes of them; <c>exported/make_exports.py</c> made both.</summary>
/// <param name="Path">The model.</param>
/// <param name="Samples">The values of inputs and outputs by their names, the samples on the first axis.</param>
internal sealed record TorchModel(string Path, IReadOnlyDictionary<string, NamedTensor> Samples)
{
    private static readonly string s_folder = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "exported");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(s_folder, "*.onnx").Select(static path => System.IO.Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static TorchModel Read(string name)
    {
        using FileStream stream = File.OpenRead(System.IO.Path.Combine(s_folder, name + ".safetensors"));
        SafetensorsFile file = SafetensorsFile.Read(stream, name);
        return new TorchModel(System.IO.Path.Combine(s_folder, name + ".onnx"), file.Tensors.ToDictionary(static t => t.Name, t =>
        {
            float[] values = new float[t.Shape.Aggregate(1L, static (size, d) => size * d)];
            ElementDecoder.Decode(t.Dtype, file.Data, (int)t.Begin, values, values.Length);
            return new NamedTensor(t.Name, [.. t.Shape.Select(static d => (int)d)], values);
        }));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
