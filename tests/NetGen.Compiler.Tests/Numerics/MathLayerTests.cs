using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Clipping, powers, what joins values element by element with stretched axes, and reductions and norms of groups: in every layout, in tiny networks and in
/// long ones.
/// </summary>
public abstract class MathLayerTests(string target) : ITargetTests
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private static readonly CompiledSpecs s_specs = new(Elementwise().Concat(Merges()).Concat(Norms())
        .Concat(ByTurns(["subtract", "maximum", "minimum", "average", "multiply", "add"], 3, MergesOf))
            .Concat(ByTurns(["mean", "sum", "max", "min"], 4, ReductionsOf)).ToDictionary(s => s.Name, s => s.Spec), isLoops: true, isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in spec.Contains("batch_norm", StringComparison.Ordinal) ? (int[])[9] : [1, 2, 19])
            {
                NumericCase numbers = NumericCase.Draw(spec, samples);
                // What a norm takes away again has no gradient.
                Assert.True(numbers.IsAlive || spec.Contains("_norm", StringComparison.Ordinal), "the gradients are 0");
                Agreement.Assert(generated, numbers, Agreement.LayerSlack);
            }
        }
    }

    private static IEnumerable<(string Name, string Spec)> Elementwise()
    {
        foreach (string options in (string[])["{ min: -0.5, max: 0.25 }", "{ min: 0.125 }", "{ max: 0.5 }"])
            yield return ($"clip {options}", $"input: 6\nlayers: [dense: 21, clip: {options}, dense: 3]\nloss: half_squared_error\n");
        yield return ("clip in a tiny network", "input: 3\nlayers: [dense: 4, clip: { min: -0.5, max: 0.5 }, dense: 2]\nloss: half_squared_error\n");
        yield return ("clip between probabilities and their loss",
            "input: 4\nlayers: [dense: { units: 5, activation: sigmoid }, clip: { min: 0.25, max: 0.875 }]\nloss: binary_cross_entropy\n");
        foreach (string exponent in s_isThorough ? (string[])["1", "2", "3", "5", "8", "-1", "-2", "0.5", "-0.5", "1.5", "-0.75", "2.25", "11", "-9"]
            : ["1", "-1", "0.5", "-0.5", "-0.75"])
        {
            int size = exponent.Length + 3;
            yield return ($"power {exponent} of positives", $$"""
                input: 5
                layers: [dense: { units: {{size * 3}}, activation: sigmoid }, rescaling: { scale: 1, offset: 0.5 }, power: {{exponent}}, dense: 3]
                loss: half_squared_error
                """);
        }

        foreach (string exponent in (string[])["7", "9", "10"])
            yield return ($"power {exponent} of any", $"input: 5\nlayers: [dense: 18, tanh, power: {exponent}, dense: 3]\nloss: half_squared_error\n");
        yield return ("functions of a sequence and of an image", """
            input: { shape: [6, 4], layout: sequence }
            layers: [dense: { units: 12, activation: sin }, clip: { min: -0.75 }, reshape: [3, 4, 6], conv2d: { filters: 4, kernel_size: 2 }, square, power: 1.5, flatten, dense: 2]
            loss: half_squared_error
            """);
    }

    private static IEnumerable<(string Name, string Spec)> Merges()
    {
        yield return ("divide of three", """
            input: 6
            layers:
              - dense: { units: 19, name: a }
              - dense: { units: 19, activation: softplus, from: input }
              - rescaling: { scale: 1, offset: 0.5, name: b }
              - dense: { units: 1, activation: sigmoid, from: input }
              - rescaling: { scale: 1, offset: 0.5, name: c }
              - divide: { from: [a, b], name: d }
              - divide: [d, b, c]
              - dense: 3
            loss: half_squared_error
            """);
        yield return ("divide by steps and features", """
            input: [7, 5]
            layers:
              - dense: { units: 33, activation: sigmoid }
              - rescaling: { scale: 1, offset: 0.5, name: a }
              - reduce_mean: { axes: 0, keep_dims: true, name: b }
              - reduce_mean: { axes: 1, keep_dims: true, from: a, name: c }
              - divide: { from: [a, b, c], name: d }
              - divide: { from: [b, c], name: e }
              - multiply: [d, e]
              - dense: 2
            loss: half_squared_error
            """);
        yield return ("a squeeze and excitation", """
            input: [3, 9, 10]
            layers:
              - conv2d: { filters: 20, kernel_size: 3, activation: relu, name: planes }
              - global_average_pool
              - dense: { units: 20, activation: sigmoid }
              - reshape: [20, 1, 1]
              - multiply: [planes, reshape_1]
              - global_average_pool
              - dense: 2
            loss: half_squared_error
            """);
        yield return ("planes of the input and their means", """
            input: [3, 8, 9]
            layers:
              - reduce_mean: { axes: [1, 2], keep_dims: true }
              - subtract: { from: [input, reduce_mean_1], name: centred }
              - square
              - reduce_mean: { axes: [1, 2], keep_dims: true, name: variance }
              - rescaling: { scale: 1, offset: 0.1 }
              - sqrt
              - divide: [centred, sqrt_1]
              - flatten
              - dense: 4
            loss: half_squared_error
            """);
        yield return ("an outer sum", """
            input: { shape: [4, 6], layout: channels }
            layers:
              - conv1d: { filters: 1, kernel_size: 1, name: row }
              - conv1d: { filters: 5, kernel_size: 6, from: input, name: column }
              - add: [row, column]
              - tanh
              - flatten
              - dense: 2
            loss: half_squared_error
            """);
        yield return ("rows of a plane", """
            input: [2, 5, 17]
            layers:
              - conv2d: { filters: 3, kernel_size: 1, name: a }
              - reduce_max: { axes: -1, keep_dims: true, name: b }
              - maximum: { from: [a, b], name: c }
              - minimum: { from: [a, b], name: d }
              - average: [c, d, a]
              - flatten
              - dense: 2
            loss: half_squared_error
            """);
        yield return ("equal values share", """
            input: 5
            layers: [dense: { units: 18, activation: relu, name: a }, dense: { units: 18, activation: relu, from: input, name: b }, maximum: { from: [a, b], name: c }, minimum: { from: [a, b], name: d }, subtract: [c, d], dense: 2]
            loss: half_squared_error
            """);
    }

    /// <summary>Networks that there are for each of some kinds: every network, and every kind, with some of the others, by turns.</summary>
    private static IEnumerable<(string Name, string Spec)> ByTurns(string[] kinds, int period, Func<string, IEnumerable<(string Name, string Spec)>> of) =>
        kinds.SelectMany((kind, k) => of(kind).Where((_, n) => s_isThorough || (k + n) % period == 0));

    private static IEnumerable<(string Name, string Spec)> MergesOf(string kind)
    {
        yield return ($"{kind} of three", $$"""
            input: 6
            layers:
              - dense: { units: 19, name: a }
              - dense: { units: 19, from: input, name: b }
              - dense: { units: 19, from: input, name: c }
              - {{kind}}: [a, b, c]
              - dense: 3
            loss: half_squared_error
            """);
        yield return ($"{kind} in a tiny network", $$"""
            input: 3
            layers: [dense: { units: 3, name: a }, dense: { units: 1, name: b }, {{kind}}: [b, a], dense: 2]
            loss: half_squared_error
            """);
        yield return ($"{kind} of a sequence, its features and its steps", $$"""
            input: [7, 5]
            layers:
              - dense: { units: 18, name: a }
              - reduce_mean: { axes: 0, keep_dims: true, name: b }
              - dense: { units: 1, from: a, name: c }
              - {{kind}}: { from: [b, a, c], name: d }
              - {{kind}}: [d, b]
              - dense: 2
            loss: half_squared_error
            """);
        yield return ($"{kind} of channels, planes and places", $$"""
            input: [2, 7, 8]
            layers:
              - conv2d: { filters: 5, kernel_size: 3, padding: same, name: a }
              - reduce_mean: { axes: [1, 2], keep_dims: true, name: b }
              - reduce_mean: { axes: [0], keep_dims: true, from: a, name: c }
              - {{kind}}: { from: [a, b], name: d }
              - {{kind}}: { from: [d, c], name: e }
              - {{kind}}: { from: [c, b], name: f }
              - add: [e, f]
              - flatten
              - dense: 2
            loss: half_squared_error
            """);
    }

    private static IEnumerable<(string Name, string Spec)> ReductionsOf(string kind)
    {
        yield return ($"{kind} of all", $"input: 6\nlayers: [dense: 37, reduce_{kind}]\nloss: half_squared_error\n");
        yield return ($"{kind} in a tiny network", $"input: 4\nlayers: [dense: 5, reduce_{kind}, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over time", $"input: [9, 4]\nlayers: [dense: 21, reduce_{kind}: 0, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over features", $"input: [9, 4]\nlayers: [dense: 67, reduce_{kind}: -1, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over few features", $"input: [23, 4]\nlayers: [dense: 3, reduce_{kind}: 1, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over channels",
            $"input: [2, 6, 7]\nlayers: [conv2d: {{ filters: 17, kernel_size: 2 }}, reduce_{kind}: 0, flatten, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over places",
            $"input: [2, 6, 7]\nlayers: [conv2d: {{ filters: 18, kernel_size: 2 }}, reduce_{kind}: [1, -1], dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over height, then over length",
            $"input: [2, 6, 7]\nlayers: [conv2d: {{ filters: 5, kernel_size: 2 }}, reduce_{kind}: 1, conv1d: {{ filters: 3, kernel_size: 2 }}, reduce_{kind}: 1, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over width, of relu",
            $"input: [2, 6, 19]\nlayers: [conv2d: {{ filters: 5, kernel_size: 1, activation: relu }}, reduce_{kind}: {{ axes: 2, keep_dims: true }}, flatten, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} of an input's outer axes, twice read",
            $"input: [3, 5, 18]\nlayers: [conv2d: {{ filters: 3, kernel_size: 1, name: a }}, reshape: [3, 5, 18], reduce_{kind}: {{ axes: [0, 2], keep_dims: true }}, add: [a, reduce_{kind}_1], flatten, dense: 2]\nloss: half_squared_error\n");
        yield return ($"{kind} over one element", $"input: [1, 6]\nlayers: [dense: 5, reduce_{kind}: 0, dense: 2]\nloss: half_squared_error\n");
    }

    private static IEnumerable<(string Name, string Spec)> Norms() =>
    [
        ("groups of planes, then of channels side by side",
            "input: [6, 5, 7]\nlayers: [group_norm: { groups: 3, epsilon: 0.01 }, conv2d: { filters: 18, kernel_size: 2 }, group_norm: { groups: 6, epsilon: 0.1, trainable: [bias] }, relu, flatten, dense: 3]\nloss: half_squared_error\n"),
        ("one group, and a group for each channel",
            "input: [3, 4, 5]\nlayers: [group_norm: 1, conv2d: { filters: 5, kernel_size: 2 }, group_norm: { groups: 1, epsilon: 0.1, scale: false }, group_norm: { groups: 5, epsilon: 0.1, center: false }, flatten, dense: 3]\nloss: half_squared_error\n"),
        ("instances", "input: [2, 6, 9]\nlayers: [conv2d: { filters: 20, kernel_size: 3 }, instance_norm: { epsilon: 0.1 }, conv2d: { filters: 3, kernel_size: 1 }, instance_norm: { scale: false, center: false, epsilon: 0.1 }, flatten, dense: 3]\nloss: half_squared_error\n"),
        ("features of a sequence", "input: [9, 4]\nlayers: [dense: 12, group_norm: { groups: 4, epsilon: 0.1 }, tanh, instance_norm: { epsilon: 0.1, trainable: false }, dense: 2]\nloss: half_squared_error\n"),
        ("a wave", "input: { shape: [4, 21], layout: channels }\nlayers: [instance_norm, conv1d: { filters: 6, kernel_size: 3 }, group_norm: { groups: 2, epsilon: 0.1 }, flatten, dense: 2]\nloss: half_squared_error\n"),
        ("a vector", "input: 5\nlayers: [dense: 24, group_norm: { groups: 4, epsilon: 0.1 }, tanh, dense: 6, group_norm: { groups: 1, epsilon: 0.1, scale: false }, dense: 2]\nloss: half_squared_error\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 1 } }\nl2: 0.01\n"),
        ("a tiny network, frozen", "input: 4\nlayers: [dense: 4, group_norm: { groups: 2, epsilon: 0.1, trainable: false }, dense: 2]\nloss: half_squared_error\n"),
        ("layer_norm and rms_norm without parts",
            "input: 6\nlayers: [dense: 21, layer_norm: { scale: false, epsilon: 0.1 }, dense: 18, layer_norm: { center: false, epsilon: 0.1 }, tanh, dense: 9, layer_norm: { scale: false, center: false, epsilon: 0.1 }, rms_norm: { scale: false, epsilon: 0.1 }, dense: 3]\nloss: half_squared_error\n"),
        ("batch_norm without parts", "input: [2, 4, 5]\nlayers: [batch_norm: { scale: false, epsilon: 0.1 }, tanh, conv2d: { filters: 5, kernel_size: 2 }, batch_norm: { center: false, epsilon: 0.1 }, flatten, dense: 12, batch_norm: { scale: false, center: false, epsilon: 0.1 }, tanh, dense: 3]\nloss: half_squared_error\n"),
    ];
}

public sealed class MathLayersOnNet10Tests() : MathLayerTests(TargetName.Net10);

public sealed class MathLayersOnPortableTests() : MathLayerTests(TargetName.Portable);

public sealed class MathLayersOnArraysTests() : MathLayerTests(TargetName.Arrays);
