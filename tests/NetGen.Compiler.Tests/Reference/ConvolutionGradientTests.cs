using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference's gradients through convolutions against central differences.</summary>
public sealed class ConvolutionGradientTests
{
    [Theory]
    [InlineData("[2, 7]", "conv1d: { filters: 3, kernel_size: 3, strides: 2, activation: tanh, name: first }", "conv1d: { filters: 2, kernel_size: 2 }")]
    [InlineData("[2, 7]", "conv1d: { filters: 4, kernel_size: 3, padding: causal, dilation_rate: 2, name: first }", "conv1d: { filters: 4, kernel_size: 3, padding: same, strides: 3, groups: 2 }")]
    [InlineData("[2, 3, 5]", "conv2d: { filters: 4, kernel_size: [2, 3], padding: 1, activation: softplus, name: first }", "conv2d: { filters: 4, kernel_size: 3, groups: 4, use_bias: false }")]
    [InlineData("[2, 3]", "conv_transpose1d: { filters: 4, kernel_size: 3, strides: 2, output_padding: 1, activation: elu, name: first }", "conv_transpose1d: { filters: 2, kernel_size: 3, padding: 1, groups: 2 }")]
    [InlineData("[3, 2, 3]", "conv_transpose2d: { filters: 2, kernel_size: [2, 3], strides: [1, 2], name: first }", "conv_transpose2d: { filters: 2, kernel_size: 2, padding: [1, 0], dilation_rate: 2 }")]
    [InlineData("[1, 4, 4]", "conv2d: { filters: 3, kernel_size: 3, strides: 2, padding: same, name: first }", "conv_transpose2d: { filters: 1, kernel_size: 2, strides: 2, activation: sigmoid }")]
    public void Gradients_through_convolutions_are_those_of_central_differences(string input, string first, string second)
    {
        GradientCheck.Assert($$"""
            input: {{input}}
            layers:
              - {{first}}
              - {{second}}
              - flatten
              - dense: 2
            loss: half_squared_error
            l2: 0.01
            """);
    }

    [Fact]
    public void Gradients_through_a_residual_block_are_those_of_central_differences()
    {
        GradientCheck.Assert("""
            input: [2, 4, 3]
            layers:
              - conv2d: { filters: 3, kernel_size: 3, padding: same, activation: tanh, name: trunk }
              - conv2d: { filters: 3, kernel_size: 3, padding: same }
              - add: { from: [trunk, conv2d_2] }
              - concat: { from: [add_1, input] }
              - softmax
              - conv2d: { filters: 2, kernel_size: 1 }
            loss: cross_entropy_with_logits
            """);
    }
}
