using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>normalization, by statistics that nothing trains, and rescaling: of vectors, sequences and channels, first, last and in between.</summary>
public abstract class NormalizationTests(string target)
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["a tiny network's input"] = "input: 4\nlayers: [normalization, { dense: { units: 16, activation: relu } }, { dense: 3 }, softmax]\nloss: cross_entropy\n",
        ["in the middle of a tiny network"] = "input: 4\nlayers: [{ dense: { units: 5, activation: tanh } }, normalization: { variance: 2 }, rescaling: -0.5, { dense: 3 }]\nloss: squared_error\n",
        ["beside itself in a tiny network"] = """
            input: 3
            layers:
              - dense: { units: 5, name: a }
              - normalization: { name: b }
              - normalization: { from: a, name: c }
              - multiply: [b, c, a]
              - dense: 2
            loss: squared_error
            """,
        ["a vector"] = "input: 37\nlayers: [normalization, { dense: 40 }, tanh, { dense: 5 }]\nloss: squared_error\noptimizer: { adam: { weight_decay: 0.1, epsilon: 0.01 } }\nl2: 0.01\n",
        ["in the middle, clipped"] = "input: 10\nlayers: [{ dense: 33 }, normalization, tanh, { dense: 5 }]\nloss: squared_error\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 1 } }\nl2: 0.01\n",
        ["a sequence"] = "input: { shape: [6, 5], layout: sequence }\nlayers: [normalization, { gru: 7 }, normalization, { dense: 2 }]\nloss: squared_error\n",
        ["an image"] = "input: [3, 8, 9]\nlayers: [normalization, conv2d: { filters: 5, kernel_size: 3 }, normalization, relu, flatten, { dense: 3 }]\nloss: squared_error\n",
        ["an image of one channel"] = "input: [1, 7, 7]\nlayers: [normalization, flatten, { dense: 9 }, tanh, { dense: 3 }]\nloss: squared_error\n",
        ["a wave of one channel, tiny"] = "input: { shape: [1, 8], layout: channels }\nlayers: [normalization, flatten, { dense: 3 }]\nloss: squared_error\n",
        ["two channels of a tiny network"] = "input: { shape: [2, 4], layout: channels }\nlayers: [normalization, rescaling: { scale: 2, offset: 0.5 }, flatten, { dense: 3 }]\nloss: squared_error\n",
        ["steps of a tiny network"] = "input: { shape: [3, 2], layout: sequence }\nlayers: [normalization, flatten, { dense: { units: 6, activation: tanh } }, reshape: [3, 2], { dense: 4 }, normalization, flatten, { dense: 2 }]\nloss: squared_error\n",
        ["the last layer"] = "input: 6\nlayers: [{ dense: 21 }, normalization, rescaling: { scale: 3, offset: -1 }]\nloss: mean_squared_error\n",
        ["rescaled before and behind a product"] = "input: 20\nlayers: [rescaling: { scale: 0.0625, offset: 0.5 }, { dense: 30 }, rescaling: 2, tanh, { dense: 4 }, rescaling: { scale: -1, offset: 1 }]\nloss: squared_error\n",
        ["rescaled by 1"] = "input: 5\nlayers: [rescaling: 1, { dense: 4 }, rescaling: 1, softmax]\nloss: cross_entropy\n",
        ["rescaled behind a convolution"] = "input: [2, 9]\nlayers: [{ conv1d: { filters: 6, kernel_size: 3 } }, rescaling: 0.5, relu, flatten, { dense: 3 }]\nloss: squared_error\n",
        ["beside batch norm"] = "input: 12\nlayers: [normalization, { dense: 9 }, batch_norm: { epsilon: 0.1 }, rescaling: 0.5, { dense: 3 }]\nloss: squared_error\n",
        ["behind an embedding"] = "input: 5\nlayers: [{ embedding: { input_dim: 7, output_dim: 6 } }, normalization, { simple_rnn: 4 }, { dense: 2 }]\nloss: squared_error\n",
    });

    public static TheoryData<string> Networks => [.. s_specs.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in spec.Contains("batch_norm") ? (int[])[9] : [1, 2, 9, 35])
                Agreement.Assert(generated, NumericCase.Draw(spec, samples), Agreement.LayerSlack);
        }
    }

    [Fact]
    public void Statistics_begin_as_they_are_stated()
    {
        const string Spec = "input: [2, 5, 5]\nlayers: [normalization, normalization: { mean: [1, -2.5], variance: 4 }, normalization: { variance: [0.25, 3], mean: 7 }, flatten, { dense: 2 }]\nloss: squared_error\n";
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpec(Spec, TargetName.Parse(target));
        GeneratedNetwork network = assembly["Net"];
        IReadOnlyDictionary<string, double[]> initial = network.Unpack(network.Create().Parameters);

        Assert.Equal([0, 0], initial["normalization_1.mean"]);
        Assert.Equal([1, 1], initial["normalization_1.variance"]);
        Assert.Equal([1, -2.5], initial["normalization_2.mean"]);
        Assert.Equal([4, 4], initial["normalization_2.variance"]);
        Assert.Equal([7, 7], initial["normalization_3.mean"]);
        Assert.Equal([0.25, 3], initial["normalization_3.variance"]);
    }

    /// <summary>Neither weight decay, the penalty, momentum nor clipping reaches them; and the loss does not count them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Training_leaves_statistics_as_they_are(int samples)
    {
        const string Spec = "input: 6\nlayers: [{ dense: 6 }, normalization: { mean: [1, 2, 3, 4, 5, 6], variance: 9 }, { dense: 2 }]\nloss: squared_error\nl2: 0.5\noptimizer: { adamw: { learning_rate: 0.1, weight_decay: 0.5, clip_norm: 1 } }\n";
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpec(Spec, TargetName.Parse(target));
        GeneratedInstance instance = assembly["Net"].Create();

        for (int step = 0; step < 5; step++)
            instance.TrainStep(TestData.Uniform(step, samples * 6), TestData.Uniform(7, samples * 2), 0.1f);

        IReadOnlyDictionary<string, double[]> trained = assembly["Net"].Unpack(instance.Parameters);
        Assert.Equal([1, 2, 3, 4, 5, 6], trained["normalization_1.mean"]);
        Assert.All(trained["normalization_1.variance"], static v => Assert.Equal(9, v));
    }
}

public sealed class NormalizationOnNet10Tests() : NormalizationTests(TargetName.Net10)
{
    [Fact]
    public void Nothing_below_a_normalization_of_the_input_is_differentiated()
    {
        string source = GeneratedAssembly.Emit("Net", "input: 60\nlayers: [normalization, rescaling: 2, { dense: 3 }]\nloss: squared_error\n", Target.Net10);

        Assert.DoesNotContain("InputGradient", source);
        Assert.DoesNotContain("rescaling'", source);
    }

    [Fact]
    public void A_rescaling_behind_a_product_is_a_part_of_it()
    {
        string source = GeneratedAssembly.Emit("Net", "input: 60\nlayers: [{ dense: 50 }, rescaling: 0.0625]\n", Target.Net10);

        Assert.DoesNotContain("Rescaling1Forward", source);
        Assert.Contains("0.0625f", source);
    }
}

public sealed class NormalizationOnPortableTests() : NormalizationTests(TargetName.Portable);

public sealed class NormalizationOnArraysTests() : NormalizationTests(TargetName.Arrays);
