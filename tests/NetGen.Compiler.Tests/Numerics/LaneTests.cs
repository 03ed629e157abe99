using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Tiny networks that run with a sample in each lane, as many at a time as the processor has lanes, or fewer.</summary>
public sealed class LaneTests
{
    private static readonly Dictionary<string, string> s_specs = new()
    {
        ["two inputs, one output"] = "input: 2\nlayers: [dense: { units: 3, activation: sigmoid }, dense: { units: 1, activation: sigmoid }]\nloss: squared_error\n",
        ["three inputs, a sum"] = "input: 3\nlayers: [dense: { units: 9, use_bias: false }, tanh, dense: 2]\nloss: { huber: { reduction: sum } }\n",
        ["classes"] = "input: 4\nlayers: [dense: { units: 16, activation: relu }, dense: 3, softmax]\nloss: cross_entropy\n",
        ["momentum"] = "input: 5\nlayers: [dense: { units: 4, activation: elu }, dense: 4]\nloss: cross_entropy_with_logits\noptimizer: { sgd: { momentum: 0.9, clip_norm: 1 } }\nl2: 0.01\n",
        ["one weight twice"] = "input: 3\nlayers: [dense: { units: 5, activation: tanh, name: a }, dense: { units: 3, weights_of: a, activation: tanh }, dense: { units: 5, weights_of: a }]\nloss: squared_error\n",
        ["frozen below a fork"] = """
            input: 3
            layers:
              - dense: { units: 6, activation: tanh, name: a, trainable: [bias] }
              - dense: { units: 6, name: b, trainable: false }
              - multiply: [a, b]
              - dense: { units: 6, from: a, name: c, use_bias: false }
              - add: [multiply_1, c, b]
              - dense: 2
            loss: squared_error
            """,
    };

    private static readonly ConcurrentDictionary<int, Lazy<GeneratedAssembly>> s_assemblies = new();

    public static TheoryData<int, string> Cases => Rows.Of((int[])[16, 8, 4], s_specs.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_number_of_samples_gives_the_references_outputs_loss_gradients_and_steps(int lanes, string network)
    {
        GeneratedAssembly assembly = s_assemblies.GetOrAdd(lanes, static l => new Lazy<GeneratedAssembly>(() => Compile(l))).Value;
        string className = ClassName(network);

        Assert.Contains("TrainLanes<", assembly.Sources[className]);
        foreach (int samples in (int[])[.. Enumerable.Range(1, 35), 64, 66, 70, 75])
        {
            var numbers = NumericCase.Draw(s_specs[network], samples);
            Agreement.Assert(assembly[className], numbers);
            if (s_specs[network].Contains("cross_entropy"))
                AssertLabels(assembly[className], numbers, samples);
        }
    }

    [Theory]
    [InlineData("dense: { units: 4, activation: sigmoid }", true, true)]
    [InlineData("prelu: {}", false, false)]
    [InlineData("batch_norm: {}", false, false)]
    [InlineData("normalization: {}", true, true)]
    [InlineData("rescaling: 0.5", true, true)]
    [InlineData("layer_norm: {}", false, false)]
    [InlineData("dropout: 0.5", true, false)]
    [InlineData("add: [input, dense_1]", true, true)]
    [InlineData("multiply: [input, input, dense_1]", true, true)]
    [InlineData("concat: [input, dense_1]", false, false)]
    [InlineData("dense: { units: 13, activation: sigmoid }", false, false)]
    [InlineData("dense: { units: 13, activation: relu }", true, true)]
    public void A_tiny_network_runs_in_lanes_where_all_its_layers_can_and_they_are_short(string layer, bool infers, bool trains)
    {
        string source = GeneratedAssembly.Emit("Net", $$"""
            input: 3
            layers: [{ dense: 3 }, { {{layer}} }, { dense: 2 }]
            loss: squared_error
            """, Target.Net10);

        Assert.Equal(infers, source.Contains(" InferLanes<"));
        Assert.Equal(trains, source.Contains(" TrainLanes<"));

        Assert.NotEqual(infers, source.Contains(" InferBlock("));
        Assert.NotEqual(trains, source.Contains(" BackwardBlock("));
    }

    private static GeneratedAssembly Compile(int lanes)
    {
        return GeneratedAssembly.FromSpecs(s_specs.ToDictionary(static s => ClassName(s.Key), static s => s.Value), Target.Net10, Narrowed);

        string Narrowed(string source)
        {
            if (lanes < 16)
                source = source.Replace("V512.IsHardwareAccelerated", "V512.IsHardwareAccelerated & false");
            return lanes < 8 ? source.Replace("V256.IsHardwareAccelerated", "V256.IsHardwareAccelerated & false") : source;
        }
    }

    private static string ClassName(string network) => "Net" + s_specs.Keys.ToList().IndexOf(network);

    /// <summary>A label is a target of 1, to the last bit.</summary>
    private static void AssertLabels(GeneratedNetwork generated, NumericCase numbers, int samples)
    {
        int[] labels = TestData.Labels(5, samples, numbers.Reference.ClassCount);
        float[] parameters = generated.Pack(numbers.Reference.Parameters), targets = numbers.Reference.OneHot(labels).ToFloats();

        (float loss, float[] gradients) = generated.Backward(parameters, numbers.Inputs, labels);
        (float lossOfTargets, float[] gradientsOfTargets) = generated.Backward(parameters, numbers.Inputs, targets);

        Assert.Equal(gradientsOfTargets, gradients);
        Assert.Equal(lossOfTargets, loss);
    }
}
