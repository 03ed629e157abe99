using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;

namespace NetGen.Testing;

/// <summary>Seeded numbers that are floats, so that the reference and the generated code start from the same ones.</summary>
internal static class TestData
{
    public static float[] Uniform(int seed, int count, double from = -1, double to = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(from + (to - from) * random.NextDouble()))];
    }

    public static int[] Labels(int seed, int count, int classes)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
    }

    /// <summary>Samples that the network can read: numbers within 1 of 0, or indices where it looks them up.</summary>
    public static float[] Inputs(this ReferenceNetwork network, int seed, int samples) =>
        network.IndexCount is int indices
            ? Array.ConvertAll(Labels(seed, samples * network.InputSize, indices), static index => (float)index)
            : Uniform(seed, samples * network.InputSize);

    public static double[] ToDoubles(this float[] values) => Array.ConvertAll(values, v => (double)v);

    public static float[] ToFloats(this double[] values) => Array.ConvertAll(values, v => (float)v);

    /// <summary>
    /// Weights of the size that keeps activations near 1, biases of +-0.5, scales and variances of 0.5 to 1.5, rounded to float.
    /// </summary>
    public static void Fill(this ReferenceNetwork network, int seed)
    {
        foreach (ReferenceParameter p in network.ParameterTable)
        {
            double limit = p.IsWeight ? Math.Sqrt(3.0 / (p.Length / p.Shape[0])) : 0.5;
            double middle = p.Name.EndsWith(".running_var") || p.Name.EndsWith(".variance") || (p.Name.EndsWith(".weight") && !p.IsWeight) ? 1 : 0;
            Uniform(seed++, p.Length, middle - limit, middle + limit).ToDoubles().CopyTo(network.Parameters[p.Name], 0);
        }
    }

    /// <summary>Multipliers for each dropout layer: 0 with the layer's rate, else 1 / (1 - rate).</summary>
    public static IReadOnlyDictionary<string, double[]> DropoutMasks(this ReferenceNetwork network, int seed, int samples) =>
        network.DropoutLayers.ToDictionary(
            layer => layer.Name,
            layer =>
            {
                Random random = new(seed);
                return Enumerable.Range(0, samples * layer.Size)
                    .Select(_ => random.NextDouble() < layer.Rate ? 0 : 1 / (1 - layer.Rate)).ToArray();
            });
}
