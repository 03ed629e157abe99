using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Compiler;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Tests.Numerics;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>Networks that are exported: one for each thing that a layer may be, and those that the compiler is tested with.</summary>
internal static class ExportSpecs
{
    /// <summary>With <c>NETGEN_THOROUGH_TESTS=1</c>, more drawn networks, and the examples that the reference takes seconds for.</summary>
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private static readonly int s_drawn = s_isThorough ? 80 : 20;

    private const long MostMultiplyAdds = 1_000_000;

    public static readonly IReadOnlyDictionary<string, string> All = Make();

    /// <summary>A few that have every kind of layer, for what need not be tried with all.</summary>
    public static IEnumerable<string> Few => LayerSpecs.All.Keys.Concat(Activations().Select(static s => s.Name));

    private static Dictionary<string, string> Make()
    {
        Dictionary<string, string> all = new(LayerSpecs.All);
        foreach ((string name, string spec) in Activations().Concat(Recurrent()))
            all.Add(name, spec);
        foreach ((string name, string spec) in RecurrentSpecs.All().Concat(MoveSpecs.All))
            all.Add("of the compiler: " + name, spec);
        foreach ((string name, string spec) in Examples())
            all.Add(name, spec);
        for (int seed = 0; seed < s_drawn; seed++)
            all.Add($"drawn by {seed}", RandomLayerSpec.Draw(seed, static _ => true));
        return all;
    }

    /// <summary>The specs of the examples.</summary>
    private static IEnumerable<(string Name, string Spec)> Examples()
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../../examples"));
        IEnumerable<string> paths = Directory.GetDirectories(folder).SelectMany(static project => Directory.GetFiles(project, "*.yaml"));
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            string spec = File.ReadAllText(path);
            if (s_isThorough || (NetworkCompiler.Check(spec).Network is { } network && Costs.Of(network).MultiplyAdds <= MostMultiplyAdds))
                yield return ($"example {Path.GetRelativePath(folder, path)}", spec);
        }
    }

    /// <summary>Every activation, as a layer and behind one; those that do not take all numbers behind a sigmoid.</summary>
    private static IEnumerable<(string Name, string Spec)> Activations()
    {
        foreach (string kind in ActivationRegistry.Activations.All.Select(static a => a.Name))
        {
            (string before, string behind) = kind is "log" or "sqrt" or "reciprocal" ? ("sigmoid", "linear") : ("linear", kind);
            yield return ($"activation {kind}", $$"""
                input: 5
                layers: [dense: { units: 7, activation: {{before}} }, {{kind}}, dense: { units: 4, activation: {{behind}} }]
                """);
        }

        foreach (string options in (string[])
            ["leaky_relu: 0.25", "leaky_relu: 0", "leaky_relu: -1", "leaky_relu: 1", "elu: 0.5", "elu: 0", "elu: 1", "gelu: { approximate: tanh }"])
        {
            yield return ($"activation {options}", $"input: 5\nlayers: [dense: 7, {options}, rescaling: 3, {options}]\n");
        }
    }

    /// <summary>Cells with every activation: those that ONNX has, and those that it has not.</summary>
    private static IEnumerable<(string Name, string Spec)> Recurrent()
    {
        string[] kinds = [.. ActivationRegistry.Activations.All.Select(static a => a.Name)
            .Except(["softmax", "log_softmax", "log", "sqrt", "reciprocal", "exp", "square"])];
        for (int k = 0; k < kinds.Length; k++)
        {
            string gates = kinds[(k + 5) % kinds.Length], after = k % 2 == 0 ? "true" : "false";
            yield return ($"simple_rnn of {kinds[k]}", $"input: [4, 3]\nlayers: [simple_rnn: {{ units: 5, activation: {kinds[k]} }}]\n");
            yield return ($"gru of {kinds[k]} and {gates}", $$"""
                input: [4, 3]
                layers: [gru: { units: 5, activation: {{kinds[k]}}, recurrent_activation: {{gates}}, return_sequences: true, reset_after: {{after}} }]
                """);
            yield return ($"lstm of {kinds[k]} and {gates}", $$"""
                input: [4, 3]
                layers: [lstm: { units: 5, activation: {{kinds[k]}}, recurrent_activation: {{gates}} }]
                """);
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
