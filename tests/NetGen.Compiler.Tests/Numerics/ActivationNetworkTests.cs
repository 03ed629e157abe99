using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Networks with every activation, of tiny to odd sizes; with log_softmax over every axis, and prelu in every layout.</summary>
public abstract class ActivationNetworkTests(string target) : ITargetTests
{
    private static readonly string[] s_activations =
    [
        "relu6", "selu", "gelu", "{ gelu: { approximate: tanh } }", "silu", "mish", "hard_sigmoid", "hard_swish", "softplus", "softsign", "log_softmax",
        "square", "abs", "sin", "cos", "exp",
    ];

    /// <summary>The gradient of a single weight is a sum of terms of both signs, with nothing beside it that it could be compared with.</summary>
    private const double OneWeightSlack = 20;

    private static readonly CompiledSpecs s_specs = new(
        Activations().Concat(OfPositives()).Concat(LogSoftmaxes()).Concat(Prelus()).ToDictionary(s => s.Name, s => s.Spec), isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 8, 19, 67])
            {
                NumericCase numbers = NumericCase.Draw(spec, samples);
                Assert.True(numbers.IsAlive, "the gradients are 0");
                Agreement.Assert(generated, numbers, network.StartsWith("prelu", StringComparison.Ordinal) ? OneWeightSlack : 1);
            }
        }
    }

    private static IEnumerable<(string Name, string Spec)> Activations()
    {
        for (int i = 0; i < s_activations.Length; i++)
        {
            string activation = s_activations[i];
            // Of the second, whose parameters are few, eight samples are a lane each.
            int[] sizes = [3 + (7 * i % 31), 2 + (i % 3)];
            foreach (int size in sizes)
            {
                yield return ($"{activation} of {size}", $$"""
                    input: 5
                    layers:
                      - dense: { units: {{size}}, activation: {{activation}} }
                      - dense: { units: {{size + 1}}, name: second }
                      - {{activation.Trim('{', ' ', '}').Replace("approximate: tanh", "{ approximate: tanh, name: layer }").Replace(": { {", ": {")}}
                      - dense: 3
                    loss: half_squared_error
                    """);
            }
        }
    }

    /// <summary>Functions that are for positive arguments.</summary>
    private static IEnumerable<(string Name, string Spec)> OfPositives()
    {
        foreach ((string function, int size) in ((string, int)[])[("log", 3), ("sqrt", 2), ("reciprocal", 4), ("log", 33), ("sqrt", 19), ("reciprocal", 24)])
        {
            yield return ($"{function} of {size}", $$"""
                input: 5
                layers:
                  - dense: { units: {{size}}, activation: softplus }
                  - rescaling: { scale: 1, offset: 0.5 }
                  - {{function}}
                  - dense: 3
                loss: half_squared_error
                """);
        }
    }

    private static IEnumerable<(string Name, string Spec)> LogSoftmaxes()
    {
        foreach (int classes in (int[])[2, 3, 4, 7, 8, 10, 16, 17, 33])
        {
            foreach ((string loss, string name) in ((string, string)[])[("cross_entropy", "cross-entropy"), ("{ mean_squared_error: { reduction: sum } }", "squared error")])
            {
                yield return ($"log_softmax of {classes}, {name}", $$"""
                    input: 4
                    layers: [dense: { units: 9, activation: tanh }, dense: {{classes}}, log_softmax]
                    loss: {{loss}}
                    """);
            }
        }

        yield return ("log_softmax of a sequence", """
            input: [3, 4]
            layers: [dense: { units: 6, activation: log_softmax }, dense: { units: 5, activation: log_softmax }]
            loss: cross_entropy
            """);
        yield return ("log_softmax of channels, cross-entropy", """
            input: [3, 4]
            layers: [dense: 6, permute: [1, 0], log_softmax]
            loss: cross_entropy
            """);
        yield return ("log_softmax of the channels of an image, read twice", """
            input: 5
            layers:
              - dense: 18
              - reshape: [3, 2, 3]
              - log_softmax
              - multiply: [log_softmax_1, reshape_1]
              - flatten
              - dense: 2
            loss: squared_error
            """);
    }

    private static IEnumerable<(string Name, string Spec)> Prelus()
    {
        foreach (string options in (string[])["prelu", "prelu: { per_channel: true }", "prelu: { per_channel: true, trainable: false }"])
        {
            foreach (int size in (int[])[1, 3, 7, 16, 21])
            {
                yield return ($"{options} of {size}", $$"""
                    input: 5
                    layers: [dense: {{size}}, {{options}}, dense: 3]
                    loss: half_squared_error
                    l2: 0.01
                    """);
            }

            yield return ($"{options} of a sequence", $$"""
                input: [6, 4]
                layers: [dense: 5, {{options}}, dense: 2]
                loss: half_squared_error
                optimizer: { sgd: { learning_rate: 0.05, momentum: 0.9, clip_norm: 1 } }
                """);
            yield return ($"{options} of an image", $$"""
                input: 4
                layers: [dense: 30, reshape: [5, 2, 3], {{options}}, permute: [1, 0, 2], tanh, flatten, dense: 2]
                loss: half_squared_error
                """);
            yield return ($"{options} of one channel", $$"""
                input: 4
                layers: [dense: 21, reshape: [1, 3, 7], {{options}}, flatten, dense: 2]
                loss: half_squared_error
                """);
        }

        yield return ("prelu at the end, of channels", """
            input: { shape: [3, 4], layout: channels }
            layers: [prelu: { per_channel: true }]
            loss: half_squared_error
            """);
        yield return ("prelu below a fork", """
            input: 9
            layers:
              - dense: 9
              - prelu: { per_channel: true, name: bent }
              - dense: { units: 9, name: next }
              - add: [bent, next, dense_1]
              - dense: 2
            loss: half_squared_error
            """);
    }
}

public sealed class ActivationNetworksOnNet10Tests() : ActivationNetworkTests(TargetName.Net10);

public sealed class ActivationNetworksOnPortableTests() : ActivationNetworkTests(TargetName.Portable);

public sealed class ActivationNetworksOnArraysTests() : ActivationNetworkTests(TargetName.Arrays);
