using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Testing;

/// <summary>What PyTorch computed for one spec: <c>tests/goldens/make_goldens.py</c> and its kin say how.</summary>
internal sealed record Golden
{
    public required string Name { get; init; }

    /// <summary>The spec, in YAML.</summary>
    public required string Spec { get; init; }

    /// <summary>The starting values by name, as presented, row-major.</summary>
    public required IReadOnlyDictionary<string, float[]> Parameters { get; init; }

    public required float[] Inputs { get; init; }

    /// <summary>Null where the case has <see cref="Labels"/>.</summary>
    public float[]? Targets { get; init; }

    public int[]? Labels { get; init; }

    public required double[] Outputs { get; init; }

    /// <summary>The outputs in training mode, where they are not those of inference.</summary>
    public double[]? TrainingOutputs { get; init; }

    /// <summary>Over the batch, in inference mode, with the l2 penalty.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss in training mode, where it is not that of inference.</summary>
    public double? TrainingLoss { get; init; }

    /// <summary>In training mode; in the places of running statistics stand the batch's mean and unbiased variance.</summary>
    public required IReadOnlyDictionary<string, double[]> Gradients { get; init; }

    /// <summary>The parameters after one step of the spec's optimizer.</summary>
    public required IReadOnlyDictionary<string, double[]> After1 { get; init; }

    /// <summary>The parameters after three steps on the same batch.</summary>
    public required IReadOnlyDictionary<string, double[]> After3 { get; init; }

    public override string ToString() => Name;
}

/// <summary>What PyTorch computed for one activation: <c>tests/goldens/make_activation_goldens.py</c> says how.</summary>
internal sealed record GoldenActivation
{
    /// <summary>The activation, as it stands in a spec.</summary>
    public required string Activation { get; init; }

    public required float[] Arguments { get; init; }

    public required double[] Values { get; init; }

    public required double[] Derivatives { get; init; }
}

/// <summary>The golden values that stand beside the tests.</summary>
internal static class Goldens
{
    /// <summary>The cases of dense networks, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Dense { get; } = Load("dense.json");

    /// <summary>The cases of convolutions, pools, norms, graphs and moves, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Layers { get; } = Load("layers.json").Concat(Load("moves.json")).ToDictionary();

    /// <summary>The cases of recurrent layers and embeddings, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Recurrent { get; } = Load("recurrent.json");

    /// <summary>The cases of prelu and log_softmax, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Activations { get; } = Load("activation_networks.json");

    /// <summary>The cases of losses' options, of normalization and of rescaling, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Losses { get; } = Load("losses.json");

    /// <summary>The cases of clip, power, merges with stretched axes, reductions and group norms, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Math { get; } = Load("math.json");

    /// <summary>The cases of several inputs and outputs and of states handed in and out, by name.</summary>
    public static IReadOnlyDictionary<string, Golden> Parts { get; } = Load("parts.json");

    /// <summary>Activations at many points, by what stands in a spec.</summary>
    public static IReadOnlyDictionary<string, GoldenActivation> ActivationPoints { get; } =
        JsonSerializer.Deserialize(Open("activations.json"), GoldensJson.Default.GoldenActivationArray)!.ToDictionary(golden => golden.Activation);

    private static IReadOnlyDictionary<string, Golden> Load(string file)
    {
        using Stream stream = Open(file);
        return JsonSerializer.Deserialize(stream, GoldensJson.Default.GoldenArray)!.ToDictionary(golden => golden.Name);
    }

    private static Stream Open(string file) => typeof(Goldens).Assembly.GetManifestResourceStream(file)
        ?? throw new FileNotFoundException("the test library does not hold this file", file);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Golden[]))]
[JsonSerializable(typeof(GoldenActivation[]))]
internal sealed partial class GoldensJson : JsonSerializerContext;
