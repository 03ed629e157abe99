using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Sizes x activations x losses x targets x unrolling, every network at one sample and at many. The sizes, the
/// activations and the losses are paired rather than multiplied out: each two of their values meet in some network.
/// So are the unrolling and the networks with the targets (<see cref="CompiledSpecs.Unrolls"/>, <see cref="CompiledSpecs.NamesOn"/>).
/// </summary>
public abstract class MatrixTests(string target) : ITargetTests
{
    private static readonly int[] s_sizes = [1, 2, 3, 5, 7, 10, 17, 33];

    private static readonly int[] s_samples = [2, 3, 5, 8, 16, 19, 33];

    private static readonly string[] s_activations =
    [
        "linear", "relu", "leaky_relu", "{ leaky_relu: 0.3 }", "elu", "{ elu: { alpha: 0.5 } }", "sigmoid", "tanh", "softplus", "softmax",
    ];

    private static readonly (string Loss, string Last)[] s_losses =
    [
        ("squared_error", "tanh"),
        ("half_squared_error", "linear"),
        ("mean_squared_error", "softmax"),
        ("mean_absolute_error", "linear"),
        ("huber", "linear"),
        ("{ huber: { delta: 0.4, reduction: sum } }", "elu"),
        ("hinge", "linear"),
        ("binary_cross_entropy", "sigmoid"),
        ("binary_cross_entropy", "softmax"),
        ("binary_cross_entropy_with_logits", "linear"),
        ("cross_entropy", "softmax"),
        ("cross_entropy_with_logits", "linear"),
        ("{ mean_squared_error: { reduction: sum } }", "relu"),
    ];

    private static readonly CompiledSpecs s_specs = new(Specs(), isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        int many = s_samples[s_specs.Names.Index().First(n => n.Item == network).Index % s_samples.Length];
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, many])
            {
                NumericCase numbers = NumericCase.Draw(spec, samples);
                // A softmax over one unit is constant, and all that lies below it has no gradient.
                Assert.True(numbers.IsAlive || spec.Contains("units: 1, activation: softmax"), "the gradients are 0");
                Agreement.Assert(generated, numbers);
            }
        }
    }

    private static Dictionary<string, string> Specs()
    {
        Dictionary<string, string> specs = [];
        for (int i = 0; i < s_sizes.Length; i++)
        {
            for (int j = 0; j < s_activations.Length; j++)
            {
                (string loss, string last) = s_losses[(i * s_activations.Length + j) % s_losses.Length];
                int inputs = s_sizes[i], hidden = s_sizes[(i * 3 + j) % s_sizes.Length], outputs = s_sizes[(i + j * 5 + 2) % s_sizes.Length];
                // One class among one is certain: no loss, no gradient.
                if (loss.StartsWith("cross_entropy", StringComparison.Ordinal))
                    outputs = Math.Max(outputs, 2);
                specs[$"{inputs}-{hidden}-{outputs}, {s_activations[j]}, {loss} after {last}"] = $$"""
                    input: {{inputs}}
                    layers:
                      - dense: { units: {{hidden}}, activation: {{s_activations[j]}} }
                      - dense: { units: {{outputs}}, activation: {{last}} }
                    loss: {{loss}}
                    optimizer: { sgd: { learning_rate: 0.1 } }
                    """;
            }
        }

        return specs;
    }
}

public sealed class MatrixOnNet10Tests() : MatrixTests(TargetName.Net10);

public sealed class MatrixOnPortableTests() : MatrixTests(TargetName.Portable);

public sealed class MatrixOnArraysTests() : MatrixTests(TargetName.Arrays);
