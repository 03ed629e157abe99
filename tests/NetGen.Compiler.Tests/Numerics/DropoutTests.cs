using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Dropout: a mask that depends on the seed, the sample and the element alone. It is read off the gradients: with all
/// weights below a dropout at 0 and biases at 1, what comes in is 1, and the gradient of the weights above is the mask.
/// </summary>
public sealed class DropoutTests
{
    private const int Width = 33;
    private const ulong Seed = 0x0123_4567_89AB_CDEF;

    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["0.5"] = Spec("0.5"),
        ["0.2"] = Spec("0.2"),
        ["0.9"] = Spec("0.9"),
        ["0"] = Spec("0"),
        ["smooth"] = $$"""
            input: 5
            layers:
              - dense: { units: {{Width}}, activation: tanh }
              - dropout: 0.5
              - dense: { units: {{Width}}, activation: softplus }
              - dropout: 0.2
              - dense: 1
            loss: hinge
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.5 } }
            """,
        ["of the input"] = "{ input: 33, layers: [dropout: 0.5, dense: 1], loss: hinge }",
    });

    public static TheoryData<string> OnEveryTarget => [.. TargetName.All];

    public static TheoryData<string, string> Rates => Rows.Of(TargetName.All, (string[])["0.5", "0.2", "0.9", "0"]);

    [Theory]
    [MemberData(nameof(Rates))]
    public void What_is_kept_is_scaled_and_its_share_is_what_the_rate_leaves(string target, string rate)
    {
        const int Samples = 40;
        GeneratedNetwork network = s_specs.Networks(rate, target).First();
        float drop = float.Parse(rate, System.Globalization.CultureInfo.InvariantCulture);

        (double[][] first, double[][] second) = Masks(network, Samples, Seed);

        foreach (double[] all in (double[][])[[.. first.SelectMany(m => m)], [.. second.SelectMany(m => m)]])
        {
            Assert.All(all, m => Assert.True(m == 0 || Math.Abs(m * (1 - drop) - 1) < 1e-6, $"{m} is neither 0 nor 1 / (1 - {rate})"));
            double kept = all.Count(m => m != 0) / (double)all.Length;
            double deviation = Math.Sqrt(drop * (1 - drop) / all.Length);
            Assert.InRange(kept, 1 - drop - 4 * deviation, 1 - drop + 4 * deviation);
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void The_mask_depends_on_seed_layer_sample_and_element(string target)
    {
        const int Samples = 16;
        foreach (GeneratedNetwork network in s_specs.Networks("0.5", target))
        {
            (double[][] first, double[][] second) = Masks(network, Samples, Seed);
            (double[][] again, double[][] secondAgain) = Masks(network, Samples, Seed);
            (double[][] other, _) = Masks(network, Samples, Seed + 1);
            (double[][] highBits, _) = Masks(network, Samples, Seed ^ (1UL << 63));

            Assert.Equal(first, again);
            Assert.Equal(second, secondAgain);
            AssertIndependent(first, second);
            AssertIndependent(first, other);
            AssertIndependent(first, highBits);
            AssertIndependent(first[..^1], first[1..]);
            AssertIndependent([.. first.Select(m => m[..^1])], [.. first.Select(m => m[1..])]);
            // A sample's mask under one seed is not its neighbour's under the next.
            AssertIndependent(first[1..], other[..^1]);
            AssertIndependent(first[..^1], other[1..]);
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void The_mask_of_a_sample_is_the_same_however_many_follow_it(string target)
    {
        foreach (GeneratedNetwork network in s_specs.Networks("0.5", target))
        {
            (double[][] many, double[][] manySecond) = Masks(network, 21, Seed);
            (double[][] few, double[][] fewSecond) = Masks(network, 3, Seed);
            (double[][] one, double[][] oneSecond) = Masks(network, 1, Seed);

            Assert.Equal(many[..3], few);
            Assert.Equal(manySecond[..3], fewSecond);
            Assert.Equal(many[..1], one);
            Assert.Equal(manySecond[..1], oneSecond);
        }
    }

    [Fact]
    public void The_mask_is_the_same_on_every_target_and_however_far_the_code_is_unrolled()
    {
        const int Samples = 9;
        (double[][] first, double[][] second) = Masks(s_specs.Network("0.2", TargetName.Net10), Samples, Seed);
        foreach (string target in TargetName.All)
        {
            foreach (GeneratedNetwork network in s_specs.Networks("0.2", target))
            {
                (double[][] otherFirst, double[][] otherSecond) = Masks(network, Samples, Seed);
                Assert.Equal(first.Select(m => m.Select(v => v != 0)), otherFirst.Select(m => m.Select(v => v != 0)));
                Assert.Equal(second.Select(m => m.Select(v => v != 0)), otherSecond.Select(m => m.Select(v => v != 0)));
            }
        }
    }

    /// <summary>Masks are the same whatever the parameters, so those read off a plain network hold for the real values too.</summary>
    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void With_its_masks_given_the_reference_agrees(string target)
    {
        foreach (GeneratedNetwork network in s_specs.Networks("smooth", target))
        {
            foreach (int samples in (int[])[1, 7])
            {
                NumericCase numbers = NumericCase.Draw(s_specs.Spec("smooth"), samples);
                ReferenceNetwork reference = numbers.Reference;
                (double[][] first, double[][] second) = Masks(network, samples, Seed, Math.Tanh(1), Precise.Softplus(1));
                Dictionary<string, double[]> masks = new()
                {
                    ["dropout_1"] = [.. first.SelectMany(m => m.Select(v => v != 0 ? 1 / (1 - (double)0.5f) : 0))],
                    ["dropout_2"] = [.. second.SelectMany(m => m.Select(v => v != 0 ? 1 / (1 - (double)0.2f) : 0))],
                };
                float[] parameters = network.Pack(reference.Parameters);
                double[] inputs = numbers.Inputs.ToDoubles(), targets = numbers.Targets.ToDoubles();

                (float loss, float[] gradients) = network.Backward(parameters, numbers.Inputs, numbers.Targets, Seed);

                (double expectedLoss, IReadOnlyDictionary<string, double[]> expected) = reference.Backward(inputs, targets, masks);
                Assert.Contains(gradients, g => g != 0);
                Agreement.AssertClose([expectedLoss], [loss], Agreement.Tolerance, "loss");
                Agreement.AssertGradients(expected, network.Unpack(gradients));
            }
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void The_same_seed_gives_the_same_bits(string target)
    {
        foreach (GeneratedNetwork network in s_specs.Networks("smooth", target))
        {
            NumericCase numbers = NumericCase.Draw(s_specs.Spec("smooth"), 7);
            float[] parameters = network.Pack(numbers.Reference.Parameters);

            (float loss, float[] gradients) = network.Backward(parameters, numbers.Inputs, numbers.Targets, Seed);
            (float again, float[] gradientsAgain) = network.Backward(parameters, numbers.Inputs, numbers.Targets, Seed);
            (float other, float[] otherGradients) = network.Backward(parameters, numbers.Inputs, numbers.Targets, Seed + 1);

            Assert.Equal(loss, again);
            Assert.Equal(gradients, gradientsAgain);
            Assert.NotEqual(loss, other);
            Assert.NotEqual(gradients, otherGradients);
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void Inference_drops_nothing(string target)
    {
        foreach (string name in (string[])["smooth", "0.9", "of the input"])
        {
            GeneratedNetwork network = s_specs.Networks(name, target).First();
            NumericCase numbers = NumericCase.Draw(s_specs.Spec(name), 5);
            float[] parameters = network.Pack(numbers.Reference.Parameters);
            double[] inputs = numbers.Inputs.ToDoubles(), targets = numbers.Targets.ToDoubles();

            Agreement.AssertClose(numbers.Reference.Forward(inputs), network.Forward(parameters, numbers.Inputs), Agreement.Tolerance, "outputs");
            Agreement.AssertClose(
                [numbers.Reference.Loss(inputs, targets)], [network.Loss(parameters, numbers.Inputs, numbers.Targets)], Agreement.Tolerance, "loss");
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void The_input_is_dropped_like_any_other_layers_output(string target)
    {
        foreach (GeneratedNetwork network in s_specs.Networks("of the input", target))
        {
            float[] parameters = network.Pack(new Dictionary<string, double[]> { ["dense_1.weight"] = new double[33], ["dense_1.bias"] = [0] });
            float[] inputs = [.. Enumerable.Repeat(1f, 2 * 33)];

            double[] first = network.Unpack(network.Backward(parameters, inputs, [-1f, 0f], Seed).Gradients)["dense_1.weight"];
            double[] second = network.Unpack(network.Backward(parameters, inputs, [0f, -1f], Seed).Gradients)["dense_1.weight"];

            // The mean over two samples halves the gradient, and 1 / (1 - 0.5) doubles it.
            Assert.All(first.Concat(second), m => Assert.True(m is 0 or 1, $"{m}"));
            AssertIndependent([first], [second]);
        }
    }

    [Theory]
    [InlineData(TargetName.Net10)]
    [InlineData(TargetName.Portable)]
    [InlineData(TargetName.Arrays)]
    public void An_instance_draws_another_mask_at_every_step_and_repeats_from_the_same_step(string target)
    {
        GeneratedNetwork network = s_specs.Networks("smooth", target).First();
        NumericCase numbers = NumericCase.Draw(s_specs.Spec("smooth"), 4);
        GeneratedInstance instance = network.Create(1);

        float first = instance.Backward(numbers.Inputs, numbers.Targets);
        instance.Steps = 1;
        float second = instance.Backward(numbers.Inputs, numbers.Targets);
        instance.Steps = 0;
        float again = instance.Backward(numbers.Inputs, numbers.Targets);

        Assert.NotEqual(first, second);
        Assert.Equal(first, again);
    }

    /// <summary>
    /// The multipliers of both dropout layers for each sample. A sample is singled out by its target: at 0 the hinge
    /// loss 1 - y f has the derivative 0, at -1 it is 1. The values that enter the dropouts are divided out.
    /// </summary>
    private static (double[][] First, double[][] Second) Masks(
        GeneratedNetwork network, int samples, ulong seed, double firstValue = 1, double secondValue = 1)
    {
        Dictionary<string, double[]> values = new()
        {
            ["dense_1.weight"] = new double[Width * network.InputSize],
            ["dense_1.bias"] = Ones(Width),
            ["dense_2.weight"] = new double[Width * Width],
            ["dense_2.bias"] = Ones(Width),
            ["dense_3.weight"] = Ones(Width),
            ["dense_3.bias"] = [0],
        };
        float[] parameters = network.Pack(values), inputs = new float[samples * network.InputSize];
        double[][] first = new double[samples][], second = new double[samples][];
        for (int n = 0; n < samples; n++)
        {
            float[] targets = new float[samples];
            targets[n] = -1;
            IReadOnlyDictionary<string, double[]> gradients = network.Unpack(network.Backward(parameters, inputs, targets, seed).Gradients);
            second[n] = [.. gradients["dense_3.weight"].Select(g => Round(g * samples / secondValue))];

            // dL/dW2[j, i] = m1[i] x dL/dz[j]: any row j that the second dropout kept shows the first mask.
            int row = Array.FindIndex(second[n], m => m != 0);
            if (row < 0)
            {
                first[n] = [];
                continue;
            }

            double slope = gradients["dense_2.bias"][row] * samples;
            first[n] = [.. gradients["dense_2.weight"].Skip(row * Width).Take(Width).Select(g => Round(g * samples / slope / firstValue))];
        }

        return (first, second);

        static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

        // The masks are compared between targets and numbers of samples, whose roundings differ.
        static double Round(double value) => Math.Round(value, 5);
    }

    /// <summary>Fair coins that are independent agree about half the time; 5 standard deviations.</summary>
    private static void AssertIndependent(double[][] a, double[][] b)
    {
        bool[] agree = [.. a.SelectMany(m => m).Zip(b.SelectMany(m => m), (x, y) => (x != 0) == (y != 0))];
        double share = agree.Count(same => same) / (double)agree.Length;
        double deviation = 0.5 / Math.Sqrt(agree.Length);
        Assert.InRange(share, 0.5 - 5 * deviation, 0.5 + 5 * deviation);
    }

    private static string Spec(string rate) => $$"""
        input: 2
        layers:
          - dense: {{Width}}
          - dropout: {{rate}}
          - dense: {{Width}}
          - dropout: {{rate}}
          - dense: 1
        loss: hinge
        optimizer: { sgd: { learning_rate: 0.1 } }
        """;
}
