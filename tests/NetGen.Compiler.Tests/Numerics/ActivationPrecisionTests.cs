using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Each activation over the whole range of floats. The weights are 0, so an activation's argument is the bias, exactly;
/// the targets lie so low that the absolute error's derivative is 1 / 128, so the bias gradient is the derivative / 128, exactly.
/// </summary>
public sealed class ActivationPrecisionTests
{
    private const int Count = 128;

    private const string GeluByTanh = "{ gelu: { approximate: tanh } }";

    private static readonly float[] s_magnitudes =
    [
        0, float.Epsilon, 1e-38f, 1e-20f, 1e-10f, 1e-7f, 1e-4f, 0.01f, 0.1f, 0.3f, 0.5f, 0.7f, 1, 1.5f, 2, 3, 4, 5, 7, 9, 12, 15, 17, 20, 30, 50, 87, 88.8f, 100, 1000, 1e20f, 3e38f,
        // Roots of derivatives; kinks and their neighbours; tails, as far as they underflow.
        0.03f, 0.2f, 0.7517916f, 1.1924312f, 1.2784645f, 1.75f, 2.5f, 2.9999998f, 3.0000002f, 3.5f, 4.5f, 5.9999995f, 6, 6.0000005f, 6.5f, 8,
        10, 11, 12.5f, 12.9f, 13, 13.2f, 14, 25, 40, 60, 80, 85, 86, 87.5f, 90, 1e13f,
    ];

    /// <summary>
    /// Functions that are not defined everywhere, overflow, or are needed as exactly as their argument is given; with the magnitudes at which they are
    /// compared.
    /// </summary>
    private static readonly Dictionary<string, (float Least, float Most, bool HasNegatives)> s_functions = new()
    {
        ["exp"] = (0, 80, true), ["log"] = (1e-37f, 1e37f, false), ["sqrt"] = (1e-38f, 3e38f, false), ["square"] = (1e-18f, 1e18f, true),
            ["abs"] = (0, 3e38f, true),
        ["reciprocal"] = (1e-18f, 1e18f, true), ["sin"] = (0, 3e38f, true), ["cos"] = (1e-10f, 3e38f, true),
    };

