using System;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>Graphs, and layers that move elements, in the reference.</summary>
public sealed class ReferenceGraphTests
{
    [Theory]
    [InlineData("add: { from: [a, b] }")]
    [InlineData("add: { from: [a, a, b, input_side] }")]
    [InlineData("multiply: { from: [a, b] }")]
    [InlineData("multiply: { from: [b, a, b, input_side] }")]
    [InlineData("concat: { from: [a, b] }")]
    [InlineData("concat: { from: [b, a, b], axis: 0 }")]
    public void Gradients_add_up_over_all_that_read_a_value(string merge)
    {
        GradientCheck.Assert($$"""
            input: 4
            layers:
              - dense: { units: 5, activation: tanh, name: a }
              - dense: { units: 5, name: b }
              - dense: { units: 5, name: input_side, activation: sigmoid, from: input }
              - {{merge}}
              - dense: { units: 3, activation: softplus, name: above }
              - concat: { from: [above, a, input] }
              - dense: 2
            loss: half_squared_error
            """,
            3,
            merge.Contains("input_side") ? [] : ["input_side.weight", "input_side.bias"]);
    }

    [Theory]
    [InlineData("[3, 4]", "concat: { from: [a, input, a], axis: 1 }")]
    [InlineData("[3, 4]", "concat: { from: [a, input], axis: 0 }")]
    [InlineData("[3, 4]", "permute: [1, 0]")]
    [InlineData("[3, 4]", "zero_pad: [2, 1]")]
    [InlineData("[3, 4]", "zero_pad: 1")]
    [InlineData("[6, 4]", "reshape: [2, -1, 4]")]
    [InlineData("[6, 4]", "reshape: [3, 8]")]
    [InlineData("[6, 4]", "reshape: -1")]
    public void Gradients_through_layers_that_move_elements_are_those_of_central_differences(string input, string layer)
    {
        GradientCheck.Assert($$"""
            input: {{input}}
            layers:
              - dense: { units: 4, activation: tanh, name: a }
              - {{layer}}
              - multiply: { from: [{{Kind(layer)}}_1, {{Kind(layer)}}_1] }
              - flatten
              - dense: 2
            loss: half_squared_error
            """);
    }

    [Fact]
    public void A_loss_that_fuses_with_the_last_layer_reads_what_that_reads()
    {
        GradientCheck.Assert("""
            input: 3
            layers:
              - dense: { units: 4, name: logits }
              - dense: { units: 2, trainable: false }
              - softmax: { from: logits }
            loss: cross_entropy
            """);
    }

    [Theory]
    [InlineData("zero_pad: [1, 0, 2, 1]", "[2, 2, 1]", "0 0 0 0  0 0 1 0  0 0 2 0  0 0 0 0  0 0 3 0  0 0 4 0")]
    [InlineData("zero_pad: [1, 2]", "{ shape: [2, 2], layout: sequence }", "0 0  1 2  3 4  0 0  0 0")]
    [InlineData("zero_pad: [1, 2]", "{ shape: [2, 2], layout: channels }", "0 1 2 0 0  0 3 4 0 0")]
    [InlineData("zero_pad: 1", "{ shape: [1, 2], layout: channels }", "0 1 2 0")]
    [InlineData("permute: [1, 0]", "[2, 3]", "1 4  2 5  3 6")]
    [InlineData("permute: [2, 0, 1]", "[2, 1, 3]", "1 4  2 5  3 6")]
    [InlineData("reshape: [3, -1]", "[2, 3]", "1 2 3 4 5 6")]
    [InlineData("concat: { from: [input, input] }", "[2, 2]", "1 2 3 4  1 2 3 4")]
    [InlineData("concat: { from: [input, input], axis: 1 }", "[2, 2]", "1 2  1 2  3 4  3 4")]
    [InlineData("multiply: { from: [input, input, input] }", "3", "1 8 27")]
    [InlineData("add: { from: [input, input] }", "3", "2 4 6")]
    public void Elements_go_where_the_contract_says(string layer, string input, string expected)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($"{{ input: {input}, layers: [{layer}] }}");

        double[] outputs = network.Forward([.. Enumerable.Range(1, network.InputSize).Select(i => (double)i)]);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse), outputs);
    }

    /// <summary>After the exchange a softmax runs over what were the rows.</summary>
    [Theory]
    [InlineData("{ shape: [2, 3], layout: sequence }")]
    [InlineData("{ shape: [2, 3], layout: channels }")]
    public void Permute_exchanges_the_layouts_of_rank_2(string input)
    {
        ReferenceNetwork plain = ReferenceNetwork.Parse($"{{ input: {input}, layers: [softmax] }}");
        ReferenceNetwork permuted = ReferenceNetwork.Parse($"{{ input: {input}, layers: [permute: [1, 0], softmax, permute: [1, 0]] }}");
        double[] x = TestData.Uniform(3, 6).ToDoubles();

        Assert.Equal(plain.Forward(x), permuted.Forward(x), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [InlineData("[3, 4]", "softmax")]
    [InlineData("[3, 4]", "zero_pad: 1")]
    [InlineData("[3, 4]", "permute: [1, 0], softmax")]
    [InlineData("12", "reshape: [3, 4], softmax")]
    [InlineData("[3, 4]", "add: { from: [input, input] }, softmax")]
    public void What_depends_on_the_axes_is_refused_where_nothing_says_which_is_which(string input, string layers) =>
        Assert.Throws<NotSupportedException>(() => ReferenceNetwork.Parse($"{{ input: {input}, layers: [{layers}] }}"));

    private static string Kind(string layer) => layer[..layer.IndexOf(':')];
}
