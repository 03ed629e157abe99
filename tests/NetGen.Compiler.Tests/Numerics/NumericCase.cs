using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// A spec with parameters and data that exercise it, floats all of them, and what the reference makes of them.
/// Computed once and shared: a test leaves the reference's parameters as they are.
/// </summary>
internal sealed class NumericCase
{
    private static readonly ConcurrentDictionary<(string Spec, int Samples), Lazy<NumericCase>> s_drawn = new();

    private readonly Lazy<IReadOnlyDictionary<string, double[]>> _numericalGradients;

    private NumericCase(ReferenceNetwork reference, string spec, int samples, int seed)
    {
        Reference = reference;
        reference.Fill(seed);
        Inputs = reference.Inputs(seed + 100, samples);
        Targets = TargetsFor(spec, reference, samples, seed + 200);
        (TrainingLoss, Gradients) = reference.Backward(Inputs.ToDoubles(), Targets.ToDoubles());
        Loss = reference.Loss(Inputs.ToDoubles(), Targets.ToDoubles());
        Outputs = reference.Forward(Inputs.ToDoubles());
        _numericalGradients = new(() => reference.NumericalGradient(Inputs.ToDoubles(), Targets.ToDoubles()));
    }

    public ReferenceNetwork Reference { get; }

    public float[] Inputs { get; }

    public float[] Targets { get; }

    public double[] Outputs { get; }

    /// <summary>In inference.</summary>
    public double Loss { get; }

    /// <summary>Without dropout, so the same as in inference but for batch statistics.</summary>
    public double TrainingLoss { get; }

    public IReadOnlyDictionary<string, double[]> Gradients { get; }

    /// <summary>By central differences.</summary>
    public IReadOnlyDictionary<string, double[]> NumericalGradients => _numericalGradients.Value;

    /// <summary>Every trained parameter has a gradient that is not 0.</summary>
    public bool IsAlive => Reference.Trained.All(name => Gradients[name].Any(g => Math.Abs(g) > 1e-4));

    /// <summary>
    /// The first of the seeded draws in which every trained parameter has a gradient: a single relu unit, say, may be
    /// off for all samples. Where none of 50 has (a softmax of one is constant), the first.
    /// </summary>
    public static NumericCase Draw(string spec, int samples) =>
        s_drawn.GetOrAdd((spec, samples), key => new Lazy<NumericCase>(() => DrawAlive(key.Spec, key.Samples))).Value;

    private static NumericCase DrawAlive(string spec, int samples)
    {
        for (int seed = 1; ; seed++)
        {
            NumericCase drawn = new(ReferenceNetwork.Parse(spec), spec, samples, seed);
            if (drawn.IsAlive)
                return drawn;
            if (seed == 50)
                return new NumericCase(ReferenceNetwork.Parse(spec), spec, samples, 1);
        }
    }

    /// <summary>Targets that the loss is made for: probabilities, signs, or any numbers.</summary>
    private static float[] TargetsFor(string spec, ReferenceNetwork reference, int samples, int seed)
    {
        if (reference.Outputs.Count > 1)
            return TargetsForEach(reference, samples, seed);
        int count = samples * reference.OutputSize;
        if (spec.Contains("hinge", StringComparison.Ordinal))
            return [.. TestData.Uniform(seed, count).Select(v => v < 0 ? -1f : 1f)];
        if (spec.Contains("binary_cross_entropy", StringComparison.Ordinal))
            return TestData.Uniform(seed, count, 0, 1);
        if (!spec.Contains("cross_entropy", StringComparison.Ordinal))
            return TestData.Uniform(seed, count);
        float[] targets = TestData.Uniform(seed, count, 0, 1);
        for (int i = 0; i < count; i += reference.ClassCount)
        {
            float sum = targets.AsSpan(i, reference.ClassCount).ToArray().Sum();
            for (int k = 0; k < reference.ClassCount; k++)
                targets[i + k] /= sum;
        }

        return targets;
    }

    private static float[] TargetsForEach(ReferenceNetwork reference, int samples, int seed)
    {
        List<float> targets = [];
        for (int sample = 0; sample < samples; sample++)
        {
            foreach (ReferenceOutput output in reference.TrainedOutputs)
            {
                int count = output.Shape.Length;
                float[] own = output.LossKind switch
                {
                    "hinge" => [.. TestData.Uniform(seed++, count).Select(v => v < 0 ? -1f : 1f)],
                    { } kind when kind.Contains("cross_entropy", StringComparison.Ordinal) => TestData.Uniform(seed++, count, 0, 1),
                    _ => TestData.Uniform(seed++, count),
                };
                if (output.LossKind!.StartsWith("cross", StringComparison.Ordinal))
                    own = Array.ConvertAll(own, v => v / own.Sum() * output.Shape.Positions);
                targets.AddRange(own);
            }
        }

        return [.. targets];
    }
}
