using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Batch norm is over the batch: its statistics, its gradient, and what the step does to the running ones.</summary>
public abstract class BatchNormTests(string target)
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["a vector"] = """
            input: 7
            layers:
              - dense: { units: 9, use_bias: false }
              - batch_norm
              - relu
              - dense: 3
            loss: squared_error
            """,
        ["a sequence"] = """
            input: { shape: [5, 3], layout: sequence }
            layers:
              - batch_norm: { momentum: 0.3 }
              - dense: { units: 17, activation: tanh }
              - batch_norm: { epsilon: 0.01 }
              - flatten
              - dense: 4
              - softmax
            loss: cross_entropy
            """,
        ["an image"] = """
            input: [3, 5, 7]
            layers:
              - batch_norm
              - tanh
              - flatten
              - dense: 2
            loss: squared_error
            l2: 0.01
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 0.5 } }
            """,
        ["frozen, below what is trained"] = """
            input: 6
            layers:
              - dense: { units: 5, activation: tanh }
              - batch_norm: { trainable: false }
              - dense: 3
            loss: squared_error
            """,
        ["statistics alone"] = """
            input: 6
            layers:
              - batch_norm: { trainable: [] }
              - dense: 3
            loss: squared_error
            """,
        ["the bias alone"] = """
            input: 6
            layers:
              - dense: 8
              - batch_norm: { trainable: [bias] }
              - tanh
              - dense: { units: 3, trainable: false }
            loss: squared_error
            """,
        ["in a graph, and at the end"] = """
            input: 8
            layers:
              - dense: { units: 8, name: a }
              - batch_norm: { name: n }
              - add: [a, n, input]
              - batch_norm
            loss: mean_squared_error
            """,
        ["before convolutions"] = """
            input: [1, 2, 4]
            layers:
              - batch_norm: { epsilon: 0.3 }
              - conv2d: { filters: 1, kernel_size: [2, 1], dilation_rate: [1, 2], padding: same, activation: relu, use_bias: false }
              - zero_pad: 1
              - conv2d: { filters: 6, kernel_size: [2, 4], strides: [2, 1], dilation_rate: [1, 2], padding: same, activation: tanh }
              - batch_norm: { epsilon: 0.3, name: last }
              - elu
              - add: [last, elu_1]
              - conv2d: { filters: 3, kernel_size: 1 }
            loss: cross_entropy_with_logits
            """,
        ["large planes, below a pool and a sum"] = """
            input: [5, 9, 10]
            layers:
              - batch_norm: { name: a }
              - prelu: { per_channel: true }
              - max_pool2d: { pool_size: 3, name: b }
              - global_average_pool: { from: a, name: c }
              - global_max_pool: { from: b, name: d }
              - concat: [c, d]
              - dense: 3
            loss: squared_error
            """,
        ["planes by frozen statistics"] = """
            input: [3, 4, 5]
            layers:
              - batch_norm: { trainable: false, name: frozen }
              - batch_norm
              - add: [frozen, batch_norm_2]
              - batch_norm: { trainable: [weight] }
            loss: squared_error
            """,
        ["one channel"] = """
            input: [1, 4, 4]
            layers:
              - batch_norm
              - flatten
              - dense: 2
            loss: squared_error
            """,
    }, isLoops: true);

    public static TheoryData<string> Networks => [.. s_specs.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[3, 16, 33])
                Agreement.Assert(generated, NumericCase.Draw(spec, samples), Agreement.LayerSlack);
        }
    }
}

public sealed class BatchNormOnNet10Tests() : BatchNormTests(TargetName.Net10);

public sealed class BatchNormOnPortableTests() : BatchNormTests(TargetName.Portable);

public sealed class BatchNormOnArraysTests() : BatchNormTests(TargetName.Arrays);
