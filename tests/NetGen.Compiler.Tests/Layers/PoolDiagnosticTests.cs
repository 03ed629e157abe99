using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Layers;

/// <summary>Every misuse of a pool and of a normalisation is reported at what has to change, with both numbers and the cure; what nearly is one is not.</summary>
public sealed class PoolDiagnosticTests
{
    private const string Sequence = "{ shape: [10, 6], layout: sequence }", Channels = "{ shape: [6, 10], layout: channels }";

    [Theory]
    [InlineData("[6, 10]", "max_pool1d: {|NETGEN025:11|}", "has a window of 11 along the length, but 'input' gives [channels 6, 10], which is 10 there; write a pool_size of at most 10, or padding: same")]
    [InlineData("[6, 10]", "max_pool1d: { pool_size: {|NETGEN025:13|}, strides: 1, padding: 1 }", "10 there, 12 with its padding; write a pool_size of at most 12")]
    [InlineData("[3, 4, 8]", "average_pool2d: { pool_size: {|NETGEN025:[2, 9]|} }", "a window of 9 along the width, but 'input' gives [channels 3, 4, 8], which is 8 there")]
    [InlineData("[3, 4, 8]", "max_pool2d: {|NETGEN025:5|}", "a window of 5 along the height")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, padding: {|NETGEN009:2|} }", "'padding' is 2 along the height, but must be below the pool_size of 2")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: [3, 2], padding: {|NETGEN009:[2, 2]|} }", "'padding' is 2 along the width, but must be below the pool_size of 2")]
    [InlineData("[6, 10]", "average_pool1d: { pool_size: 1, padding: {|NETGEN009:1|} }", "'padding' is 1, but must be below the pool_size of 1")]
    [InlineData("[3, 4, 8]", "{|NETGEN021:max_pool1d|}: 2", "takes [channels, length], but 'input' before it gives [channels 3, 4, 8]; write max_pool2d")]
    [InlineData("[6, 10]", "{|NETGEN021:average_pool2d|}: 2", "takes [channels, height, width], but 'input' before it gives [6, 10]; write average_pool1d")]
    [InlineData("12", "{|NETGEN021:max_pool1d|}: 2", "gives 12; put reshape: [1, 12] before it")]
    [InlineData("784", "{|NETGEN021:max_pool2d|}: 2", "gives 784; put reshape before it, as in reshape: [1, 28, 28]")]
    [InlineData("[2, 3, 4, 5]", "{|NETGEN021:max_pool2d|}: 2", "gives [channels 2, 3, 4, 5]; put reshape before it")]
    [InlineData(Sequence, "{|NETGEN024:max_pool1d|}: 2", "takes [channels, length], but 'input' before it gives the sequence [time 10, features 6]; put permute: [1, 0] before it")]
    [InlineData(Sequence, "{|NETGEN024:max_pool2d|}: 2", "put permute: [1, 0] before it and write max_pool1d")]
    [InlineData("[3, 4, 8]", "{|NETGEN007:max_pool2d|}", "needs 'pool_size'; write max_pool2d: 2")]
    [InlineData("[3, 4, 8]", "max_pool2d: {|NETGEN009:0|}", "'pool_size' is 0, but must be from 1 to")]
    [InlineData("[3, 4, 8]", "max_pool2d: {|NETGEN008:2.5|}", "'pool_size' is a whole number or a list of them")]
    [InlineData("[3, 4, 8]", "max_pool2d: {|NETGEN009:[2, 2, 2]|}", "'pool_size' lists 3 numbers, but there are 2 axes, height and width")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, strides: {|NETGEN009:0|} }", "'strides' is 0, but must be from 1 to")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, padding: {|NETGEN015:smae|} }", "did you mean 'same'?")]
    [InlineData("[6, 10]", "max_pool1d: { pool_size: 2, padding: {|NETGEN015:causal|} }", "'padding' is valid, same or a number, not")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, {|NETGEN006:dilation_rate|}: 2 }", "has no option 'dilation_rate'")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, trainable: [{|NETGEN015:weight|}] }", "the layer has no parameters")]
    [InlineData("[3, 4, 8]", "{|NETGEN010:maxpool2d|}: 2", "did you mean 'max_pool2d'?")]
    [InlineData("7", "{|NETGEN021:global_max_pool|}", "'input' before it gives a vector of 7")]
    [InlineData("[6, 10]", "{|NETGEN022:global_average_pool|}", "write input: { shape: [6, 10], layout: channels } (of a sequence, put permute: [1, 0] before it)")]
    [InlineData(Sequence, "{|NETGEN024:global_average_pool|}", "gives the sequence [time 10, features 6]; put permute: [1, 0] before it")]
    [InlineData("[3, 4, 8]", "global_max_pool: {|NETGEN008:2|}", "takes no single value")]
    [InlineData("7", "layer_norm: { epsilon: {|NETGEN009:0|} }", "'epsilon' is 0, but must be above 0")]
    [InlineData("7", "rms_norm: { epsilon: {|NETGEN008:small|} }", "'epsilon' is a number, not")]
    [InlineData("7", "rms_norm: { trainable: [{|NETGEN015:bias|}] }", "its parameters are weight")]
    [InlineData("7", "layer_norm: {|NETGEN008:0.001|}", "takes no single value")]
    [InlineData("7", "layer_norm: { {|NETGEN006:axis|}: 1 }", "has no option 'axis'")]
    public void A_misuse_is_reported_where_it_is_cured(string input, string layer, string message)
    {
        string[] messages = MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[6, 10]", "max_pool1d: 10")]
    [InlineData("[6, 10]", "max_pool1d: { pool_size: 12, strides: 1, padding: 1 }")]
    [InlineData("[6, 10]", "max_pool1d: { pool_size: 11, padding: same }")]
    [InlineData("[6, 10]", "max_pool1d: { pool_size: [3], strides: [2], padding: [2] }")]
    [InlineData(Channels, "average_pool1d: { pool_size: 1, padding: 0 }")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: [3, 2], padding: [2, 1] }")]
    [InlineData("[3, 4, 8]", "average_pool2d: { pool_size: 2, strides: 5, padding: valid }")]
    [InlineData("[3, 4, 8, 2]", "global_max_pool")]
    [InlineData(Channels, "global_average_pool")]
    [InlineData("[6, 10]", "layer_norm")]
    [InlineData("[6, 10, 3]", "rms_norm: { epsilon: 1e-12 }")]
    [InlineData("1", "layer_norm: { trainable: [bias] }")]
    public void What_is_right_is_not_reported(string input, string layer) => Assert.Empty(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n"));

    [Fact]
    public void A_pool_decides_that_an_input_of_two_axes_has_channels() =>
        Assert.Contains("[channels 6, 5]", Assert.Single(MarkedSpec.Check("""
            input: [6, 10]
            layers:
              - max_pool1d: 2
              - {|NETGEN024:dense|}: 3
            """)), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_pool_is_one_mistake_and_what_does_not_follow_from_it_is_still_checked() => MarkedSpec.Check("""
        input: [3, 8, 8]
        layers:
          - max_pool2d: {|NETGEN025:9|}
          - flatten
          - dense: { units: {|NETGEN009:0|} }
          - layer_norm: { epsilon: {|NETGEN009:-1|} }
        """);
}
