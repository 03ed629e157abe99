using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Testing.Generated;
using NetGen.Testing.Reference;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Clipping, powers, what joins values element by element with stretched axes, and reductions: in every layout, in tiny networks and in long ones.</summary>
public abstract class MathLayerTests(string target) : ITargetTests
{
    private static readonly CompiledSpecs s_specs = new(Elementwise().Concat(Merges()).Concat(Reductions()).ToDictionary(s => s.Name, s => s.Spec), isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 9, 35])
            {
                NumericCase numbers = NumericCase.Draw(spec, samples);
                Assert.True(numbers.IsAlive, "the gradients are 0");
                Agreement.Assert(generated, numbers, Agreement.LayerSlack);
            }
        }
    }

    private static IEnumerable<(string Name, string Spec)> Elementwise()
    {
        foreach (string options in (string[])["{ min: -0.5, max: 0.25 }", "{ min: 0.125 }", "{ max: 0.5 }"])
            yield return ($"clip {options}", $"input: 6\nlayers: [dense: 21, clip: {options}, dense: 3]\nloss: half_squared_error\n");
        yield return ("clip in a tiny network", "input: 3\nlayers: [dense: 4, clip: { min: -0.5, max: 0.5 }, dense: 2]\nloss: half_squared_error\n");
        yield return ("clip between probabilities and their loss", "input: 4\nlayers: [dense: { units: 5, activation: sigmoid }, clip: { min: 0.25, max: 0.875 }]\nloss: binary_cross_entropy\n");
        foreach (string exponent in (string[])["1", "2", "3", "5", "8", "-1", "-2", "0.5", "-0.5", "1.5", "-0.75", "2.25", "11", "-9"])
        {
            int size = exponent.Length + 3;
            yield return ($"power {exponent} of positives", $$"""
                input: 5
                layers: [dense: { units: {{size * 3}}, activation: sigmoid }, rescaling: { scale: 1, offset: 0.5 }, power: {{exponent}}, dense: 3]
                loss: half_squared_error
                """);
        }

        foreach (string exponent in (string[])["2", "3", "7", "9", "10"])
            yield return ($"power {exponent} of any", $"input: 5\nlayers: [dense: 18, tanh, power: {exponent}, dense: 3]\nloss: half_squared_error\n");
        yield return ("functions of a sequence and of an image", """
            input: { shape: [6, 4], layout: sequence }
            layers: [dense: { units: 12, activation: sin }, clip: { min: -0.75 }, reshape: [3, 4, 6], conv2d: { filters: 4, kernel_size: 2 }, square, power: 1.5, flatten, dense: 2]
            loss: half_squared_error
            """);
    }

    private static IEnumerable<(string Name, string Spec)> Merges()
    {
        foreach (string kind in (string[])["subtract", "maximum", "minimum", "average", "multiply", "add"])
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

    private static IEnumerable<(string Name, string Spec)> Reductions()
    {
        foreach (string kind in (string[])["mean", "sum", "max", "min"])
        {
            yield return ($"{kind} of all", $"input: 6\nlayers: [dense: 37, reduce_{kind}]\nloss: half_squared_error\n");
            yield return ($"{kind} in a tiny network", $"input: 4\nlayers: [dense: 5, reduce_{kind}, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over time", $"input: [9, 4]\nlayers: [dense: 21, reduce_{kind}: 0, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over features", $"input: [9, 4]\nlayers: [dense: 67, reduce_{kind}: -1, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over few features", $"input: [23, 4]\nlayers: [dense: 3, reduce_{kind}: 1, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over channels", $"input: [2, 6, 7]\nlayers: [conv2d: {{ filters: 17, kernel_size: 2 }}, reduce_{kind}: 0, flatten, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over places", $"input: [2, 6, 7]\nlayers: [conv2d: {{ filters: 18, kernel_size: 2 }}, reduce_{kind}: [1, -1], dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over height, then over length", $"input: [2, 6, 7]\nlayers: [conv2d: {{ filters: 5, kernel_size: 2 }}, reduce_{kind}: 1, conv1d: {{ filters: 3, kernel_size: 2 }}, reduce_{kind}: 1, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over width, of relu", $"input: [2, 6, 19]\nlayers: [conv2d: {{ filters: 5, kernel_size: 1, activation: relu }}, reduce_{kind}: {{ axes: 2, keep_dims: true }}, flatten, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} of an input's outer axes, twice read", $"input: [3, 5, 18]\nlayers: [conv2d: {{ filters: 3, kernel_size: 1, name: a }}, reshape: [3, 5, 18], reduce_{kind}: {{ axes: [0, 2], keep_dims: true }}, add: [a, reduce_{kind}_1], flatten, dense: 2]\nloss: half_squared_error\n");
            yield return ($"{kind} over one element", $"input: [1, 6]\nlayers: [dense: 5, reduce_{kind}: 0, dense: 2]\nloss: half_squared_error\n");
        }
    }
}

public sealed class MathLayersOnNet10Tests() : MathLayerTests(TargetName.Net10);

public sealed class MathLayersOnPortableTests() : MathLayerTests(TargetName.Portable);

public sealed class MathLayersOnArraysTests() : MathLayerTests(TargetName.Arrays);
