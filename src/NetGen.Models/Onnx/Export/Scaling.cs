using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler.Weights;

namespace NetGen.Models.Onnx.Export;

/// <summary>What numbers were standardized with in training: (x - mean) / scale, for each element of a sample, or of its targets.</summary>
internal sealed record Scaling(IReadOnlyList<double> Means, IReadOnlyList<double> Scales)
{
    /// <summary>That of the features, or of the targets, as a weight file has it; null where it has none.</summary>
    /// <param name="metadata">The texts of the file.</param>
    /// <param name="of"><c>feature</c> or <c>target</c>.</param>
    /// <param name="count">The elements that the network has.</param>
    /// <exception cref="WeightsException">The texts make no scaling, or that of another network.</exception>
    public static Scaling? Read(IReadOnlyDictionary<string, string> metadata, string of, int count, string file)
    {
        string means = $"netgen.{of}_means", scales = $"netgen.{of}_scales";
        if (!metadata.ContainsKey(means) && !metadata.ContainsKey(scales))
            return null;
        if (Numbers(metadata, means) is not { } m || Numbers(metadata, scales) is not { } s || s.Any(static v => v <= 0))
            throw new WeightsException($"{file}: the metadata '{means}' and '{scales}' are damaged; save the file again.");
        if (m.Length != count || s.Length != count)
        {
            throw new WeightsException($"{file}: the metadata '{means}' and '{scales}' have {m.Length} and {s.Length} numbers, "
                + $"but the network has {count} {of}s; they are of another network.");
        }

        return new Scaling(m, s);
    }

    /// <summary>Some of the elements.</summary>
    public Scaling Part(int from, int count) => new([.. Means.Skip(from).Take(count)], [.. Scales.Skip(from).Take(count)]);

    private static double[]? Numbers(IReadOnlyDictionary<string, string> metadata, string key)
    {
        try
        {
            double[]? numbers = metadata.TryGetValue(key, out string? json) ? JsonSerializer.Deserialize<double[]>(json) : null;
            return numbers is not null && Array.TrueForAll(numbers, double.IsFinite) ? numbers : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
