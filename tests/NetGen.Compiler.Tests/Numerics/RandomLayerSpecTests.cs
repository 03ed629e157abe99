using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Specs of all layers drawn by a seed: 12 of them, or 400 where <c>NETGEN_THOROUGH_TESTS</c> is 1.
/// </summary>
public sealed class RandomLayerSpecTests
{
    private static readonly int s_count = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 400 : 12;

    private static readonly CompiledSpecs s_specs = new(
        Enumerable.Range(0, s_count).ToDictionary(seed => seed.ToString(CultureInfo.InvariantCulture), seed => RandomLayerSpec.Draw(seed, AvailableLayers.Has)),
        isShared: true);

    public static TheoryData<string, string> Cases => s_specs.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_loss_gradients_and_steps_are_the_references(string target, string seed)
    {
        string spec = s_specs.Spec(seed);
        try
        {
            // Few values have a variance that is almost 0, or a normalised value that hardly depends on them.
            int[] samples = spec.Contains("batch_norm", StringComparison.Ordinal) ? [4, 9] : [1, 4];
            foreach (GeneratedNetwork generated in s_specs.Networks(seed, target))
            {
                foreach (int count in samples)
                    Agreement.Assert(generated, NumericCase.Draw(spec, count), Agreement.LayerSlack);
            }
        }
        catch (Exception e) when (e is not InvalidOperationException)
        {
            throw new InvalidOperationException($"{e.Message}\n{spec}", e);
        }
    }

    /// <summary>Of all layers, whether the compiler has them yet or not; together they use each.</summary>
    [Fact]
    public void The_reference_computes_every_spec_that_is_drawn()
    {
        HashSet<string> kinds = [];
        for (int seed = 0; seed < 200; seed++)
        {
            string spec = RandomLayerSpec.Draw(seed, _ => true);
            ReferenceNetwork network = ReferenceNetwork.Parse(spec);
            network.Fill(seed);
            double[] inputs = network.Inputs(1, 3).ToDoubles();
            double[] targets = TestData.Uniform(2, 3 * network.OutputSize).ToDoubles();

            (double loss, IReadOnlyDictionary<string, double[]> gradients) = network.Backward(inputs, targets);

            Assert.True(double.IsFinite(loss), spec);
            Assert.All(gradients.Values, g => Assert.All(g, v => Assert.True(double.IsFinite(v), spec)));
            kinds.UnionWith(network.LayerKinds);
        }

        Assert.Superset(
            new HashSet<string>(
            [
                "dense", "flatten", "conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "max_pool1d", "max_pool2d", "average_pool1d",
                "average_pool2d", "global_max_pool", "global_average_pool", "reshape", "permute", "zero_pad", "batch_norm", "layer_norm", "rms_norm",
                "add", "multiply", "concat", "softmax", "simple_rnn", "gru", "lstm", "embedding", "pad", "slice", "reverse", "repeat_vector", "upsample1d", "upsample2d",
                "pixel_shuffle", "pixel_unshuffle",
            ]),
            kinds);
    }
}
