using System;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference where float64 itself would lose digits: far tails, saturated outputs, kinks.</summary>
public sealed class ReferencePrecisionTests
{
    /// <summary>exp(-100), from 40 digits.</summary>
    private const double ExpMinus100 = 3.720075976020835962959695803863118337359e-44;

    [Fact]
    public void Sigmoid_with_its_cross_entropy_keeps_its_digits_at_logits_of_100()
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("""
            input: 1
            layers:
              - dense: { units: 1, activation: sigmoid }
            loss: binary_cross_entropy
            """);
        network.Parameters["dense_1.weight"][0] = 1;

        // At y = 0 and z = -100: f - y = sigmoid(-100) = exp(-100) / (1 + exp(-100)); 1 + exp(-100) rounds to 1. At y = 1 and z = 100 its negative.
        AssertBias(ExpMinus100, -100, 0);
        AssertBias(-ExpMinus100, 100, 1);
        AssertBias(1, 100, 0);
        AssertBias(-1, -100, 1);
        AssertLoss(ExpMinus100, -100, 0);
        AssertLoss(ExpMinus100, 100, 1);
        AssertLoss(100, 100, 0);

        void AssertBias(double expected, double z, double y) =>
            AssertDigits(expected, network.Backward([z], [y]).Gradients["dense_1.bias"][0]);

        void AssertLoss(double expected, double z, double y) => AssertDigits(expected, network.Loss([z], new[] { y }));
    }

    [Fact]
    public void Softmax_with_its_cross_entropy_keeps_its_digits_at_logits_of_100()
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("""
            input: 3
            layers:
              - dense: 3
              - softmax
            loss: cross_entropy
            """);
        for (int i = 0; i < 3; i++)
            network.Parameters["dense_1.weight"][4 * i] = 1;

        double[] right = network.Backward([100, 0, 0], new[] { 0 }).Gradients["dense_1.bias"];
        double[] wrong = network.Backward([100, 0, 0], new[] { 1 }).Gradients["dense_1.bias"];

        AssertDigits(-2 * ExpMinus100, right[0]);
        AssertDigits(ExpMinus100, right[1]);
        AssertDigits(ExpMinus100, right[2]);
        AssertDigits(2 * ExpMinus100, network.Loss([100, 0, 0], new[] { 0 }));
        AssertDigits(1, wrong[0]);
        AssertDigits(-1, wrong[1]);
        AssertDigits(100, network.Loss([100, 0, 0], new[] { 1 }));
    }

    [Theory]
    [InlineData(1e-20)]
    [InlineData(-1e-12)]
    [InlineData(3e-8)]
    [InlineData(0.4)]
    [InlineData(-0.4)]
    [InlineData(-0.99)]
    public void Log1P_and_ExpM1_agree_with_their_series(double x)
    {
        AssertDigits(Log1PSeries(x), Precise.Log1P(x));
        AssertDigits(ExpM1Series(x), Precise.ExpM1(x));
    }

    [Theory]
    [InlineData("relu", 0)]
    [InlineData("{ leaky_relu: 0.25 }", 0.25)]
    [InlineData("{ elu: 0.5 }", 0.5)]
    public void The_derivative_at_a_kink_is_PyTorchs(string activation, double expected)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($$"""
            input: 1
            layers: [dense: { units: 1, activation: {{activation}} }]
            loss: half_squared_error
            """);

        Assert.Equal(-expected, network.Backward([1], new[] { 1.0 }).Gradients["dense_1.bias"][0]);
    }

    [Theory]
    [InlineData("mean_absolute_error", 1, 0)]
    [InlineData("hinge", 1, 0)]
    [InlineData("hinge", 0.5, -1)]
    [InlineData("hinge", 1.5, 0)]
    [InlineData("{ huber: { delta: 0.5 } }", 0.5, -0.5)]
    [InlineData("{ huber: { delta: 0.5 } }", 4, 0.5)]
    public void The_derivative_of_a_loss_at_its_kink_is_PyTorchs(string loss, double output, double expected)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($"{{ input: 1, layers: [dense: 1], loss: {loss} }}");
        network.Parameters["dense_1.bias"][0] = output;

        Assert.Equal(expected, network.Backward([0], new[] { 1.0 }).Gradients["dense_1.bias"][0]);
    }

    [Fact]
    public void An_unfused_log_is_at_least_minus_100()
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("""
            input: 2
            layers: [softmax, dense: { units: 2, use_bias: false }, softmax]
            loss: binary_cross_entropy
            """);
        double[] weight = network.Parameters["dense_1.weight"];
        (weight[0], weight[3]) = (1000, -1000);

        // The second output is 0 to the last bit and the first is 1: two logs of 0, each held at -100; mean over 2 outputs.
        Assert.Equal(100, network.Loss([0, 0], new[] { 0.0, 1.0 }));
    }

    /// <summary>Within 4 units in the last place of a double.</summary>
    private static void AssertDigits(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 4 * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)), $"{actual:r} instead of {expected:r}");

    private static double ExpM1Series(double x)
    {
        double term = 1, sum = 0;
        foreach (double t in Enumerable.Range(1, 40).Select(n => term *= x / n).Reverse().ToArray())
            sum += t;
        return sum;
    }

    /// <summary>log(1 + x) = 2 artanh(x / (2 + x)), whose series converges fast.</summary>
    private static double Log1PSeries(double x)
    {
        double z = x / (2 + x), sum = 0;
        for (int n = 4001; n >= 1; n -= 2)
            sum = sum * z * z + 1.0 / n;
        return 2 * z * sum;
    }
}
