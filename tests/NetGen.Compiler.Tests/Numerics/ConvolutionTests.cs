using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Convolutions over sizes that fit no vector and no tile: few and many channels and filters, groups, strides, dilations and paddings,
/// along one axis and two, transposed and not.
/// </summary>
public abstract class ConvolutionTests(string target) : ITargetTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["eight filters, a line of whole tiles"] = Spec("[1, 9, 20]", "conv2d: { filters: 8, kernel_size: 5, activation: relu }", "conv2d: { filters: 3, kernel_size: 1 }"),
        ["eight filters, the last tile moved back"] = Spec("[3, 8, 14]", "conv2d: { filters: 8, kernel_size: 3, activation: tanh }", "conv2d: { filters: 8, kernel_size: [1, 2], use_bias: false }"),
        ["eight filters along a length, more taps than registers"] = Spec("[2, 41]", "conv1d: { filters: 8, kernel_size: 9, activation: relu }", "conv1d: { filters: 8, kernel_size: 6, padding: same }"),
        ["eight filters, strides down alone"] = Spec("[2, 11, 12]", "conv2d: { filters: 8, kernel_size: 3, strides: [2, 1], dilation_rate: [2, 1] }"),
        ["sixteen filters, a few windows over a tile"] = Spec("[8, 7, 9]", "conv2d: { filters: 16, kernel_size: 3, activation: relu }", "conv2d: { filters: 16, kernel_size: 3 }"),
        ["filters that fill no vector, one to seven"] = Spec("[4, 9, 9]", "conv2d: { filters: 7, kernel_size: 3 }", "conv2d: { filters: 5, kernel_size: 2, activation: tanh }", "conv2d: { filters: 3, kernel_size: 2 }", "conv2d: { filters: 2, kernel_size: 2 }", "conv2d: { filters: 1, kernel_size: 2 }"),
        ["an odd number of vectors, and a part of one"] = Spec("[3, 6, 7]", "conv2d: { filters: 24, kernel_size: 3, activation: relu }", "conv2d: { filters: 29, kernel_size: 2 }", "conv2d: { filters: 11, kernel_size: 1 }"),
        ["one window"] = Spec("[6, 4, 5]", "conv2d: { filters: 20, kernel_size: [4, 5] }"),
        ["a kernel of one"] = Spec("[13, 6, 5]", "conv2d: { filters: 9, kernel_size: 1, activation: sigmoid }", "conv2d: { filters: 6, kernel_size: 1, strides: [2, 3] }"),
        ["same, strides of two"] = Spec("[5, 9, 8]", "conv2d: { filters: 6, kernel_size: 3, strides: 2, padding: same, activation: relu }", "conv2d: { filters: 4, kernel_size: 4, padding: same }"),
        ["padded more than the kernel is large"] = Spec("[2, 3, 4]", "conv2d: { filters: 5, kernel_size: 2, padding: [3, 2] }"),
        ["dilated"] = Spec("[3, 12, 11]", "conv2d: { filters: 8, kernel_size: 3, dilation_rate: [2, 3], activation: tanh }", "conv2d: { filters: 4, kernel_size: 2, dilation_rate: 2, strides: 2 }"),
        ["strides over more than the kernel"] = Spec("[3, 11, 13]", "conv2d: { filters: 4, kernel_size: 2, strides: [3, 4] }"),
        ["causal, dilated"] = Spec("[4, 19]", "conv1d: { filters: 12, kernel_size: 3, padding: causal, dilation_rate: 4, activation: relu }", "conv1d: { filters: 2, kernel_size: 2, padding: causal, strides: 2 }"),
        ["a long kernel on one channel"] = Spec("[1, 90]", "conv1d: { filters: 10, kernel_size: 40, strides: 3 }"),
        ["groups"] = Spec("[12, 6, 6]", "conv2d: { filters: 18, kernel_size: 3, groups: 3, activation: relu }", "conv2d: { filters: 6, kernel_size: 2, groups: 6 }", "conv2d: { filters: 6, kernel_size: [1, 2], groups: 2 }"),
        ["depthwise, whole vectors and a part of one"] = Spec("[21, 7, 8]", "conv2d: { filters: 21, kernel_size: 3, groups: 21, padding: same, activation: relu }", "conv2d: { filters: 21, kernel_size: [5, 2], groups: 21, strides: 2, padding: same }"),
        ["depthwise, few channels"] = Spec("[3, 14]", "conv1d: { filters: 3, kernel_size: 5, groups: 3, padding: causal, dilation_rate: 2 }", "conv1d: { filters: 6, kernel_size: 3, groups: 3 }", "conv1d: { filters: 6, kernel_size: 3, groups: 6, use_bias: false }"),
        ["transposed"] = Spec("[6, 4, 5]", "conv_transpose2d: { filters: 9, kernel_size: 3, strides: 2, padding: 1, output_padding: [1, 0], activation: tanh }", "conv_transpose2d: { filters: 1, kernel_size: 2, strides: 2 }"),
        ["depthwise, along one axis of planes"] = Spec("[3, 43]", "conv1d: { filters: 3, kernel_size: 5, groups: 3, padding: causal, dilation_rate: 2, activation: tanh }", "conv1d: { filters: 6, kernel_size: 3, groups: 3 }"),
        ["depthwise, planes of parts of vectors, dilated"] = Spec("[5, 11, 9]", "conv2d: { filters: 5, kernel_size: [3, 2], groups: 5, dilation_rate: [2, 3], padding: same, use_bias: false }", "conv2d: { filters: 2, kernel_size: 3 }"),
        ["transposed, dilated, in groups"] = Spec("[6, 7]", "conv_transpose1d: { filters: 4, kernel_size: 3, strides: 2, dilation_rate: 3, groups: 2, output_padding: 2, activation: relu }", "conv_transpose1d: { filters: 3, kernel_size: 5, use_bias: false, padding: 3 }"),
        ["transposed, depthwise"] = Spec("[10, 4, 4]", "conv_transpose2d: { filters: 10, kernel_size: 3, groups: 10, strides: [2, 1], activation: relu }"),
        ["transposed, many channels"] = Spec("[20, 3, 4]", "conv_transpose2d: { filters: 33, kernel_size: 2, strides: 2 }", "conv_transpose2d: { filters: 17, kernel_size: 3 }"),
        ["below a max pool, pieces of a vector and more"] = Spec("[1, 14, 13]", "conv2d: { filters: 8, kernel_size: 5, activation: relu }", "max_pool2d: 2", "conv2d: { filters: 6, kernel_size: 2, activation: tanh }", "max_pool2d: { pool_size: [1, 2], strides: [1, 3] }"),
        ["below a max pool, pieces short of a vector"] = Spec("[2, 9, 11]", "conv2d: { filters: 4, kernel_size: 3, activation: sigmoid, name: first }", "max_pool2d: 2", "conv2d: { filters: 3, kernel_size: [2, 1] }", "max_pool2d: [2, 1]"),
        ["below a max pool, pieces of no whole vectors"] = Spec("[3, 9, 12]", "conv2d: { filters: 12, kernel_size: 3, padding: same, activation: relu }", "max_pool2d: 3", "conv2d: { filters: 5, kernel_size: [2, 3], use_bias: false }", "max_pool2d: { pool_size: [2, 1], strides: [2, 2] }"),
        ["below a max pool, with strides and dilation"] = Spec("[4, 17, 15]", "conv2d: { filters: 16, kernel_size: 3, strides: 2, activation: leaky_relu }", "max_pool2d: 2", "conv2d: { filters: 4, kernel_size: 2, dilation_rate: [1, 2], activation: relu }", "max_pool2d: [3, 1]"),
        ["below a max pool, pieces of one element"] = Spec("[1, 12, 9]", "conv2d: { filters: 4, kernel_size: [3, 1], activation: relu }", "max_pool2d: 2"),
        ["below a max pool, along a length"] = Spec("[2, 60]", "conv1d: { filters: 9, kernel_size: 7, activation: relu }", "max_pool1d: 3", "conv1d: { filters: 20, kernel_size: 4, activation: relu }", "max_pool1d: { pool_size: 2, strides: 4 }", "conv1d: { filters: 3, kernel_size: 2 }"),
        ["below a max pool, one piece"] = Spec("[5, 12]", "conv1d: { filters: 8, kernel_size: 1, activation: relu }", "max_pool1d: 2", "conv1d: { filters: 7, kernel_size: 1 }", "max_pool1d: 2"),
        ["below a max pool that the rewrite leaves alone"] = Spec("[4, 12, 12]", "conv2d: { filters: 8, kernel_size: 3, activation: silu }", "max_pool2d: { pool_size: 3, strides: 2 }", "conv2d: { filters: 8, kernel_size: 2, groups: 2, activation: relu }", "max_pool2d: 2"),
        ["below a max pool, frozen, read twice"] = """
            input: [4, 8, 8]
            layers:
              - conv2d: { filters: 8, kernel_size: 3, padding: same, activation: relu }
              - conv2d: { filters: 4, kernel_size: 3, padding: same, activation: relu, trainable: [bias], name: middle }
              - max_pool2d: { pool_size: 2, name: half }
              - conv2d: { filters: 4, kernel_size: 3, strides: 2, padding: 1, from: middle, name: beside }
              - conv2d: { filters: 4, kernel_size: 3, padding: same, activation: tanh, from: half }
              - max_pool2d: 2
              - max_pool2d: { pool_size: 2, from: beside, name: other }
              - flatten
              - dense: 2
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 0.05 } }
            """,
        ["read twice"] = """
            input: [4, 6, 6]
            layers:
              - conv2d: { filters: 6, kernel_size: 3, padding: same, name: trunk }
              - conv2d: { filters: 5, kernel_size: 3, padding: same, activation: relu, name: left }
              - conv_transpose2d: { filters: 5, kernel_size: 3, padding: 1, from: trunk, name: right }
              - conv2d: { filters: 5, kernel_size: 1, groups: 1, from: trunk, name: middle }
              - add: { from: [left, right, middle] }
              - flatten
              - dense: 3
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 0.05 } }
            """,
        ["frozen below, clipped, with a penalty"] = """
            input: [2, 8, 8]
            layers:
              - conv2d: { filters: 4, kernel_size: 3, trainable: false }
              - conv2d: { filters: 8, kernel_size: 3, trainable: [weight], activation: relu }
              - conv2d: { filters: 3, kernel_size: 3 }
            loss: squared_error
            optimizer: { sgd: { learning_rate: 0.05, momentum: 0.9, clip_norm: 1 } }
            l2: 0.01
            """,
        ["layers called as the code's own variables"] = """
            input: [2, 9, 11]
            layers:
              - conv2d: { filters: 8, kernel_size: 3, name: window, activation: relu }
              - conv2d: { filters: 8, kernel_size: 2, name: least, groups: 2 }
              - conv2d: { filters: 8, kernel_size: 2, name: tile, activation: relu }
              - conv2d: { filters: 5, kernel_size: 2, name: down }
              - conv_transpose2d: { filters: 4, kernel_size: 2, name: across, padding: 1 }
              - conv2d: { filters: 3, kernel_size: 2, name: column }
              - conv2d: { filters: 2, kernel_size: 1, name: pixel }
              - conv_transpose2d: { filters: 2, kernel_size: 2, name: c }
            loss: squared_error
            optimizer: { sgd: { learning_rate: 0.05 } }
            """,
    }, isLoops: true, isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 3, 20])
                Agreement.Assert(generated, NumericCase.Draw(s_specs.Spec(network), samples), Agreement.LayerSlack);
        }
    }

    [Theory]
    [NetworksOfTarget]
    public void A_step_in_one_is_backward_and_a_step(string network)
    {
        foreach (int samples in (int[])[1, 3, 20])
        {
            NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), samples);
            GeneratedNetwork generated = s_specs.Network(network, target);
            GeneratedInstance whole = generated.Create(3);
            GeneratedInstance apart = generated.Create(3);

            whole.TrainStep(numbers.Inputs, numbers.Targets, 0.01f);
            apart.Backward(numbers.Inputs, numbers.Targets);
            apart.SgdStep(0.01f);

            Agreement.AssertClose([.. apart.Parameters.ToArray().Select(static p => (double)p)], whole.Parameters.ToArray(), 1e-6, "parameters", 0.1);
        }
    }

    private static string Spec(string input, params string[] layers) =>
        $"input: {input}\nlayers:\n{string.Concat(layers.Select(static l => $"  - {l}\n"))}loss: half_squared_error\noptimizer: {{ sgd: {{ learning_rate: 0.001 }} }}\n";
}

public sealed class ConvolutionOnNet10Tests() : ConvolutionTests(TargetName.Net10);

public sealed class ConvolutionOnPortableTests() : ConvolutionTests(TargetName.Portable);

public sealed class ConvolutionOnArraysTests() : ConvolutionTests(TargetName.Arrays);
