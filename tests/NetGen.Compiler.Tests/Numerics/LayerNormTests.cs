using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>layer_norm and rms_norm over rows of any length, of vectors, sequences and channels.</summary>
public abstract class LayerNormTests(string target) : ITargetTests
{
    private static readonly CompiledSpecs s_specs = new(Specs(), isLoops: true, isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    private static Dictionary<string, string> Specs()
    {
        Dictionary<string, string> specs = [];
        foreach (string kind in (string[])["layer_norm", "rms_norm"])
        {
            // A row of one or two is the same whatever it holds, nearly: what stands below would have no gradient to speak of.
            foreach (int size in (int[])[1, 2, 3])
                specs[$"{kind} of the input, {size}"] = $"input: {size}\nlayers: [{kind}, {{ dense: 2 }}]\nloss: squared_error\n";
            foreach (int size in (int[])[5, 8, 12, 17, 33, 70, 130])
                specs[$"{kind} of {size}"] = $"input: 6\nlayers: [{{ dense: {size} }}, {kind}, {{ dense: {{ units: 3, activation: tanh }} }}, {{ dense: 2 }}]\nloss: squared_error\n";
            specs[$"{kind} at each step"] = $"input: {{ shape: [6, 4], layout: sequence }}\nlayers: [{{ dense: 11 }}, {kind}: {{ epsilon: 0.01 }}, {{ dense: 3 }}]\nloss: squared_error\n";
            specs[$"{kind} at each step, long"] = $"input: {{ shape: [3, 4], layout: sequence }}\nlayers: [{{ dense: 76 }}, {kind}, {{ dense: 3 }}]\nloss: squared_error\n";
            specs[$"{kind} of [5, 7], whatever that is"] = $"input: [5, 7]\nlayers: [{kind}, flatten, {{ dense: 3 }}]\nloss: squared_error\n";
            specs[$"{kind} along the width of an image"] = $"input: 4\nlayers: [{{ dense: 90 }}, reshape: [2, 5, 9], {{ max_pool2d: {{ pool_size: 2, strides: 1 }} }}, {kind}, flatten, {{ dense: 3 }}]\nloss: squared_error\n";
            specs[$"{kind} beside what it reads"] = $"input: 6\nlayers: [{{ dense: {{ units: 19, name: a }} }}, {kind}: {{ name: b }}, {{ dense: {{ units: 19, name: c }} }}, add: [a, c], {kind}: {{ from: a, name: d }}, add: [add_1, d], {{ dense: 2 }}]\nloss: squared_error\noptimizer: {{ sgd: {{ learning_rate: 0.1, momentum: 0.9, clip_norm: 1 }} }}\nl2: 0.01\n";
            specs[$"{kind}, frozen"] = $"input: 6\nlayers: [{{ dense: 9 }}, {kind}: {{ trainable: false }}, {{ dense: 2 }}]\nloss: squared_error\n";
            specs[$"{kind}, only the weight trained, nothing below"] = $"input: [4, 9]\nlayers: [{{ dense: {{ units: 9, trainable: false }} }}, {kind}: {{ trainable: [weight] }}, {{ dense: 2 }}]\nloss: squared_error\n";
        }

        specs["layer_norm, only the bias trained, nothing below"] = "input: [4, 9]\nlayers: [layer_norm: { trainable: [bias] }, { dense: 2 }]\nloss: squared_error\n";
        specs["layer_norm, only the bias trained"] = "input: [4, 9]\nlayers: [{ dense: 7 }, layer_norm: { trainable: [bias] }, { dense: 2 }]\nloss: squared_error\n";
        specs["the last layer"] = "input: 6\nlayers: [{ dense: 21 }, layer_norm]\nloss: mean_squared_error\n";
        return specs;
    }

    /// <summary>Where a processor has no fused multiply-add, each of them rounds twice; what a norm divides by multiplies that.</summary>
    private const double TwoRoundings = 2;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 9])
                Agreement.Assert(generated, NumericCase.Draw(spec, samples), TwoRoundings);
        }
    }

    /// <summary>Were the variance the mean of the squares less the square of the mean, nothing of it would be left.</summary>
    [Theory]
    [InlineData("{ input: 37, layers: [layer_norm], loss: squared_error }")]
    [InlineData("{ input: [3, 100], layers: [layer_norm], loss: squared_error }")]
    public void Numbers_far_from_0_lose_nothing(string spec)
    {
        ReferenceNetwork reference = ReferenceNetwork.Parse(spec);
        reference.Fill(3);
        float[] inputs = [.. TestData.Uniform(7, 2 * reference.InputSize).Select(static v => 30_000f + v)], targets = TestData.Uniform(8, inputs.Length);
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpec(spec, TargetName.Parse(target));
        float[] parameters = assembly["Net"].Pack(reference.Parameters);

        Agreement.AssertClose(reference.Forward(inputs.ToDoubles()), assembly["Net"].Forward(parameters, inputs), Agreement.Tolerance, "outputs");
        Agreement.AssertGradients(
            reference.Backward(inputs.ToDoubles(), targets.ToDoubles()).Gradients, assembly["Net"].Unpack(assembly["Net"].Backward(parameters, inputs, targets).Gradients));
    }

    [Fact]
    public void A_row_of_equal_numbers_gives_the_bias()
    {
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpec("{ input: 24, layers: [layer_norm] }", TargetName.Parse(target));
        GeneratedNetwork network = assembly["Net"];
        float[] parameters = network.Pack(new Dictionary<string, double[]> { ["layer_norm_1.weight"] = [.. Enumerable.Repeat(2.0, 24)], ["layer_norm_1.bias"] = [.. Enumerable.Repeat(0.75, 24)] });

        Assert.All(network.Forward(parameters, [.. Enumerable.Repeat(3f, 24)]), static y => Assert.Equal(0.75f, y, 1e-4f));
    }

    [Fact]
    public void Weights_begin_as_ones_and_biases_as_zeros()
    {
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpec("{ input: [2, 5], layers: [layer_norm, rms_norm] }", TargetName.Parse(target));
        GeneratedNetwork network = assembly["Net"];
        IReadOnlyDictionary<string, double[]> initial = network.Unpack(network.Create().Parameters);

        Assert.All(initial["layer_norm_1.weight"], static w => Assert.Equal(1, w));
        Assert.All(initial["layer_norm_1.bias"], static b => Assert.Equal(0, b));
        Assert.All(initial["rms_norm_1.weight"], static w => Assert.Equal(1, w));
        Assert.Equal(15, network.ParameterCount);
    }
}

public sealed class LayerNormOnNet10Tests() : LayerNormTests(TargetName.Net10);

public sealed class LayerNormOnPortableTests() : LayerNormTests(TargetName.Portable);

public sealed class LayerNormOnArraysTests() : LayerNormTests(TargetName.Arrays);
