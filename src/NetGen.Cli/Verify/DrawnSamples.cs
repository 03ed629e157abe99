using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Layers;
using NetGen.Reference;

namespace NetGen.Cli.Verify;

/// <summary>Samples and targets that suit a network, drawn from a seed.</summary>
internal static class DrawnSamples
{
    /// <summary>
    /// Numbers from -1 to 1, whole numbers for an embedding, and what a rescaling or normalization at the beginning makes numbers near -1 to 1 of.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="reference">With its parameters set.</param>
    /// <param name="count">How many samples.</param>
    /// <param name="isPositive">Numbers from 0 to 1 instead.</param>
    public static float[] Inputs(Network network, ReferenceNetwork reference, int seed, int count, bool isPositive = false)
    {
        var random = new Random(seed);
        IReadOnlyList<(int Input, int Rows)> indices = Checks.Indices(network);
        InputNormalization[] normalizations = [.. InputNormalization.Of(network)];
        var values = new List<float>(checked(count * network.Input.Size));
        for (int sample = 0; sample < count; sample++)
        {
            foreach ((int place, InputPart input) in network.Inputs.Index())
            {
                int rows = indices.FirstOrDefault(i => i.Input == place).Rows;
                InputNormalization? normalization = normalizations.Where(n => n.Input == place).Select(static n => (InputNormalization?)n).FirstOrDefault();
                Rescaling? rescaling = network.Layers.OfType<Rescaling>().FirstOrDefault(l => l.Sources[0] == ValueSource.Input(place));
                for (int element = 0; element < input.Shape.Size; element++)
                {
                    double x = isPositive ? random.NextDouble() : 2 * random.NextDouble() - 1;
                    values.Add(
                        rows > 0 ? random.Next(rows)
                        : normalization is { } n ? (float)Normalized(n, reference, element, x)
                        : rescaling is { } r ? (float)((x - r.Offset) / r.Scale)
                        : (float)x);
                }
            }
        }

        return [.. values];
    }

    /// <summary>Targets that each loss is made for: shares of the classes, probabilities, signs, or any numbers.</summary>
    public static double[] Targets(ReferenceNetwork reference, int seed, int count)
    {
        var random = new Random(seed);
        var targets = new List<double>();
        for (int sample = 0; sample < count; sample++)
        {
            foreach (ReferenceOutput output in reference.TrainedOutputs)
            {
                double[] drawn = [.. Enumerable.Range(0, output.Shape.Length).Select(_ => (double)(float)random.NextDouble())];
                targets.AddRange(output.LossKind switch
                {
                    "hinge" => drawn.Select(static v => v < 0.5 ? -1.0 : 1),
                    { } kind when kind.StartsWith("binary", StringComparison.Ordinal) => drawn,
                    { } kind when kind.StartsWith("cross_entropy", StringComparison.Ordinal) => Shares(drawn, output.Shape),
                    _ => drawn.Select(static v => 2 * v - 1),
                });
            }
        }

        return [.. targets];
    }

    // Of the classes at each position, together 1.
    private static double[] Shares(double[] drawn, ReferenceShape shape)
    {
        double[] shares = new double[drawn.Length];
        for (int position = 0; position < shape.Positions; position++)
        {
            double sum = Enumerable.Range(0, shape.Features).Sum(k => drawn[shape.IndexOf(position, k)]);
            for (int k = 0; k < shape.Features; k++)
                shares[shape.IndexOf(position, k)] = (float)(drawn[shape.IndexOf(position, k)] / sum);
        }

        return shares;
    }

    private static double Normalized(InputNormalization normalization, ReferenceNetwork reference, int element, double x)
    {
        Normalization layer = normalization.Layer;
        int channel = element / layer.Stride % layer.Channels;
        double mean = reference.Parameters[layer.Name + ".mean"][channel], variance = reference.Parameters[layer.Name + ".variance"][channel];
        return (mean + (x * Math.Sqrt(3 * Math.Max(variance, 0))) - normalization.Offset) / normalization.Scale;
    }
}
