using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers.Activations;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Every activation at PyTorch's points. As in <see cref="ActivationPrecisionTests"/> the bias is the argument, and its gradient the derivative
/// over the number of units.
/// </summary>
public sealed class ActivationGoldenTests
{
    /// <summary>Goldens have 14 digits; and PyTorch rounds the slope 1/6 of hard_sigmoid to float.</summary>
    private const double ReferenceTolerance = 1e-13, RoundedSlope = 1e-8;

    /// <summary>Four roundings of float32: of a value relative to itself (but in far tails, where PyTorch's formulas cancel), of a derivative to the largest.</summary>
    private const double GeneratedTolerance = 5e-7, Cancelled = 1e-15;

    private static readonly IReadOnlyDictionary<string, GoldenActivation> s_goldens = Goldens.ActivationPoints;

    private static readonly CompiledSpecs s_specs = new(s_goldens.Values.ToDictionary(g => g.Activation, g => $$"""
        input: 1
        layers: [dense: { units: {{g.Arguments.Length}}, activation: {{g.Activation}} }]
        loss: mean_absolute_error
        """));

    public static TheoryData<string> Activations => [.. s_goldens.Keys];

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, s_goldens.Keys);

    [Fact]
    public void Every_activation_but_the_softmaxes_is_there()
    {
        Assert.Equal(
            ActivationRegistry.Activations.All.Select(a => a.Name).Except(["softmax", "log_softmax"]).Order(),
            s_goldens.Keys.Where(name => !name.StartsWith('{')).Order());
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void The_references_values_and_derivatives_are_PyTorchs(string activation)
    {
        GoldenActivation golden = s_goldens[activation];
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(activation));
        golden.Arguments.ToDoubles().CopyTo(reference.Parameters["dense_1.bias"], 0);

        double[] values = reference.Forward([1]);
        double[] derivatives = reference.Backward([1], Targets(golden).ToDoubles()).Gradients["dense_1.bias"];

        double slope = activation == "hard_sigmoid" ? RoundedSlope : ReferenceTolerance;
        for (int i = 0; i < values.Length; i++)
        {
            AssertClose(golden.Values[i], values[i], ReferenceTolerance * (1 + Math.Abs(golden.Values[i])), $"f({golden.Arguments[i]:r})");
            AssertClose(golden.Derivatives[i], derivatives[i] * values.Length, slope * (1 + Math.Abs(golden.Derivatives[i])), $"f'({golden.Arguments[i]:r})");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generated_values_and_derivatives_are_PyTorchs(string target, string activation)
    {
        GoldenActivation golden = s_goldens[activation];
        foreach (GeneratedNetwork generated in s_specs.Networks(activation, target))
        {
            float[] parameters = generated.Pack(new Dictionary<string, double[]>
            {
                ["dense_1.weight"] = new double[golden.Arguments.Length],
                ["dense_1.bias"] = golden.Arguments.ToDoubles(),
            });

            float[] values = generated.Forward(parameters, [1]);
            double[] derivatives = generated.Unpack(generated.Backward(parameters, [1], Targets(golden)).Gradients)["dense_1.bias"];

            double largest = golden.Derivatives.Max(Math.Abs);
            for (int i = 0; i < values.Length; i++)
            {
                AssertClose(golden.Values[i], values[i], GeneratedTolerance * Math.Abs(golden.Values[i]) + Cancelled, $"f({golden.Arguments[i]:r})");
                AssertClose(golden.Derivatives[i], derivatives[i] * values.Length, GeneratedTolerance * largest, $"f'({golden.Arguments[i]:r})");
            }
        }
    }

    /// <summary>So low that the absolute error's derivative is 1 / n at every output.</summary>
    private static float[] Targets(GoldenActivation golden) => [.. golden.Arguments.Select(_ => float.MinValue)];

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what} is {actual:r} instead of {expected:r}");
}
