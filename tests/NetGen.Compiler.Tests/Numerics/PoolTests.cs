using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Pools over odd numbers of channels, with windows that overlap, leave gaps, and reach beyond the edges.</summary>
public abstract class PoolTests(string target) : ITargetTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["one channel, 2 x 2"] = Spec("[1, 6, 8]", "max_pool2d: 2"),
        ["three channels, rows and columns left over"] = Spec("[3, 7, 9]", "max_pool2d: 2"),
        ["five channels that overlap"] = Spec("[5, 7, 9]", "max_pool2d: { pool_size: 3, strides: 2 }"),
        ["seventeen channels, other sizes down than across"] = Spec("[17, 5, 8]", "max_pool2d: { pool_size: [2, 3], strides: [1, 2] }"),
        ["eight channels, gaps between windows"] = Spec("[8, 8, 9]", "max_pool2d: { pool_size: 2, strides: 3 }"),
        ["one channel, a stride of one"] = Spec("[1, 7, 11]", "max_pool2d: { pool_size: 3, strides: 1 }"),
        ["three channels, a stride of one, padded above alone"] = Spec("[3, 6, 7]", "max_pool2d: { pool_size: [3, 1], strides: 1, padding: [1, 0] }"),
        ["padded by one"] = Spec("[8, 6, 7]", "max_pool2d: { pool_size: 3, strides: 2, padding: 1 }"),
        ["two channels, padded as widely as may be"] = Spec("[2, 4, 5]", "max_pool2d: { pool_size: 3, strides: 1, padding: 2 }"),
        ["no window within the edges"] = Spec("[4, 2, 3]", "max_pool2d: { pool_size: 5, padding: 2 }"),
        ["same, five channels"] = Spec("[5, 7, 6]", "max_pool2d: { pool_size: 3, strides: 2, padding: same }"),
        ["same, a stride of one"] = Spec("[12, 4, 5]", "max_pool2d: { pool_size: 2, strides: 1, padding: same }"),
        ["windows of more than sixteen"] = Spec("[6, 9, 10]", "max_pool2d: { pool_size: [6, 4], strides: [3, 2] }"),
        ["more than four vectors of channels, padded"] = Spec("[45, 3, 3]", "max_pool2d: { pool_size: 2, padding: 1 }"),
        ["one axis"] = Spec("[4, 13]", "max_pool1d: 3"),
        ["one axis, one channel, a stride of one"] = Spec("[1, 29]", "max_pool1d: { pool_size: 4, strides: 1 }"),
        ["one axis, a long window"] = Spec("[3, 41]", "max_pool1d: { pool_size: 20, strides: 5, padding: 3 }"),
        ["one axis, same"] = Spec("[9, 10]", "max_pool1d: { pool_size: 4, strides: 3, padding: same }"),

        ["pairs in planes, a vector of each row"] = Spec("[3, 8, 16]", "max_pool2d: 2"),
        ["pairs in planes, two rows of four"] = Spec("[2, 8, 8]", "max_pool2d: 2"),
        ["pairs in planes, rows and columns left over"] = Spec("[3, 7, 15]", "max_pool2d: 2"),
        ["pairs in planes, many vectors of each row"] = Spec("[2, 4, 90]", "max_pool2d: 2"),
        ["pairs along one axis"] = Spec("[3, 43]", "max_pool1d: 2"),
        ["means of pairs in planes, rows left over, four of each"] = Spec("[2, 9, 9]", "average_pool2d: 2"),
        ["means of pairs in planes, many vectors of each row"] = Spec("[3, 3, 91]", "average_pool2d: 2"),
        ["means of pairs along one axis"] = Spec("[4, 22]", "average_pool1d: 2"),
        ["pairs of planes that others read too"] = """
            input: 3
            layers:
              - dense: { units: 198, activation: tanh }
              - reshape: { shape: [2, 9, 11], name: image }
              - global_average_pool: { name: a }
              - max_pool2d: { pool_size: 2, from: image, name: b }
              - average_pool2d: { pool_size: 2, from: image, name: c }
              - add: [b, c]
              - flatten: { name: d }
              - concat: [a, d]
              - dense: 3
            loss: squared_error
            """,
        ["means of one channel, 2 x 2"] = Spec("[1, 6, 8]", "average_pool2d: 2"),
        ["means of three channels, left over"] = Spec("[3, 7, 9]", "average_pool2d: 2"),
        ["means of five channels that overlap"] = Spec("[5, 7, 9]", "average_pool2d: { pool_size: 3, strides: 2 }"),
        ["means of seventeen channels, other sizes down than across"] = Spec("[17, 5, 8]", "average_pool2d: { pool_size: [2, 3], strides: [1, 2] }"),
        ["means with gaps between windows"] = Spec("[8, 8, 10]", "average_pool2d: { pool_size: [1, 2], strides: [2, 3] }"),
        ["means with a stride of one"] = Spec("[1, 7, 11]", "average_pool2d: { pool_size: 3, strides: 1 }"),
        ["means that count zeros"] = Spec("[8, 6, 7]", "average_pool2d: { pool_size: 3, strides: 2, padding: 1 }"),
        ["means that count zeros, padded above alone"] = Spec("[3, 6, 7]", "average_pool2d: { pool_size: [3, 2], strides: 1, padding: [1, 0] }"),
        ["means of same, which counts no zeros"] = Spec("[5, 7, 6]", "average_pool2d: { pool_size: 3, strides: 2, padding: same }"),
        ["means of same, a stride of one"] = Spec("[8, 4, 5]", "average_pool2d: { pool_size: 3, strides: 1, padding: same }"),
        ["means of same across alone"] = Spec("[4, 4, 5]", "average_pool2d: { pool_size: [2, 3], strides: [2, 1], padding: same }"),
        ["means, no window within the edges"] = Spec("[4, 2, 3]", "average_pool2d: { pool_size: 5, padding: same }"),
        ["means of windows of more than sixteen"] = Spec("[6, 9, 10]", "average_pool2d: { pool_size: [6, 4], strides: [3, 2] }"),
        ["means along one axis, a long window"] = Spec("[3, 41]", "average_pool1d: { pool_size: 20, strides: 5, padding: 3 }"),
        ["means along one axis, same"] = Spec("[9, 10]", "average_pool1d: { pool_size: 4, strides: 3, padding: same }"),
        ["means along one axis"] = Spec("[16, 12]", "average_pool1d: 2"),

        ["a last window that does not fit"] = Spec("[3, 7, 9]", "max_pool2d: { pool_size: 2, ceil_mode: true }"),
        ["a last window that would begin behind the input"] = Spec("[4, 7, 6]", "max_pool2d: { pool_size: [2, 3], strides: [3, 5], padding: [1, 0], ceil_mode: true }"),
        ["a last window along one axis"] = Spec("[5, 16]", "max_pool1d: { pool_size: 3, ceil_mode: true }"),
        ["means with a last window that does not fit"] = Spec("[3, 7, 9]", "average_pool2d: { pool_size: 2, ceil_mode: true }"),
        ["means that count zeros, but not what is behind them"] = Spec("[8, 6, 7]", "average_pool2d: { pool_size: [4, 3], strides: [3, 2], padding: 1, ceil_mode: true }"),
        ["means that count zeros behind, of a stride of one across"] = Spec("[2, 6, 9]", "average_pool2d: { pool_size: [3, 2], strides: [2, 1], padding: [1, 0], ceil_mode: true }"),
        ["means that count no zeros"] = Spec("[8, 6, 7]", "average_pool2d: { pool_size: 3, strides: 2, padding: 1, count_include_pad: false }"),
        ["means that count no zeros, with a last window that does not fit"] = Spec("[5, 20]", "average_pool1d: { pool_size: 6, strides: 5, padding: 2, ceil_mode: true, count_include_pad: false }"),
        ["one window, which does not fit"] = Spec("[3, 4, 5]", "average_pool2d: { pool_size: [5, 6], strides: 6, ceil_mode: true }"),

        ["the largest of all of one channel"] = Spec("[1, 5, 7]", "global_max_pool"),
        ["the largest of all of three channels"] = Spec("[3, 17]", "global_max_pool", "channels"),
        ["the largest of all of seventeen channels"] = Spec("[17, 3, 5]", "global_max_pool"),
        ["the largest of all of seventy channels"] = Spec("[70, 2, 2]", "global_max_pool"),
        ["the mean of all of one channel"] = Spec("[1, 5, 7]", "global_average_pool"),
        ["the mean of all of five channels"] = Spec("[5, 3, 7]", "global_average_pool"),
        ["the mean of all of eight channels along three axes"] = Spec("[8, 2, 3, 2]", "global_average_pool"),
        ["the mean of all of seventy channels"] = Spec("[70, 2, 2]", "global_average_pool"),
        ["the mean of all of nine large planes"] = Spec("[9, 9, 11]", "global_average_pool"),
        ["the largest of all of ten large planes"] = Spec("[10, 7, 13]", "global_max_pool"),
        ["the mean of all of sixteen planes of a sixteenth"] = Spec("[16, 4, 4]", "global_average_pool"),
        ["all of channels of one element"] = Spec("[6, 1, 1]", "global_average_pool"),

        ["a window that covers all"] = Spec("[5, 4, 3]", "max_pool2d: [4, 3]"),
        ["a window of one"] = Spec("[5, 4, 3]", "average_pool2d: 1"),
        ["of an image itself"] = """
            input: [3, 8, 8]
            layers:
              - max_pool2d: 2
              - average_pool2d: { pool_size: 3, strides: 1, padding: same }
              - flatten
              - dense: 4
            loss: squared_error
            """,
        ["several of one value, whose gradients add up"] = """
            input: 5
            layers:
              - dense: { units: 180, activation: tanh }
              - reshape: { shape: [5, 6, 6], name: image }
              - max_pool2d: { pool_size: 2, name: a }
              - average_pool2d: { pool_size: 2, from: image, name: b }
              - max_pool2d: { pool_size: 3, strides: 2, padding: same, from: image, name: c }
              - add: { from: [a, b, c], name: small }
              - global_max_pool: { from: image, name: d }
              - global_average_pool: { from: image, name: e }
              - global_max_pool: { from: small, name: f }
              - concat: [d, e, f]
              - dense: 3
            loss: squared_error
            """,
        ["a sequence as channels"] = """
            input: { shape: [10, 6], layout: sequence }
            layers:
              - dense: { units: 5, activation: tanh }
              - permute: [1, 0]
              - max_pool1d: 2
              - permute: [1, 0]
              - dense: 7
              - permute: [1, 0]
              - global_average_pool
            loss: squared_error
            """,
        ["a sigmoid before the mean of all, probabilities still"] = """
            input: 4
            layers:
              - dense: { units: 30, activation: sigmoid }
              - reshape: [5, 3, 2]
              - max_pool2d: [3, 1]
              - global_average_pool
            loss: binary_cross_entropy
            """,
        ["layers called as the code's own variables"] = """
            input: 5
            layers:
              - dense: { units: 120, activation: tanh, name: place }
              - reshape: { shape: [4, 6, 5], name: best }
              - max_pool2d: { pool_size: 2, padding: 1, name: top }
              - average_pool2d: { pool_size: 2, strides: 1, padding: same, name: left }
              - max_pool2d: { pool_size: 2, strides: 1, name: columns }
              - global_max_pool: { name: channel }
              - dense: { units: 9, name: once }
              - layer_norm: { name: share }
              - dense: { units: 9, name: off }
              - rms_norm: { name: along }
              - dense: { units: 3, name: right }
            loss: squared_error
            """,
        ["between convolutions"] = """
            input: [1, 12, 12]
            layers:
              - conv2d: { filters: 5, kernel_size: 3, activation: relu }
              - max_pool2d: 2
              - conv2d: { filters: 9, kernel_size: 3, padding: same, activation: tanh }
              - average_pool2d: { pool_size: 3, strides: 2, padding: 1 }
              - layer_norm: { epsilon: 0.1 }
              - conv2d: { filters: 8, kernel_size: 1 }
              - global_average_pool
              - dense: { units: 4, activation: softmax }
            loss: cross_entropy
            """,
        ["nothing trained below"] = """
            input: [4, 6, 6]
            layers:
              - max_pool2d: 3
              - global_average_pool
              - dense: { units: 3, activation: softmax }
            loss: cross_entropy
            """,
    }, isLoops: true, isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 9])
                Agreement.Assert(generated, NumericCase.Draw(spec, samples), spec.Contains("conv2d", StringComparison.Ordinal) ? Agreement.LayerSlack : 1);
        }
    }

    [Theory]
    [InlineData("one channel, 2 x 2")]
    [InlineData("five channels that overlap")]
    [InlineData("padded by one")]
    [InlineData("the largest of all of seventeen channels")]
    public void Of_several_largest_elements_the_first_has_the_gradient(string network)
    {
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
        reference.Fill(1);
        // Every element is the largest.
        foreach ((string name, double[] values) in reference.Parameters)
        {
            for (int i = 0; i < values.Length && name.StartsWith("dense_1.", System.StringComparison.Ordinal); i++)
                values[i] = name == "dense_1.weight" ? 0 : 0.5;
        }

        double[] inputs = [.. Enumerable.Repeat(1.0, reference.InputSize)], targets = [.. Enumerable.Repeat(0.25, reference.OutputSize)];
        (_, IReadOnlyDictionary<string, double[]> expected) = reference.Backward(inputs, targets);
        Assert.Contains(expected["dense_1.bias"], static g => g == 0);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            float[] parameters = generated.Pack(reference.Parameters);
            (_, float[] gradients) = generated.Backward(parameters, [.. inputs.Select(static v => (float)v)], [.. targets.Select(static v => (float)v)]);
            Agreement.AssertGradients(expected, generated.Unpack(gradients));
        }
    }

    /// <summary>Values that a trained layer gives, as channels, pooled.</summary>
    private static string Spec(string shape, string pool, string? layout = null)
    {
        int size = shape.Trim('[', ']').Split(", ").Aggregate(1, static (product, d) => product * int.Parse(d, System.Globalization.CultureInfo.InvariantCulture));
        // What makes a sequence's axes channels is said of the input alone.
        string values = layout is null
            ? $"input: 5\nlayers:\n  - dense: {{ units: {size}, activation: tanh }}\n  - reshape: {shape}"
            : $"input: {{ shape: {shape}, layout: {layout} }}\nlayers:\n  - permute: [1, 0]\n  - dense: {{ units: {shape.Trim('[').Split(',')[0]}, activation: tanh }}\n  - permute: [1, 0]";
        return $"{values}\n  - {pool}\n  - flatten\n  - dense: 3\nloss: squared_error\n";
    }
}

public sealed class PoolOnNet10Tests() : PoolTests(TargetName.Net10);

public sealed class PoolOnPortableTests() : PoolTests(TargetName.Portable);

public sealed class PoolOnArraysTests() : PoolTests(TargetName.Arrays);
