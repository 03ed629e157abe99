using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Layers;

/// <summary>Every misuse of a normalization and of a rescaling is reported at what has to change, with both numbers and the cure; what nearly is one is not.</summary>
public sealed class NormalizationDiagnosticTests
{
    private const string Sequence = "{ shape: [10, 6], layout: sequence }", Channels = "{ shape: [6, 10], layout: channels }";

    [Theory]
    [InlineData("4", "normalization: { mean: {|NETGEN025:[1, 2, 3]|} }", "layer 'normalization_1': 'mean' has 3 values, but 'input' before it gives 4 features, 4; write one for each, or a single number for all")]
    [InlineData("1", "normalization: { variance: {|NETGEN025:[1, 2]|} }", "'variance' has 2 values, but 'input' before it gives 1 feature, 1;")]
    [InlineData(Sequence, "normalization: { variance: {|NETGEN025:[1]|} }", "'variance' has 1 value, but 'input' before it gives 6 features, [time 10, features 6]")]
    [InlineData(Channels, "normalization: { mean: {|NETGEN025:[1, 2]|} }", "but 'input' before it gives 6 channels, [channels 6, 10]")]
    [InlineData("[3, 4, 8]", "normalization: { mean: {|NETGEN025:[0, 0, 0, 0]|} }", "'mean' has 4 values, but 'input' before it gives 3 channels, [channels 3, 4, 8]")]
    [InlineData("[10, 6]", "{|NETGEN022:normalization|}", "it is not known whether that is [time, features] or [channels, length]")]
    [InlineData("4", "normalization: { variance: {|NETGEN009:0|} }", "'variance' is 0, but must be above 0: its square root is divided by")]
    [InlineData("4", "normalization: { variance: [1, {|NETGEN009:-1|}, 1, 1] }", "'variance' is -1, but must be above 0")]
    [InlineData("4", "normalization: { mean: {|NETGEN009:.inf|} }", "'mean' is .inf, but must be a finite number")]
    [InlineData("4", "normalization: { mean: {|NETGEN009:[]|} }", "'mean' is an empty list; write a number, or leave it out")]
    [InlineData("4", "normalization: { mean: {|NETGEN008:none|} }", "'mean' is a number, or a list of them, not 'none'; write e.g. mean: 0")]
    [InlineData("4", "normalization: { mean: [1, 2, {|NETGEN008:a|}, 4] }", "'mean' is a number, or a list of them, but lists 'a'")]
    [InlineData("4", "normalization: { {|NETGEN006:trainable|}: false }", "has no option 'trainable': its mean and variance are statistics of the data, which no step changes; leave it out, or use batch_norm")]
    [InlineData("4", "normalization: { {|NETGEN006:std|}: 2 }", "'variance'")]
    [InlineData("4", "normalization: { {|NETGEN006:axis|}: -1 }", "leave it out: it works over the features")]
    [InlineData("4", "normalization: {|NETGEN008:0.5|}", "takes no single value, but has '0.5'; write normalization: { mean: …, variance: … }")]
    [InlineData("4", "{|NETGEN007:rescaling|}", "needs 'scale', what each value is multiplied by; write e.g. rescaling: 0.0625")]
    [InlineData("4", "rescaling: {|NETGEN009:0|}", "'scale' is 0, but must be a finite number other than 0")]
    [InlineData("4", "rescaling: { scale: 1, offset: {|NETGEN008:[1, 2]|} }", "'offset' is a number, not")]
    [InlineData("4", "rescaling: { scale: 2, {|NETGEN006:shift|}: 1 }", "'offset'")]
    public void A_misuse_is_reported_where_it_is_cured(string input, string layer, string message)
    {
        string[] messages = MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4", "normalization")]
    [InlineData("4", "normalization: { mean: [1, 2, 3, 4], variance: 1e-12 }")]
    [InlineData("1", "normalization: { mean: [1], variance: 0.5 }")]
    [InlineData(Sequence, "normalization: { variance: [1, 2, 3, 4, 5, 6] }")]
    [InlineData(Channels, "normalization: { mean: [1, 2, 3, 4, 5, 6] }")]
    [InlineData("[3, 4, 8]", "normalization: { mean: [1, 2, 3], name: scaled }")]
    [InlineData("[10, 6]", "rescaling: { scale: -0.5, offset: 1e9 }")]
    [InlineData("[2, 3, 4, 5]", "rescaling: 1")]
    public void What_is_right_is_not_reported(string input, string layer) => Assert.Empty(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n"));
}
