using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference's chain rule against central differences of its own loss.</summary>
public sealed class ReferenceGradientTests
{
    [Theory]
    [InlineData("linear")]
    [InlineData("relu")]
    [InlineData("leaky_relu")]
    [InlineData("{ leaky_relu: 0.3 }")]
    [InlineData("elu")]
    [InlineData("{ elu: { alpha: 0.5 } }")]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    [InlineData("softplus")]
    [InlineData("softmax")]
    public void Gradients_of_every_activation_are_those_of_central_differences(string activation)
    {
        GradientCheck.Assert($$"""
            input: 5
            layers:
              - dense: { units: 4, activation: {{activation}} }
              - {{activation}}
              - dense: 3
            loss: half_squared_error
            """);
    }

    [Theory]
    [InlineData("squared_error", "linear")]
    [InlineData("half_squared_error", "linear")]
    [InlineData("half_squared_error", "softmax")]
    [InlineData("mean_squared_error", "tanh")]
    [InlineData("{ mean_squared_error: { reduction: sum } }", "linear")]
    [InlineData("mean_absolute_error", "linear")]
    [InlineData("huber", "linear")]
    [InlineData("{ huber: { delta: 0.3, reduction: sum } }", "linear")]
    [InlineData("hinge", "linear")]
    [InlineData("binary_cross_entropy", "sigmoid")]
    [InlineData("binary_cross_entropy", "softmax")]
    [InlineData("{ binary_cross_entropy: { reduction: sum } }", "sigmoid")]
    [InlineData("binary_cross_entropy_with_logits", "linear")]
    [InlineData("cross_entropy", "softmax")]
    [InlineData("cross_entropy_with_logits", "linear")]
    [InlineData("{ cross_entropy_with_logits: { reduction: sum } }", "tanh")]
    public void Gradients_of_every_loss_are_those_of_central_differences(string loss, string last)
    {
        GradientCheck.Assert($$"""
            input: 4
            layers:
              - dense: { units: 5, activation: tanh }
              - dense: { units: 3, activation: {{last}} }
            loss: {{loss}}
            """);
    }

    [Theory]
    [InlineData("half_squared_error", "tanh")]
    [InlineData("cross_entropy", "softmax")]
    [InlineData("cross_entropy_with_logits", "linear")]
    public void Gradients_over_a_sequence_are_those_of_central_differences(string loss, string last)
    {
        GradientCheck.Assert($$"""
            input: [3, 4]
            layers:
              - dense: { units: 5, activation: softplus }
              - dense: { units: 2, activation: {{last}} }
            loss: {{loss}}
            """);
    }

    [Theory]
    [InlineData("[2, 3, 2]")]
    [InlineData("{ shape: [3, 4], layout: channels }")]
    [InlineData("{ shape: [3, 4], layout: sequence }")]
    public void Gradients_through_flatten_dropout_and_l2_are_those_of_central_differences(string input)
    {
        GradientCheck.Assert($$"""
            input: {{input}}
            layers:
              - softmax
              - flatten
              - dense: { units: 6, use_bias: false, activation: elu }
              - dropout: 0.5
              - dense: { units: 3, trainable: [bias] }
            loss: mean_squared_error
            l2: 0.01
            """);
    }

    [Fact]
    public void Frozen_parameters_have_gradients_of_0_and_count_in_the_l2_penalty()
    {
        const string Layers = """
            input: 2
            layers:
              - dense: { units: 3, trainable: false }
              - dense: { units: 2, trainable: [bias], name: last }
            loss: half_squared_error
            """;
        ReferenceNetwork plain = ReferenceNetwork.Parse(Layers), penalized = ReferenceNetwork.Parse(Layers + "\nl2: 0.5");
        plain.Fill(1);
        penalized.Fill(1);
        double[] inputs = TestData.Uniform(2, 2).ToDoubles(), targets = TestData.Uniform(3, 2).ToDoubles();

        (double loss, IReadOnlyDictionary<string, double[]> gradients) = penalized.Backward(inputs, targets);

        Assert.Equal(["dense_1.weight", "dense_1.bias", "last.weight", "last.bias"], penalized.ParameterTable.Select(p => p.Name));
        Assert.Equal(["last.bias"], gradients.Where(g => g.Value.Any(v => v != 0)).Select(g => g.Key));
        double squares = penalized.ParameterTable.Where(p => p.IsWeight).Sum(p => penalized.Parameters[p.Name].Sum(w => w * w));
        Assert.Equal(plain.Loss(inputs, targets) + 0.5 * squares, loss, 14);
    }

    [Theory]
    [InlineData("cross_entropy", "softmax", "[4]")]
    [InlineData("cross_entropy_with_logits", "linear", "[3, 4]")]
    public void Labels_are_one_hot_targets(string loss, string last, string input)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($$"""
            input: {{input}}
            layers:
              - dense: { units: 3, activation: {{last}} }
            loss: {{loss}}
            """);
        network.Fill(5);
        double[] inputs = TestData.Uniform(6, 2 * network.InputSize).ToDoubles();
        int[] labels = TestData.Labels(7, 2 * network.LabelSize, 3);
        double[] targets = new double[3 * labels.Length];
        for (int i = 0; i < labels.Length; i++)
            targets[3 * i + labels[i]] = 1;

        Assert.Equal(network.Loss(inputs, targets), network.Loss(inputs, labels));
        Assert.Equal(network.Backward(inputs, targets).Gradients, network.Backward(inputs, labels).Gradients);
        double[] logProbabilities = [.. Enumerable.Range(0, labels.Length).Select(i => LogSoftmax(network, inputs, last, i, labels[i]))];
        Assert.Equal(-logProbabilities.Average(), network.Loss(inputs, labels), 14);
    }

    private static double LogSoftmax(ReferenceNetwork network, double[] inputs, string last, int position, int label)
    {
        double[] outputs = network.Forward(inputs)[(3 * position)..(3 * position + 3)];
        return last == "softmax"
            ? System.Math.Log(outputs[label])
            : outputs[label] - System.Math.Log(outputs.Sum(System.Math.Exp));
    }
}
