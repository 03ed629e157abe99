using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Layers;

/// <summary>
/// Every misuse of clip, power, reductions, merges and group norms is reported at what has to change, with both numbers and the cure; what nearly is one is
/// not.
/// </summary>
public sealed class MathDiagnosticTests
{
    private const string Sequence = "{ shape: [10, 6], layout: sequence }", Channels = "{ shape: [6, 10], layout: channels }";

    [Theory]
    [InlineData("4", "{|NETGEN007:clip|}", "layer 'clip_1' needs 'min' or 'max', the limits that values are kept within; write e.g. clip: { min: -1, max: 1 }")]
    [InlineData("4", "clip: { min: 1, max: {|NETGEN009:0.5|} }", "'max' is 0.5, below the 'min' of 1; exchange them")]
    [InlineData("4", "clip: { min: {|NETGEN009:-.inf|} }", "'min' is -.inf, but must be a finite number; leave it out for none")]
    [InlineData("4", "clip: { {|NETGEN006:min_value|}: 0 }", "'min'")]
    [InlineData("4", "clip: {|NETGEN008:1|}", "takes no single value, but has '1'; write clip: { min: …, max: … }")]
    [InlineData("4", "{|NETGEN007:power|}", "needs 'exponent', to which each value is raised; write e.g. power: 2")]
    [InlineData("4", "power: {|NETGEN009:0|}", "'exponent' is 0, but must be a finite number other than 0, which would make every value 1")]
    [InlineData("4", "reduce_mean: {|NETGEN009:1|}",
        "layer 'reduce_mean_1' reduces axis 1, but 'input' before it gives 4, whose axes are 0 to 0, or from the end -1 to -1")]
    [InlineData("[3, 4, 5]", "reduce_max: [0, {|NETGEN009:-4|}]", "reduces axis -4, but 'input' before it gives [channels 3, 4, 5], whose axes are 0 to 2")]
    [InlineData("[3, 4, 5]", "reduce_sum: [2, {|NETGEN009:-1|}]", "'axes' lists axis 2 of [channels 3, 4, 5] twice, as -1 too; once is enough")]
    [InlineData("4", "reduce_min: {|NETGEN009:[]|}", "'axes' is an empty list; write reduce_min: -1 for the last axis, or leave it out for all")]
    [InlineData("4", "reduce_min: {|NETGEN008:all|}", "'axes' is a whole number, or a list of them, not 'all'")]
    [InlineData("4", "reduce_min: { axes: 0, {|NETGEN006:keepdims|}: true }", "'keep_dims'")]
    [InlineData("[6, 4, 5]", "group_norm: {|NETGEN009:4|}",
        "has groups: 4, which does not divide the 6 channels that 'input' gives; write a number that does, such as 3")]
    [InlineData(Sequence, "group_norm: {|NETGEN009:4|}", "which does not divide the 6 features that 'input' gives")]
    [InlineData("4", "group_norm: {|NETGEN025:4|}",
        "normalizes groups of a single value each, as 'input' before it gives 4, which leaves nothing of them; write fewer groups")]
    [InlineData("4", "{|NETGEN025:instance_norm|}",
        "normalizes elements of a single value each, as 'input' before it gives 4, which leaves nothing of them; use layer_norm")]
    [InlineData("[3, 1, 1]", "{|NETGEN025:instance_norm|}", "normalizes channels of a single value each, as 'input' before it gives [channels 3, 1, 1]")]
    [InlineData("[10, 6]", "{|NETGEN022:instance_norm|}", "it is not known whether that is [time, features] or [channels, length]")]
    [InlineData("4", "{|NETGEN007:group_norm|}", "needs 'groups'; write group_norm: 4")]
    [InlineData("4", "group_norm: { groups: 2, center: false, trainable: [{|NETGEN015:bias|}] }",
        "'trainable' lists 'bias', but the layer has center: false; its parameters are weight")]
    [InlineData("4", "layer_norm: { scale: false, center: false, trainable: [{|NETGEN015:weight|}] }",
        "but the layer has scale: false; it has no parameters of its own")]
    [InlineData("4", "rms_norm: { {|NETGEN006:center|}: false }", "has no option 'center'")]
    [InlineData("4", "batch_norm: { scale: {|NETGEN008:2|} }", "'scale' is true or false, not '2'")]
    public void A_misuse_is_reported_where_it_is_cured(string input, string layer, string message)
    {
        string[] messages = MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", "dense: 7", "layer 'add_1' adds 5 from 'input' and 7 from 'other', but sizes are to be equal, or 1, which is stretched; make them equal, as with dense: 5", "add")]
    [InlineData(Sequence, "dense: 7",
        "takes the quotient of [time 10, features 6] from 'input' and [time 10, features 7] from 'other', but axis 1 is 6 and 7: sizes are to be equal, or 1, which is stretched; make them equal, as with dense: 6", "divide")]
    [InlineData("[3, 8, 8]", "conv2d: { filters: 3, kernel_size: 3 }",
        "takes the larger of [channels 3, 8, 8] from 'input' and [channels 3, 6, 6] from 'other', but axis 1 is 8 and 6", "maximum")]
    [InlineData("[3, 8, 8]", "global_average_pool",
        "takes the difference of [channels 3, 8, 8] from 'input' and 3 from 'other', but takes shapes of equal ranks; put reshape: [3, 1, 1] behind 'other', for one number of each channel", "subtract")]
    [InlineData(Sequence, "reduce_mean: 0",
        "takes the mean of [time 10, features 6] from 'input' and 6 from 'other', but takes shapes of equal ranks; put reshape: [1, 6] behind 'other', for one number of each feature", "average")]
    [InlineData(Sequence, "reduce_mean: 1", "but takes shapes of equal ranks; make them equal, as with flatten or reshape", "minimum")]
    public void Sizes_that_do_not_fit_are_reported_with_the_axis(string input, string layer, string message, string merge)
    {
        int colon = layer.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? layer : layer[..colon], value = colon < 0 ? "" : layer[(colon + 1)..].Trim();
        string main = kind switch { "dense" => "units: ", "reduce_mean" => "axes: ", _ => "" };
        string options = value.StartsWith('{') ? value.Trim('{', '}', ' ') + ", " : value.Length == 0 ? "" : $"{main}{value}, ";

        string[] messages = MarkedSpec.Check($"input: {input}\nlayers:\n  - {kind}: {{ {options}name: other }}\n  - {merge}: [input, {{|NETGEN025:other|}}]\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4", "clip: { min: 0.5, max: 0.5 }")]
    [InlineData("4", "clip: { max: -3e38 }")]
    [InlineData("4", "power: -0.5")]
    [InlineData("[10, 6]", "reduce_mean: { axes: [-1, 0], keep_dims: true }")]
    [InlineData("4", "reduce_max: -1")]
    [InlineData("[2, 3, 4, 5]", "reduce_sum: [1, 3]")]
    [InlineData("[6, 4, 5]", "group_norm: 6")]
    [InlineData("6", "group_norm: { groups: 3, scale: false, center: false, trainable: true }")]
    [InlineData(Channels, "instance_norm: { scale: false, trainable: [bias] }")]
    [InlineData("4", "batch_norm: { scale: false, center: false }")]
    public void What_is_right_is_not_reported(string input, string layer) => Assert.Empty(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n"));

    /// <summary>What a reduction leaves of channels is channels; of a sequence, one axis is a vector.</summary>
    [Theory]
    [InlineData("[3, 8, 9]", "reduce_mean: 1", "conv1d: { filters: 2, kernel_size: 3 }")]
    [InlineData("[3, 8, 9]", "reduce_mean: { axes: [1, 2], keep_dims: true }", "conv2d: { filters: 2, kernel_size: 1 }")]
    [InlineData("[3, 8, 9]", "reduce_mean: 0", "gru: 4")]
    [InlineData("[3, 8, 9]", "reduce_mean: 0", "conv1d: { filters: 2, kernel_size: 3 }")]
    [InlineData(Sequence, "reduce_mean: 0", "dense: 4")]
    [InlineData(Sequence, "reduce_mean: { axes: 1, keep_dims: true }", "gru: 4")]
    [InlineData("[10, 6]", "reduce_max", "dense: 4")]
    public void Layers_go_on_with_what_is_left(string input, string layer, string next) =>
        Assert.Empty(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n  - {next}\n"));
}
