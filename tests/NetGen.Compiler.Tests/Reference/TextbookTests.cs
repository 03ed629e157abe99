using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>Figures that are printed in textbooks and worked examples, to the digits printed there.</summary>
public sealed class TextbookTests
{
    private const string TwoTwoTwo = """
        input: 2
        layers:
          - dense: { units: 2, activation: sigmoid, name: hidden }
          - dense: { units: 2, activation: sigmoid, name: output }
        loss: half_squared_error
        optimizer: { sgd: { learning_rate: 0.5 } }
        """;

    private static readonly double[] s_inputs = [0.05, 0.10];
    private static readonly double[] s_targets = [0.01, 0.99];

    [Fact]
    public void The_two_two_two_network_gives_the_printed_outputs_and_error()
    {
        ReferenceNetwork network = Parse(TwoTwoTwo);
        ReferenceNetwork hidden = ReferenceNetwork.Parse("""
            input: 2
            layers: [dense: { units: 2, activation: sigmoid, name: hidden }]
            """);
        foreach (string name in hidden.Parameters.Keys)
            network.Parameters[name].CopyTo(hidden.Parameters[name], 0);

        double[] outputs = network.Forward(s_inputs);

        Assert.Equal(0.596884378, hidden.Forward(s_inputs)[1], 9);
        Assert.Equal(0.75136507, outputs[0], 8);
        Assert.Equal(0.772928465, outputs[1], 9);
        Assert.Equal(0.298371109, network.Loss(s_inputs, s_targets), 9);
    }

    [Fact]
    public void One_step_gives_the_printed_weights()
    {
        ReferenceNetwork network = Parse(TwoTwoTwo);

        (_, IReadOnlyDictionary<string, double[]> gradients) = network.Backward(s_inputs, s_targets);
        network.SgdStep(gradients, []);

        Assert.Equal(0.000438568, gradients["hidden.weight"][0], 9);
        Assert.Equal(
            [0.35891648, 0.408666186, 0.511301270, 0.561370121],
            network.Parameters["output.weight"].Select(w => System.Math.Round(w, 9)));
        Assert.Equal(0.149780716, network.Parameters["hidden.weight"][0], 9);
    }

    /// <summary>One text prints 0.000351085 for this error, ten times too much.</summary>
    [Fact]
    public void After_10000_steps_with_the_biases_held_the_error_is_3_51e_5()
    {
        ReferenceNetwork network = Parse(TwoTwoTwo
            .Replace("name: hidden", "name: hidden, trainable: [weight]")
            .Replace("name: output", "name: output, trainable: [weight]"));
        Dictionary<string, double[]> state = [];
        for (int step = 0; step < 10_000; step++)
            network.SgdStep(network.Backward(s_inputs, s_targets).Gradients, state);

        Assert.Equal(3.51e-5, network.Loss(s_inputs, s_targets), 7);
        Assert.Equal([0.35, 0.35], network.Parameters["hidden.bias"]);
        Assert.Equal([0.60, 0.60], network.Parameters["output.bias"]);
    }

    /// <summary>a1 = x w1, f = a1 w2, e = f - y, half the sum of e^2: dw2 = a1^T e and dw1 = x^T e w2^T, for any weights.</summary>
    [Fact]
    public void The_linear_two_three_one_network_has_the_gradients_of_the_matrix_formula()
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("""
            input: 2
            layers:
              - dense: { units: 3, use_bias: false }
              - dense: { units: 1, use_bias: false }
            loss: { half_squared_error: { reduction: sum } }
            """);
        double[,] x = { { 1, 0.875 }, { 0.25, 1 }, { 0.75, 0.25 } };
        double[] y = [1, 0.4, 0.6];
        double[,] w1 = { { 0.3, -0.7, 1.1 }, { 0.9, 0.2, -0.4 } };
        double[] w2 = [0.5, -1.3, 0.8];
        for (int j = 0; j < 3; j++)
        {
            network.Parameters["dense_2.weight"][j] = w2[j];
            for (int i = 0; i < 2; i++)
                network.Parameters["dense_1.weight"][2 * j + i] = w1[i, j];
        }

        double[] dw1 = new double[6], dw2 = new double[3];
        for (int n = 0; n < 3; n++)
        {
            double[] a1 = [.. Enumerable.Range(0, 3).Select(j => x[n, 0] * w1[0, j] + x[n, 1] * w1[1, j])];
            double e = a1.Zip(w2, (a, w) => a * w).Sum() - y[n];
            for (int j = 0; j < 3; j++)
            {
                dw2[j] += a1[j] * e;
                dw1[2 * j] += x[n, 0] * e * w2[j];
                dw1[2 * j + 1] += x[n, 1] * e * w2[j];
            }
        }

        (_, IReadOnlyDictionary<string, double[]> gradients) = network.Backward([1, 0.875, 0.25, 1, 0.75, 0.25], y);

        Assert.Equal(dw1, gradients["dense_1.weight"], (a, b) => System.Math.Abs(a - b) < 1e-15);
        Assert.Equal(dw2, gradients["dense_2.weight"], (a, b) => System.Math.Abs(a - b) < 1e-15);
    }

    private static ReferenceNetwork Parse(string yaml)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse(yaml);
        double[][] values = [[0.15, 0.20, 0.25, 0.30], [0.35, 0.35], [0.40, 0.45, 0.50, 0.55], [0.60, 0.60]];
        for (int i = 0; i < values.Length; i++)
            values[i].CopyTo(network.Parameters[network.ParameterTable[i].Name], 0);
        return network;
    }
}