    private static readonly CompiledSpecs s_specs = new(
        ((string[])["relu", "leaky_relu", "{ leaky_relu: -0.5 }", "{ leaky_relu: 2 }", "elu", "{ elu: 0.25 }", "{ elu: 0 }", "sigmoid", "tanh", "softplus",
            "relu6", "selu", "gelu", "{ gelu: { approximate: none } }", GeluByTanh, "silu", "mish", "hard_sigmoid", "hard_swish", "softsign"])
        .Concat(s_functions.Keys).ToDictionary(a => a, a => $$"""
            input: 1
            layers: [dense: { units: {{Count}}, activation: {{a}} }]
            loss: mean_absolute_error
            """));

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, [.. s_specs.Names.Except(s_functions.Keys)]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_are_within_4_ulps_and_derivatives_within_a_rounding_of_the_largest(string target, string activation)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(activation, target))
        {
            ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(activation));
            float[] arguments = [.. s_magnitudes.SelectMany(v => (float[])[v, -v])];
            arguments.ToDoubles().CopyTo(reference.Parameters["dense_1.bias"], 0);
            float[] parameters = generated.Pack(reference.Parameters), targets = [.. Enumerable.Repeat(float.MinValue, Count)];

            float[] outputs = generated.Forward(parameters, [1]);
            double[] gradients = generated.Unpack(generated.Backward(parameters, [1], targets).Gradients)["dense_1.bias"];

            double[] expected = reference.Forward([1]);
            double[] derivatives = reference.Backward([1], targets.ToDoubles()).Gradients["dense_1.bias"];
            double largest = derivatives.Max(Math.Abs);
            for (int i = 0; i < Count; i++)
            {
                Assert.True(Difference.Ulps((float)expected[i], outputs[i]) <= Ulps(activation) || IsFlushed(activation, (float)expected[i], outputs[i]), $"f({arguments[i]:r}) is {outputs[i]:r} instead of {(float)expected[i]:r}");
                Assert.True(
                    Math.Abs(derivatives[i] - gradients[i]) <= 3e-7 * largest,
                    $"f'({arguments[i]:r}) is {gradients[i] * Count:r} instead of {derivatives[i] * Count:r}");
            }
        }
    }

    /// <summary>4, but for a formula whose rounded argument of 80 is an exponent.</summary>
    private static int Ulps(string activation) => activation == GeluByTanh ? 200 : 4;

    /// <summary>What is x times a sigmoid, or nearly, is lost where that is no normal float.</summary>
    private static bool IsFlushed(string activation, float right, float actual) =>
        activation is "silu" or "mish" or GeluByTanh ? Math.Abs(right) < 1.04e-36f && Math.Abs(actual) < 1.04e-36f : Difference.IsFlushed(right, actual);

    public static TheoryData<string, string> TailCases => Rows.Of(TargetName.All, ["elu", "selu", "sigmoid", "softplus", "gelu", GeluByTanh, "silu", "mish", "softsign"]);

    [Theory]
    [MemberData(nameof(TailCases))]
    public void Derivatives_keep_their_digits_on_the_far_left(string target, string activation)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(activation, target))
        {
            ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(activation));
            float[] arguments = [.. Enumerable.Range(0, Count).Select(static i => -2 - (0.625f * i))];
            arguments.ToDoubles().CopyTo(reference.Parameters["dense_1.bias"], 0);
            float[] parameters = generated.Pack(reference.Parameters), targets = [.. Enumerable.Repeat(float.MinValue, Count)];

            double[] gradients = generated.Unpack(generated.Backward(parameters, [1], targets).Gradients)["dense_1.bias"];

            double[] derivatives = reference.Backward([1], targets.ToDoubles()).Gradients["dense_1.bias"];
            Assert.Contains(derivatives, static d => Math.Abs(d) < 1e-4);
            for (int i = 0; i < Count; i++)
            {
                Assert.True(
                    Math.Abs(derivatives[i] - gradients[i]) <= (activation == GeluByTanh ? 3e-5 : 1e-6) * Math.Abs(derivatives[i]) || (Math.Abs(derivatives[i]) < 1.1e-36 && Math.Abs(gradients[i]) < 1.1e-36),
                    $"f'({arguments[i]:r}) is {gradients[i] * Count:r} instead of {derivatives[i] * Count:r}");
            }
        }
    }

    public static TheoryData<string, string> FunctionCases => Rows.Of(TargetName.All, [.. s_functions.Keys]);

    [Theory]
    [MemberData(nameof(FunctionCases))]
    public void Functions_and_their_derivatives_are_exact_wherever_they_are_finite(string target, string function)
    {
        (float least, float most, bool hasNegatives) = s_functions[function];
        float[] magnitudes = [.. s_magnitudes.Concat([1.5707964f, 3.1415927f, 22, 355, 710, 9999, 1e4f, 99999, 1e6f]).Where(m => m >= least && m <= most)];
        float[] arguments = [.. Enumerable.Range(0, Count).Select(i => (hasNegatives && i % 2 == 1 ? -1 : 1) * magnitudes[i / 2 % magnitudes.Length])];
        foreach (GeneratedNetwork generated in s_specs.Networks(function, target))
        {
            ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(function));
            arguments.ToDoubles().CopyTo(reference.Parameters["dense_1.bias"], 0);
            float[] parameters = generated.Pack(reference.Parameters), targets = [.. Enumerable.Repeat(float.MinValue, Count)];

            float[] outputs = generated.Forward(parameters, [1]);
            double[] gradients = generated.Unpack(generated.Backward(parameters, [1], targets).Gradients)["dense_1.bias"];

            double[] expected = reference.Forward([1]), derivatives = reference.Backward([1], targets.ToDoubles()).Gradients["dense_1.bias"];
            for (int i = 0; i < Count; i++)
            {
                Assert.True(Difference.Ulps((float)expected[i], outputs[i]) <= 4, $"f({arguments[i]:r}) is {outputs[i]:r} instead of {(float)expected[i]:r}");
                Assert.True(Math.Abs(derivatives[i] - gradients[i]) <= 1e-6 * Math.Abs(derivatives[i]),
                    $"f'({arguments[i]:r}) is {gradients[i] * Count:r} instead of {derivatives[i] * Count:r}");
            }
        }
    }

    [Theory]
    [InlineData("log", 0, float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("log", -1, float.NaN, -1)]
    [InlineData("log", float.PositiveInfinity, float.PositiveInfinity, 0)]
    [InlineData("sqrt", 0, 0, float.PositiveInfinity)]
    [InlineData("sqrt", -1, float.NaN, float.NaN)]
    [InlineData("exp", 89, float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp", -1000, 0, 0)]
    [InlineData("reciprocal", 0, float.PositiveInfinity, float.NegativeInfinity)]
    [InlineData("square", 1e30f, float.PositiveInfinity, 2e30f)]
    [InlineData("sin", float.PositiveInfinity, float.NaN, float.NaN)]
    [InlineData("cos", float.NaN, float.NaN, float.NaN)]
    public void At_the_ends_of_their_domains_functions_are_PyTorchs(string function, float argument, float value, float derivative)
    {
        foreach (string target in TargetName.All)
        {
            foreach (GeneratedNetwork generated in s_specs.Networks(function, target))
            {
                float[] parameters = generated.Pack(new Dictionary<string, double[]>
                {
                    ["dense_1.weight"] = new double[Count],
                    ["dense_1.bias"] = [.. Enumerable.Repeat((double)argument, Count)],
                });

                Assert.All(generated.Forward(parameters, [1]), y => Assert.Equal(value, y));
                // What is no number has no loss that could be differentiated.
                if (float.IsNaN(value))
                    continue;
                float[] gradients = generated.Backward(parameters, [1], [.. Enumerable.Repeat(float.MinValue, Count)]).Gradients;
                Assert.All(generated.Unpack(gradients)["dense_1.bias"],
                    g => Assert.Equal(value < float.MinValue ? -derivative : derivative, (float)(g * Count)));
            }
        }
    }

    [Theory]
    [InlineData("relu", 0)]
    [InlineData("abs", 0)]
    [InlineData("leaky_relu", 0.01f)]
    [InlineData("{ elu: 0.25 }", 0.25f)]
    [InlineData("relu6", 0)]
    [InlineData("selu", 1.7580993408473766f)]
    public void The_derivative_at_0_is_PyTorchs(string activation, float expected)
    {
        foreach (string target in TargetName.All)
        {
            foreach (GeneratedNetwork generated in s_specs.Networks(activation, target))
            {
                float[] parameters = generated.Pack(new Dictionary<string, double[]>
                {
                    ["dense_1.weight"] = new double[Count],
                    ["dense_1.bias"] = [.. Enumerable.Range(0, Count).Select(i => i % 2 == 0 ? 0.0 : -0.0)],
                });

                float[] gradients = generated.Backward(parameters, [1], [.. Enumerable.Repeat(-1f, Count)]).Gradients;

                Assert.All(generated.Unpack(gradients)["dense_1.bias"], g => Assert.Equal(expected / Count, (float)g));
            }
        }
    }

    [Fact]
    public void The_derivative_of_prelu_at_0_is_the_weight()
    {
        CompiledSpecs specs = new(new Dictionary<string, string> { ["prelu"] = "input: 1\nlayers: [dense: 4, prelu]\nloss: mean_absolute_error\n" });
        foreach (string target in TargetName.All)
        {
            GeneratedNetwork generated = specs.Network("prelu", target);
            float[] parameters = generated.Pack(new Dictionary<string, double[]>
            {
                ["dense_1.weight"] = new double[4], ["dense_1.bias"] = [0.0, -0.0, 0.0, -0.0], ["prelu_1.weight"] = [0.375],
            });

            IReadOnlyDictionary<string, double[]> gradients = generated.Unpack(generated.Backward(parameters, [1], [-1f, -1f, -1f, -1f]).Gradients);

            Assert.All(gradients["dense_1.bias"], g => Assert.Equal(0.375 / 4, g));
            Assert.Equal(0, gradients["prelu_1.weight"][0]);
        }
    }
}
