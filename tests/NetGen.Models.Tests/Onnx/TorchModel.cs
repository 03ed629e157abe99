using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace NetGen.Models.Tests.Onnx;

/// <summary>A model that PyTorch exported, with samples and what comes of them; <c>exported/make_exports.py</c> made both.</summary>
/// <param name="Path">The model.</param>
/// <param name="Samples">The values of inputs and outputs by their names, the samples on the first axis.</param>
internal sealed record TorchModel(string Path, IReadOnlyDictionary<string, NamedTensor> Samples)
{
    private static readonly string s_folder = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "exported");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(s_folder, "*.onnx").Select(static path => System.IO.Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static TorchModel Read(string name) => new(
        System.IO.Path.Combine(s_folder, name + ".onnx"), RecordedTensors.Read(System.IO.Path.Combine(s_folder, name + ".safetensors")));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
