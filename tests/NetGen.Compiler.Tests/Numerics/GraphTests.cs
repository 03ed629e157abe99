using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Networks that are no chain: values that several layers read, and layers that read several values or move them.</summary>
public abstract class GraphTests(string target) : ITargetTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["residual"] = """
            input: 7
            layers:
              - dense: { units: 7, activation: tanh }
              - add: [input, dense_1]
              - dense: 3
            loss: squared_error
            """,
        ["two residual blocks of the width of vectors"] = """
            input: 16
            layers:
              - dense: { units: 16, activation: relu, name: a }
              - dense: { units: 16, activation: tanh, name: b }
              - add: { from: [a, b], name: first }
              - dense: { units: 16, activation: tanh, name: c }
              - add: { from: [first, c, a] }
              - dense: 5
              - softmax
            loss: cross_entropy
            """,
        ["a value that is read twice by one layer"] = """
            input: 5
            layers:
              - dense: { units: 6, name: a }
              - add: { from: [a, a] }
              - tanh
              - multiply: { from: [tanh_1, tanh_1, a] }
              - dense: 2
            loss: squared_error
            """,
        ["forks of a tiny network, before and behind elementary functions"] = """
            input: 4
            layers:
              - dense: { units: 5, activation: tanh, name: a }
              - dense: { units: 5, activation: sigmoid, name: b }
              - dense: { units: 5, from: a, name: c }
              - softplus
              - multiply: [a, b, softplus_1]
              - add: [multiply_1, a, c]
              - dense: 3
              - softmax
            loss: cross_entropy
            """,
        ["forks of a tiny network with its log softmax, and l2"] = """
            input: 3
            layers:
              - dense: { units: 4, activation: elu, name: a }
              - log_softmax
              - dense: { units: 4, from: a, name: b }
              - add: [log_softmax_1, b, a]
              - multiply: [add_1, log_softmax_1]
              - dense: 2
            loss: huber
            l2: 0.01
            optimizer: adam
            """,
        ["gates"] = """
            input: 9
            layers:
              - dense: { units: 12, activation: tanh, name: value }
              - dense: { units: 12, activation: sigmoid, from: input, name: gate }
              - multiply: [value, gate]
              - dense: { units: 4, activation: sigmoid }
            loss: binary_cross_entropy
            """,
        ["an autoencoder of one weight"] = """
            input: 9
            layers:
              - dense: { units: 17, activation: tanh, name: a }
              - dense: { units: 9, weights_of: a }
            loss: mean_squared_error
            """,
        ["an autoencoder of one large weight, with l2"] = """
            input: 300
            layers:
              - dense: { units: 40, activation: relu, name: a }
              - dense: { units: 300, weights_of: a, use_bias: false }
            loss: mean_squared_error
            l2: 0.01
            """,
        ["a large weight that is read as it is, and transposed twice"] = """
            input: 40
            layers:
              - dense: { units: 300, activation: tanh, name: a }
              - dense: { units: 40, activation: tanh, weights_of: a, name: b }
              - dense: { units: 300, activation: tanh, weights_of: a }
              - dense: { units: 40, weights_of: a, trainable: false }
            loss: half_squared_error
            optimizer: adam
            """,
        ["a square weight in several layers, behind a fork"] = """
            input: 8
            layers:
              - dense: { units: 8, activation: tanh, name: a }
              - dense: { units: 8, weights_of: a, activation: sigmoid, name: b }
              - dense: { units: 8, weights_of: b, from: a, name: c }
              - add: [b, c]
              - dense: { units: 3, name: d }
              - softmax
            loss: cross_entropy
            """,
        ["a frozen weight that is shared"] = """
            input: 6
            layers:
              - dense: { units: 4, activation: tanh, name: a, trainable: [bias] }
              - dense: { units: 6, weights_of: a }
            loss: squared_error
            l2: 0.01
            """,
        ["concatenation, also of the input"] = """
            input: 6
            layers:
              - dense: { units: 5, activation: relu, name: a }
              - dense: { units: 3, from: input, name: b }
              - concat: { from: [a, input, b] }
              - dense: { units: 4, activation: tanh, name: c }
              - concat: { from: [c, a], axis: -1 }
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
            l2: 0.01
            """,
        ["concatenation of steps and of features"] = """
            input: { shape: [5, 3], layout: sequence }
            layers:
              - dense: { units: 4, name: a }
              - dense: { units: 4, activation: tanh, from: input, name: b }
              - concat: { from: [a, b], name: steps }
              - concat: { from: [a, b], axis: 1, name: features }
              - reshape: { shape: [-1], from: steps, name: r }
              - flatten: { from: features }
              - add: [r, flatten_1]
              - dense: 2
            loss: squared_error
            """,
        ["two ends of one value, one of them unread"] = """
            input: 4
            layers:
              - dense: { units: 8, activation: relu, name: trunk }
              - dense: { units: 3, name: unread }
              - dense: { units: 2, from: trunk }
            loss: squared_error
            """,
        ["a softmax that another layer reads too"] = """
            input: 6
            layers:
              - dense: { units: 4, name: logits }
              - softmax
              - dense: { units: 4, activation: tanh }
              - multiply: [softmax_1, dense_2]
              - add: [multiply_1, logits]
              - softmax
            loss: cross_entropy
            """,
        ["dropout beside a branch without"] = """
            input: 8
            layers:
              - dense: { units: 8, activation: relu, name: a }
              - dropout: 0
              - dense: { units: 8, name: b }
              - add: [a, b]
              - dense: 3
            loss: mean_absolute_error
            """,
        ["axes exchanged and back"] = """
            input: { shape: [4, 6], layout: channels }
            layers:
              - permute: [1, 0]
              - dense: { units: 5, activation: tanh }
              - permute: [1, 0]
              - zero_pad: [2, 1]
              - flatten
              - dense: 3
            loss: squared_error
            """,
        ["features of a sequence that stands channels last"] = """
            input: { shape: [4, 6], layout: channels }
            layers:
              - permute: [1, 0]
              - permute: [1, 0]
              - zero_pad: 1
              - permute: [1, 0]
              - prelu: { per_channel: true }
              - permute: [1, 0]
              - prelu: { per_channel: true }
              - softmax
              - flatten
              - dense: 3
            loss: squared_error
            """,
        ["a sequence that is padded in time"] = """
            input: { shape: [4, 3], layout: sequence }
            layers:
              - zero_pad: [2, 1]
              - dense: { units: 4, activation: tanh }
              - zero_pad: 1
              - flatten
              - dense: 2
            loss: squared_error
            """,
        ["an image whose axes are permuted"] = """
            input: [2, 3, 5]
            layers:
              - permute: [2, 0, 1]
              - zero_pad: [1, 0, 2, 1]
              - flatten
              - dense: { units: 30, activation: tanh }
              - reshape: [2, 3, 5]
              - permute: [0, 2, 1]
              - add: { from: [permute_2, permute_2] }
              - zero_pad: 0
            loss: squared_error
            """,
        ["channels last at the end"] = """
            input: { shape: [5, 4], layout: sequence }
            layers:
              - dense: 3
              - permute: [1, 0]
              - softmax
            loss: cross_entropy
            """,
        ["the end is the input, moved"] = """
            input: { shape: [5, 4], layout: sequence }
            layers:
              - dense: 4
              - permute: { axes: [1, 0], from: dense_1 }
            loss: squared_error
            """,
        ["gradients all clipped"] = """
            input: 10
            layers:
              - dense: { units: 10, activation: tanh, name: a }
              - dense: { units: 10, activation: tanh, name: b }
              - add: [a, b, input]
              - dense: 2
            loss: squared_error
            optimizer: { sgd: { learning_rate: 0.1, clip_norm: 0.5 } }
            """,
        ["frozen below a fork"] = """
            input: 10
            layers:
              - dense: { units: 10, activation: tanh, name: a, trainable: false }
              - dense: { units: 10, activation: tanh, name: b }
              - concat: [a, b]
              - dense: { units: 20, activation: tanh }
              - dense: 2
            loss: squared_error
            """,
    }.Concat(MoveSpecs.All).ToDictionary(), isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 9, 67])
                Agreement.Assert(generated, NumericCase.Draw(spec, samples));
        }
    }
}

public sealed class GraphOnNet10Tests() : GraphTests(TargetName.Net10);

public sealed class GraphOnPortableTests() : GraphTests(TargetName.Portable);

public sealed class GraphOnArraysTests() : GraphTests(TargetName.Arrays);
