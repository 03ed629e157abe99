using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Testing;

/// <summary>What a PyTorch optimizer made of the parameters of one spec: <c>tests/goldens/make_optimizer_goldens.py</c> says how.</summary>
internal sealed record OptimizerGolden
{
    public required string Name { get; init; }

    /// <summary>The spec, in YAML.</summary>
    public required string Spec { get; init; }

    /// <summary>The starting values by name, as presented, row-major.</summary>
    public required IReadOnlyDictionary<string, float[]> Parameters { get; init; }

    /// <summary>The batch that every step is on.</summary>
    public required float[] Inputs { get; init; }

    public required float[] Targets { get; init; }

    /// <summary>The learning rate of each step.</summary>
    public required double[] Rates { get; init; }

    /// <summary>The parameters after so many steps.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyDictionary<string, double[]>> After { get; init; }

    /// <summary>The cases, by name.</summary>
    public static IReadOnlyDictionary<string, OptimizerGolden> All { get; } = Load("optimizers.json");

    public override string ToString() => Name;

    private static Dictionary<string, OptimizerGolden> Load(string file)
    {
        using Stream stream = typeof(OptimizerGolden).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException("the test library does not hold this file", file);
        return JsonSerializer.Deserialize(stream, OptimizerGoldensJson.Default.OptimizerGoldenArray)!.ToDictionary(golden => golden.Name);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(OptimizerGolden[]))]
internal sealed partial class OptimizerGoldensJson : JsonSerializerContext;
