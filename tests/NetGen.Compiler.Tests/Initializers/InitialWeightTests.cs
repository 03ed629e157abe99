using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Initializers;

/// <summary>Initial weights: their distribution, their place, and that they are the same on every target.</summary>
public sealed class InitialWeightTests
{
    private const int In = 90;
    private const int Out = 70;

    private static readonly string[] Written =
    [
        "zeros", "ones", "{ constant: 0.25 }", "{ uniform: { minval: -1, maxval: 2 } }", "{ normal: { mean: 0.5, stddev: 2 } }",
        "{ truncated_normal: { mean: 0, stddev: 2 } }", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform",
        "lecun_normal", "orthogonal", "{ orthogonal: { gain: 3 } }",
    ];

    private static readonly CompiledSpecs Specs = new(Written.ToDictionary(
        static name => name,
        static name => $"input: {In}\nlayers: [ {{ dense: {{ units: {Out}, kernel_initializer: {name} }} }} ]\nseed: -5\n"));

    public static IEnumerable<object[]> All => Written.Select(static name => new object[] { name });

    [Theory]
    [MemberData(nameof(All))]
    public void They_are_the_same_bits_on_every_target(string initializer)
    {
        float[] expected = Weights(initializer, TargetName.Net10);
        foreach (string target in TargetName.All)
            Assert.Equal(expected, Weights(initializer, target));
    }

    /// <summary>Mean and standard deviation; the limit is the largest magnitude that may and nearly does occur.</summary>
    [Theory]
    [InlineData("{ uniform: { minval: -1, maxval: 2 } }", 0.5, 0.8660254, 2)]
    [InlineData("{ normal: { mean: 0.5, stddev: 2 } }", 0.5, 2, 0)]
    [InlineData("{ truncated_normal: { mean: 0, stddev: 2 } }", 0, 2 * 0.87962566, 4)]
    [InlineData("glorot_uniform", 0, 0.1118034, 0.1936492)] // sqrt(2 / (90 + 70)), and sqrt 3 times that
    [InlineData("glorot_normal", 0, 0.1118034, 0.2542045)] // two deviations before the cut
    [InlineData("he_uniform", 0, 0.1490712, 0.2581989)] // sqrt(2 / 90)
    [InlineData("he_normal", 0, 0.1490712, 0.3389404)]
    [InlineData("lecun_uniform", 0, 0.1054093, 0.1825742)] // sqrt(1 / 90)
    [InlineData("lecun_normal", 0, 0.1054093, 0.2396672)]
    public void They_have_the_distribution_of_their_name(string initializer, double mean, double deviation, double limit)
    {
        float[] weights = Weights(initializer, TargetName.Net10);
        double average = weights.Average(static w => (double)w);
        double spread = Math.Sqrt(weights.Average(w => (w - average) * (w - average)));
        Assert.InRange(average, mean - (0.06 * deviation), mean + (0.06 * deviation));
        Assert.InRange(spread, 0.97 * deviation, 1.03 * deviation);
        if (limit > 0)
            Assert.InRange(weights.Max(Math.Abs), 0.97 * limit, limit * 1.000001);
    }

    /// <summary>Drawn by an implementation of the documented generator in another language, with its own normal quantile.</summary>
    [Theory]
    [InlineData("{ uniform: { minval: -1, maxval: 2 } }", 0.669358973455414, 1.4238934342252025, 1.9201406715020632, 1.7176745241330873, -0.1292076215743979, 1.5103536836317195)]
    [InlineData("{ normal: { mean: 0.5, stddev: 2 } }", 0.7839645212441635, 2.240839549584776, 4.365945539884521, 3.1317441439258724, -0.6052265430716532, 2.462656574635815)]
    [InlineData("{ truncated_normal: { mean: 0, stddev: 2 } }", 0.270962799054764, 1.6404215029192581, 3.325950373286022, 2.4258770481487204, -1.0499104208929786, 1.8418926522650723)]
    public void They_come_from_the_documented_generator(string initializer, params double[] first)
    {
        float[] weights = Weights(initializer, TargetName.Net10);
        Assert.Equal(first.Select(static w => (float)w), weights.Take(first.Length));
    }

    [Theory]
    [InlineData("orthogonal", 1)]
    [InlineData("{ orthogonal: { gain: 3 } }", 3)]
    public void Orthogonal_rows_are_orthonormal_times_the_gain(string initializer, double gain)
    {
        float[] weights = Weights(initializer, TargetName.Net10);
        for (int a = 0; a < Out; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = Enumerable.Range(0, In).Sum(k => (double)weights[(a * In) + k] * weights[(b * In) + k]);
                Assert.Equal(a == b ? gain * gain : 0, dot, 1e-6 * gain * gain);
            }
        }
    }

    [Fact]
    public void Constants_are_exact_and_biases_zero()
    {
        Assert.All(Weights("zeros", TargetName.Net10), static w => Assert.Equal(0, w));
        Assert.All(Weights("ones", TargetName.Net10), static w => Assert.Equal(1, w));
        Assert.All(Weights("{ constant: 0.25 }", TargetName.Net10), static w => Assert.Equal(0.25f, w));
        GeneratedNetwork network = Specs.Network("he_normal", TargetName.Net10);
        Assert.All(network.Unpack(network.Create().Parameters.ToArray())["dense_1.bias"], static b => Assert.Equal(0, b));
    }

    [Fact]
    public void Another_seed_gives_other_weights_and_the_specs_seed_is_the_default()
    {
        GeneratedNetwork network = Specs.Network("glorot_uniform", TargetName.Net10);
        Assert.Equal(network.Create().Parameters.ToArray(), network.Create(-5).Parameters.ToArray());
        Assert.NotEqual(network.Create(1).Parameters.ToArray(), network.Create(2).Parameters.ToArray());
    }

    /// <summary>As presented, [out, in], row-major.</summary>
    private static float[] Weights(string initializer, string target)
    {
        GeneratedNetwork network = Specs.Network(initializer, target);
        return [.. network.Unpack(network.Create().Parameters.ToArray())["dense_1.weight"].Select(static w => (float)w)];
    }
}
