using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>What can be wrong with a convolution, where it is said, and how; and what is right although it is nearly wrong.</summary>
public sealed class ConvolutionDiagnosticTests
{
    [Theory]
    [InlineData("[8, 8, 8]", "{|NETGEN007:conv2d|}: 4", "layer 'conv2d_1' needs 'kernel_size'; write kernel_size: 3")]
    [InlineData("[8, 8, 8]", "{|NETGEN007:conv2d|}: { kernel_size: 3 }", "layer 'conv2d_1' needs 'filters'; write conv2d: 8")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: {|NETGEN009:0|} }", "'kernel_size' is 0, but must be from 1 to 16,777,216")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: {|NETGEN008:big|} }", "'kernel_size' is a whole number or a list of them, not 'big'; write e.g. kernel_size: 3")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: {|NETGEN009:[3, 3, 3]|} }", "'kernel_size' lists 3 numbers, but there are 2 axes, height and width; write kernel_size: 3, or kernel_size: [3, 3]")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: {|NETGEN009:[]|} }", "'kernel_size' lists 0 numbers")]
    [InlineData("[8, 20]", "conv1d: { filters: 4, kernel_size: {|NETGEN009:[3, 3]|} }", "'kernel_size' lists 2 numbers, but there is only one axis; write kernel_size: 3")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: [3, {|NETGEN008:3.5|}] }", "'kernel_size' is a whole number, not '3.5'")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: [3, {|NETGEN009:9|}] }", "'kernel_size' is 9 along the width, but 'input' before it gives only 8; write a smaller kernel_size, or padding: same")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: {|NETGEN009:12|}, padding: 1 }", "'kernel_size' is 12 along the height, but 'input' before it gives only 8 (10 with its padding)")]
    [InlineData("[8, 20]", "conv1d: { filters: 4, kernel_size: {|NETGEN009:8|}, dilation_rate: 3 }", "'kernel_size' is 8, which its dilation spreads to 22, along the length, but 'input' before it gives only 20")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, strides: {|NETGEN009:0|} }", "'strides' is 0, but must be from 1")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, dilation_rate: [1, {|NETGEN009:-2|}] }", "'dilation_rate' is -2, but must be from 1")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, groups: {|NETGEN009:3|} }", "layer 'conv2d_1' has groups: 3, which does not divide the 8 channels that 'input' gives; write a number that divides both, such as 4")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 6, kernel_size: 3, groups: {|NETGEN009:4|} }", "has groups: 4, which does not divide its 6 filters; write a number that divides both, such as 2")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, groups: {|NETGEN009:0|} }", "'groups' is 0, but must be from 1")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, padding: {|NETGEN015:causal|} }", "'padding' is valid, same or a number, not 'causal'; causal is for conv1d, along time")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, padding: {|NETGEN015:sane|} }", "'padding' is valid, same or a number, not 'sane'; did you mean 'same'?")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, padding: {|NETGEN009:-1|} }", "'padding' is -1, but must be from 0")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, padding: {|NETGEN009:[1, 1, 1, 1]|} }", "'padding' lists 4 numbers, but there are 2 axes, height and width")]
    [InlineData("[8, 20]", "conv_transpose1d: { filters: 4, kernel_size: 3, padding: {|NETGEN015:same|} }", "'padding' is valid or a number, not 'same'; where outputs are larger than inputs there is none that are the same")]
    [InlineData("[8, 8, 8]", "conv_transpose2d: { filters: 4, kernel_size: 3, strides: 2, output_padding: {|NETGEN009:2|} }", "'output_padding' is 2 along the height, but must be below the stride, 2, or the dilation, 1")]
    [InlineData("[8, 3]", "conv_transpose1d: { filters: 4, kernel_size: 3, padding: {|NETGEN009:3|} }", "'padding' cuts 3 off both ends of the length, of which there is 5; write at most 2")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, {|NETGEN006:output_padding|}: 1 }", "layer 'conv2d_1' has no option 'output_padding'")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, {|NETGEN006:kernel_sise|}: 1 }", "layer 'conv2d_1' has no option 'kernel_sise'; did you mean 'kernel_size'?")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, use_bias: false, bias_initializer: {|NETGEN006:zeros|} }", "has use_bias: false, so 'bias_initializer' means nothing")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 3, activation: {|NETGEN011:rely|} }", "did you mean 'relu'?")]
    [InlineData("12", "{|NETGEN021:conv1d|}: { filters: 4, kernel_size: 3 }", "layer 'conv1d_1' takes [channels, length], but 'input' before it gives a vector of 12; put reshape: [1, 12] before it")]
    [InlineData("784", "{|NETGEN021:conv2d|}: { filters: 4, kernel_size: 3 }", "takes [channels, height, width], but 'input' before it gives a vector of 784; put reshape: [1, height, width] before it")]
    [InlineData("[8, 8]", "{|NETGEN021:conv2d|}: { filters: 4, kernel_size: 3 }", "gives [8, 8]; use conv1d, or put reshape: [1, 8, 8] before it")]
    [InlineData("[3, 8, 8]", "{|NETGEN021:conv_transpose1d|}: { filters: 4, kernel_size: 3 }", "gives [channels 3, 8, 8]; use conv_transpose2d")]
    [InlineData("[3, 8, 8, 8]", "{|NETGEN021:conv2d|}: { filters: 4, kernel_size: 3 }", "put a reshape to [channels, height, width] before it")]
    [InlineData("{ shape: [20, 8], layout: sequence }", "{|NETGEN024:conv1d|}: { filters: 4, kernel_size: 3 }",
        "layer 'conv1d_1' takes [channels, length], but 'input' before it gives a sequence, [time 20, features 8]; put permute: [1, 0] before it")]
    [InlineData("[8, 8, 8]", "{|NETGEN023:conv2d|}: { filters: 16000000, kernel_size: 8 }", "more than 268,435,456 values")]
    [InlineData("[8, 8, 8]", "{|NETGEN023:conv2d|}: { filters: 1, kernel_size: 1, padding: 16000000 }", "more than 268,435,456 values")]
    [InlineData("[8, 8, 8]", "{|NETGEN023:conv2d|}: { filters: 1, kernel_size: 16777216, dilation_rate: 16777216, padding: same }", "more than 268,435,456 values")]
    [InlineData("[8, 8, 8]", "{|NETGEN023:conv_transpose2d|}: { filters: 1, kernel_size: 3, strides: 16777216 }", "more than 268,435,456 values")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 99, strides: {|NETGEN009:0|}, groups: {|NETGEN009:3|} }", "'strides' is 0")]
    public void What_is_wrong_is_placed_and_explained(string input, string layer, string message)
    {
        string[] messages = MarkedSpec.Check($"input: {input}\nlayers: [ {layer} ]\n");

        Assert.Contains(message, messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 8 }")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 10, padding: 1 }")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 4, kernel_size: 99, padding: same }")]
    [InlineData("[8, 22]", "conv1d: { filters: 4, kernel_size: [8], dilation_rate: [3], padding: [0] }")]
    [InlineData("[8, 5]", "conv1d: { filters: 4, kernel_size: 9, padding: causal }")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 8, kernel_size: 3, groups: 8, strides: [1, 9] }")]
    [InlineData("[8, 8, 8]", "conv_transpose2d: { filters: 4, kernel_size: 3, strides: 1, dilation_rate: 3, output_padding: 2 }")]
    [InlineData("[8, 3]", "conv_transpose1d: { filters: 4, kernel_size: 3, padding: 2 }")]
    [InlineData("{ shape: [20, 8], layout: channels }", "conv1d: { filters: 4, kernel_size: 3 }")]
    [InlineData("{ shape: [20, 8], layout: sequence }", "permute: [1, 0] }, { conv1d: { filters: 4, kernel_size: 3 }")]
    [InlineData("[1, 9, 9]", "conv2d: { filters: 4, kernel_size: 3, padding: valid, trainable: [bias], use_bias: true, bias_initializer: ones }")]
    public void What_is_nearly_wrong_is_right(string input, string layer)
    {
        CheckResult result = NetworkCompiler.Check($"input: {input}\nlayers: [ {{ {layer} }} ]\n");

        Assert.NotNull(result.Network);
    }

    [Theory]
    [InlineData("[3, 7, 8]", "conv2d: { filters: 4, kernel_size: 3, strides: 2, padding: same }", "[channels 4, 4, 4]")]
    [InlineData("[3, 7, 8]", "conv2d: { filters: 4, kernel_size: [3, 2], strides: [1, 2], dilation_rate: [2, 3] }", "[channels 4, 3, 3]")]
    [InlineData("[3, 9]", "conv1d: { filters: 5, kernel_size: 3, padding: causal, strides: 2 }", "[channels 5, 5]")]
    [InlineData("[3, 9]", "conv1d: { filters: 5, kernel_size: 4, padding: 2 }", "[channels 5, 10]")]
    [InlineData("[3, 4, 5]", "conv_transpose2d: { filters: 2, kernel_size: 3, strides: 2, padding: 1, output_padding: [1, 0] }", "[channels 2, 8, 9]")]
    [InlineData("[3, 4]", "conv_transpose1d: { filters: 2, kernel_size: 3, strides: 3, dilation_rate: 2 }", "[channels 2, 14]")]
    public void The_output_has_PyTorchs_shape(string input, string layer, string output) =>
        Assert.Equal(output, NetworkCompiler.Check($"input: {input}\nlayers: [ {layer} ]\n").Network!.Output.ToString());
}
