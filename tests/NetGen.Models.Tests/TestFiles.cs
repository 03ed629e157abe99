using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Models.Weights;
using NetGen.Reference;

namespace NetGen.Models.Tests;

/// <summary>The files that tests read, and what they say is right.</summary>
internal static class TestFiles
{
    private static string Root { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..");

    /// <summary>A file of weights that a script beside it made.</summary>
    public static string Weights(string name) => Path.Combine(Root, "goldens/weight_files", name);

    /// <summary>A network that others have made and use.</summary>
    public static string Model(string name) => Path.Combine(Root, "models", name);

    /// <summary>The tensors of a file by their names.</summary>
    public static IReadOnlyDictionary<string, float[]> Tensors(string path)
    {
        using TensorFile file = TensorFileReader.Open(path);
        return file.Tensors.ToDictionary(static t => t.Name, static t => Elements.ToFloats(t.View).Values);
    }

    public static JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Weights(name)));
        return document.RootElement.Clone();
    }

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(static n => n.GetDouble())];

    /// <summary>A spec without errors.</summary>
    public static Network NetworkOf(string yaml)
    {
        CheckResult check = NetworkCompiler.Check(yaml);
        return check.Network ?? throw new ArgumentException(string.Join("\n", check.Diagnostics.Select(static d => d.ToString("spec.yaml"))), nameof(yaml));
    }

    /// <summary>The reference's network by these weights.</summary>
    public static ReferenceNetwork Reference(string yaml, IEnumerable<NamedTensor> weights)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse(yaml);
        Dictionary<string, float[]> values = weights.ToDictionary(static w => w.Name, static w => w.Values);
        foreach ((string name, double[] parameter) in network.Parameters)
            Array.ConvertAll(values[name], static v => (double)v).CopyTo(parameter, 0);
        return network;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
