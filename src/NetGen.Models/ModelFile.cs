using System;
using System.IO;
using System.Text;
using NetGen.Models.Graphs;
using NetGen.Models.Import;
using NetGen.Models.Nam;
using NetGen.Models.Onnx;
using NetGen.Models.TFLite;

namespace NetGen.Models;

/// <summary>A file of a model that can be imported.</summary>
internal static class ModelFile
{
    /// <summary>The extensions of the files that are read.</summary>
    public static string Extensions => ".onnx, .tflite, .nam";

    /// <summary>It is an ONNX model, by its name.</summary>
    public static bool IsOnnx(string path) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>The spec and the weights of a file, which is known by its content.</summary>
    /// <exception cref="ImportException">It cannot be imported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImportedModel Import(string path, ImportOptions options)
    {
        var file = new FileInfo(path);
        if (file.Length > OnnxReader.LargestFile)
            throw new ImportException($"it has {file.Length >> 20} MB; models of up to {OnnxReader.LargestFile >> 20} MB are read");
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..])
        {
            // A signal is as long as its user says: --input-shape input=48000.
            int steps = options.Shapes.TryGetValue("input", out int[]? shape) ? shape[^1] : NamImporter.DefaultSteps;
            ImportedModel amplifier = NamImporter.Import(Encoding.UTF8.GetString(bytes), steps);
            return options.Weights is null ? amplifier : amplifier with { Spec = $"{amplifier.Spec.TrimEnd()}\nweights: {SpecText.Scalar(options.Weights)}\n" };
        }

        if (bytes.AsSpan().StartsWith("PK\x03\x04"u8) || bytes.AsSpan() is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] or [0x80, < 6, ..])
            throw new ImportException("it has weights, but no list of layers that can be read; write the spec, then take them by 'netgen weights FILE --for SPEC'");
        ModelGraph graph = TFLiteReader.IsSuch(bytes) ? TFLiteReader.Read(bytes) : OnnxReader.Read(bytes, Path.GetDirectoryName(file.FullName));
        return ModelImporter.Import(graph, options);
    }
}
