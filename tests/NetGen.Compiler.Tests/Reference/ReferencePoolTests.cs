using System;
using System.Linq;
using NetGen.Reference;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference's pools: their gradients, and windows worked out by hand.</summary>
public sealed class ReferencePoolTests
{
    [Theory]
    [InlineData("[1, 9]", "max_pool1d: 2")]
    [InlineData("[1, 9]", "max_pool1d: { pool_size: 3, strides: 2, padding: 1 }")]
    [InlineData("[1, 9]", "average_pool1d: { pool_size: 3, strides: 1, padding: same }")]
    [InlineData("[1, 9]", "average_pool1d: { pool_size: 4, strides: 3, padding: 2 }")]
    [InlineData("[1, 6, 7]", "max_pool2d: { pool_size: [2, 3], strides: [1, 2], padding: same }")]
    [InlineData("[1, 6, 7]", "max_pool2d: 5")]
    [InlineData("[1, 6, 7]", "average_pool2d: { pool_size: 3, padding: [1, 0] }")]
    [InlineData("[1, 6, 7]", "average_pool2d: { pool_size: 2, padding: same, strides: 3 }")]
    [InlineData("[1, 6, 7]", "global_max_pool")]
    [InlineData("[1, 6, 7]", "global_average_pool")]
    public void Gradients_through_pools_are_those_of_central_differences(string input, string pool)
    {
        string axes = input.Count(c => c == ',') == 1 ? "1d" : "2d";
        GradientCheck.Assert($$"""
            input: {{input}}
            layers:
              - conv{{axes}}: { filters: 3, kernel_size: 2, activation: tanh }
              - {{pool}}
              - flatten
              - dense: 2
            loss: half_squared_error
            """);
    }

    [Theory]
    [InlineData("max_pool1d: { pool_size: 3, strides: 2, padding: 1 }", "4 9 9")]
    [InlineData("max_pool1d: { pool_size: 3, strides: 2, padding: same }", "4 9 9")]
    [InlineData("max_pool1d: 2", "4 9")]
    [InlineData("average_pool1d: { pool_size: 3, strides: 2, padding: 1 }", "1 3 3")]
    [InlineData("average_pool1d: { pool_size: 3, strides: 2, padding: same }", "1.5 3 4.5")]
    [InlineData("average_pool1d: { pool_size: 2, strides: 1, padding: same }", "1.5 0 2.5 4.5 0")]
    [InlineData("global_max_pool", "9")]
    [InlineData("global_average_pool", "1.6")]
    public void Windows_are_those_that_the_contract_says(string pool, string expected)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($"{{ input: {{ shape: [1, 5], layout: channels }}, layers: [{pool}] }}");

        Assert.Equal(expected.Split(' ').Select(double.Parse), network.Forward([-1, 4, -4, 9, 0]));
    }

    [Theory]
    [InlineData("max_pool2d: 2")]
    [InlineData("max_pool2d: { pool_size: 4, padding: 1 }")]
    [InlineData("global_max_pool")]
    public void The_gradient_of_a_maximum_goes_to_the_first_of_the_largest(string pool)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($$"""
            input: 4
            layers: [dense: 4, reshape: [1, 2, 2], {{pool}}, flatten]
            loss: half_squared_error
            """);

        network.Parameters["dense_1.bias"][0] = -1;

        Assert.Equal([0, 3, 0, 0], network.Backward([0, 0, 0, 0], new[] { -3.0 }).Gradients["dense_1.bias"]);
    }

    [Theory]
    [InlineData("[3, 4]", "global_max_pool")]
    [InlineData("{ shape: [3, 4], layout: sequence }", "global_average_pool")]
    [InlineData("{ shape: [3, 4], layout: sequence }", "max_pool1d: 2")]
    [InlineData("[3, 4]", "max_pool2d: 2")]
    [InlineData("12", "global_max_pool")]
    public void What_has_no_channels_is_not_pooled(string input, string pool) =>
        Assert.Throws<NotSupportedException>(() => ReferenceNetwork.Parse($"{{ input: {input}, layers: [{pool}] }}"));
}
