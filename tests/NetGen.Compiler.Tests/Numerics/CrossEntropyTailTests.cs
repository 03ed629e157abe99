using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// The fused cross-entropies far out, where the unfused ones give 0 or infinity. The logits pass a dense layer whose
/// weight is the identity. Each sample has a further input of its own, 1 there and 0 elsewhere, with weights of 0:
/// the gradient of those weights is dL/dz of the sample, exactly.
/// </summary>
public sealed class CrossEntropyTailTests
{
    private const int Ulps = 4;
    private const int MaxSamples = 9;

    private static readonly float[] s_logits = [-100, -88, -50, -20, -3, -1e-3f, 0, 1e-4f, 0.5f, 8, 17, 40, 100];

    private static readonly CompiledSpecs s_specs = new(
        (from size in (int[])[1, 2, 3, 7, 10]
         from loss in (string[])["binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy", "cross_entropy_with_logits"]
         where size > 1 || loss.StartsWith("binary", StringComparison.Ordinal)
         select (Name: $"{loss} of {size}", Spec: Spec(loss, size))).ToDictionary(s => s.Name, s => s.Spec));

    private static readonly ConcurrentDictionary<string, Lazy<Tail[]>> s_tails = new();

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, s_specs.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_and_loss_keep_their_digits_at_logits_of_100(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (Tail tail in s_tails.GetOrAdd(network, static name => new Lazy<Tail[]>(() => [.. Tails(name)])).Value)
                AssertTail(generated, tail);
        }
    }

    private static void AssertTail(GeneratedNetwork generated, Tail tail)
    {
        float[] parameters = generated.Pack(tail.Parameters);
        int size = generated.OutputSize;

        (float loss, float[] buffer) = generated.Backward(parameters, tail.Inputs, tail.Targets);

        double[] gradients = generated.Unpack(buffer)["dense_1.weight"];
        for (int n = 0; n < tail.Samples; n++)
        {
            for (int o = 0; o < size; o++)
            {
                int place = o * generated.InputSize + size + n;
                float right = (float)tail.Gradients[place], actual = (float)gradients[place];
                if (Difference.Ulps(right, actual) <= Ulps || Difference.IsFlushed(right, actual))
                    continue;
                Assert.Fail($"dL/dz[{o}] is {actual:r} instead of {right:r} at logits {Show(tail.Inputs, n, generated.InputSize, size)}, targets {Show(tail.Targets, n, size, size)}");
            }
        }

        // A sum of several samples may round once more for each.
        AssertUlps(tail.Loss, loss, Ulps + tail.Samples, "loss in training", tail.Inputs);
        AssertUlps(tail.Loss, generated.Loss(parameters, tail.Inputs, tail.Targets), Ulps + tail.Samples, "loss", tail.Inputs);
    }

    /// <summary>Logits and targets, and what the reference makes of them.</summary>
    private sealed record Tail(
        IReadOnlyDictionary<string, double[]> Parameters, int Samples, float[] Inputs, float[] Targets, double Loss, double[] Gradients);

    private static IEnumerable<Tail> Tails(string network)
    {
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
        int size = reference.OutputSize;
        for (int o = 0; o < size; o++)
            reference.Parameters["dense_1.weight"][o * reference.InputSize + o] = 1;
        bool binary = network.StartsWith("binary", StringComparison.Ordinal);
        foreach (float[] logits in Logits(size))
        {
            foreach (float[] targetsOfOne in Targets(size, binary))
            {
                foreach (int samples in (int[])[1, MaxSamples])
                {
                    // The samples are the same logits, turned by one place each.
                    float[] inputs = [.. Enumerable.Range(0, samples).SelectMany(n => Turn(logits, n).Concat(Selector(n)))];
                    float[] targets = [.. Enumerable.Range(0, samples).SelectMany(n => Turn(targetsOfOne, n))];
                    (double loss, IReadOnlyDictionary<string, double[]> gradients) = reference.Backward(inputs.ToDoubles(), targets.ToDoubles());
                    yield return new Tail(reference.Parameters, samples, inputs, targets, loss, gradients["dense_1.weight"]);
                }
            }
        }
    }

    private static void AssertUlps(double expected, float actual, int ulps, string what, float[] inputs) => Assert.True(
        Difference.Ulps((float)expected, actual) <= ulps || Difference.IsFlushed((float)(expected / MaxSamples), actual),
        $"{what} is {actual:r} instead of {(float)expected:r} at inputs {string.Join(" ", inputs)}");

    /// <summary>Each logit alone among zeros, each against its neighbours in the list, and all alike.</summary>
    private static IEnumerable<float[]> Logits(int size)
    {
        foreach ((int i, float logit) in s_logits.Index())
        {
            yield return [logit, .. new float[size - 1]];
            yield return [.. Enumerable.Range(0, size).Select(k => s_logits[(i + k) % s_logits.Length])];
            yield return [.. Enumerable.Repeat(logit, size)];
        }
    }

    /// <summary>The first class, the last, and for the binary ones all 0 and all 1.</summary>
    private static IEnumerable<float[]> Targets(int size, bool binary)
    {
        yield return [1, .. new float[size - 1]];
        yield return [.. new float[size - 1], 1];
        if (!binary)
            yield break;
        yield return new float[size];
        yield return [.. Enumerable.Repeat(1f, size)];
    }

    private static IEnumerable<float> Turn(float[] values, int places) => values.Skip(places % values.Length).Concat(values.Take(places % values.Length));

    private static IEnumerable<float> Selector(int sample) => Enumerable.Range(0, MaxSamples).Select(n => n == sample ? 1f : 0f);

    private static string Show(float[] values, int sample, int size, int count) =>
        string.Join(" ", values.Skip(sample * size).Take(count).Select(v => v.ToString("r", null)));

    private static string Spec(string loss, int size)
    {
        string activation = loss switch { "binary_cross_entropy" => ", activation: sigmoid", "cross_entropy" => ", activation: softmax", _ => "" };
        return $$"""
            input: {{size + MaxSamples}}
            layers: [dense: { units: {{size}}{{activation}} }]
            loss: { {{loss}}: { reduction: sum } }
            """;
    }
}
