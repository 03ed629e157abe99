using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Layers;

/// <summary>Every misuse of a layer that moves or repeats elements is reported at what has to change, with both numbers and the cure; what nearly is one is not.</summary>
public sealed class MoveDiagnosticTests
{
    private const string Sequence = "{ shape: [10, 6], layout: sequence }", Channels = "{ shape: [6, 10], layout: channels }";

    [Theory]
    [InlineData("12", "slice: { axis: {|NETGEN009:1|} }", "layer 'slice_1' takes a part of axis 1, but 12 from 'input' has the axis 0 alone")]
    [InlineData("[3, 4, 8]", "slice: { axis: {|NETGEN009:-4|} }", "takes a part of axis -4, but [channels 3, 4, 8] from 'input' has the axes 0 to 2")]
    [InlineData("[3, 4, 8]", "slice: { axis: 2, start: {|NETGEN009:8|} }", "takes nothing: axis 2 of [channels 3, 4, 8] from 'input' has 8 elements, 0 to 7, of which start: 8 leaves none; stop is the first that is not taken")]
    [InlineData("[3, 4, 8]", "slice: { axis: 2, start: 5, stop: {|NETGEN009:-3|} }", "of which start: 5, stop: -3 leaves none")]
    [InlineData("12", "slice: { start: 3, stop: {|NETGEN009:5|}, step: -1 }", "start: 3, stop: 5, step: -1 leaves none; going back, stop is the first that is not taken, so write one below start, or leave it out")]
    [InlineData("12", "slice: { step: {|NETGEN009:0|} }", "'step' is 0, which leads nowhere")]
    [InlineData("12", "slice: { start: {|NETGEN008:1.5|} }", "'start' is a whole number, not")]
    [InlineData("12", "slice: {|NETGEN008:3|}", "takes no single value, but has '3'; write slice: { axis: …, start: …, stop: …, step: … }")]
    [InlineData("12", "slice: { {|NETGEN006:begin|}: 3 }", "did you mean 'start'?")]
    [InlineData("12", "slice: { {|NETGEN006:length|}: 3 }", "here it is 'stop', the first place that is not taken: start + length")]
    [InlineData("12", "{|NETGEN010:crop|}: 3", "here it is 'slice', with an axis, a start and a stop")]
    [InlineData("12", "{|NETGEN021:reverse|}", "takes a sequence or [channels, length], but 'input' before it gives a vector of 12; write slice: { step: -1 } to reverse it")]
    [InlineData("[3, 4, 8]", "{|NETGEN021:reverse|}", "gives [channels 3, 4, 8]; write slice: { axis: 2, step: -1 } to reverse its width, or another axis")]
    [InlineData("[4, 8]", "{|NETGEN022:reverse|}", "reverses [4, 8] in time, or along the length: it is not known whether that is [time, features] or [channels, length]")]
    [InlineData("[3, 4, 8]", "{|NETGEN010:flip|}", "did you mean 'reverse'?")]
    [InlineData("[3, 4, 8]", "pad: { padding: {|NETGEN009:4|}, mode: reflect }", "'padding' is 4 along the height, but 'input' gives [channels 3, 4, 8], which is 4 there: a reflection has at most 3; write 3 or less, or mode: edge")]
    [InlineData("[3, 4, 8]", "pad: { padding: [1, 1, 2, {|NETGEN009:9|}], mode: reflect }", "'padding' is 9 along the width")]
    [InlineData(Sequence, "pad: { padding: [{|NETGEN009:10|}, 0], mode: reflect }", "'padding' is 10 along the time, but 'input' gives [time 10, features 6], which is 10 there")]
    [InlineData("[3, 4, 8]", "pad: { padding: 1, mode: edge, value: {|NETGEN006:2|} }", "has mode: edge, which pads with elements of its input; leave 'value' out, or write mode: constant")]
    [InlineData("[3, 4, 8]", "pad: { padding: 1, mode: {|NETGEN015:replicate|} }", "'mode' is constant or reflect or edge, not 'replicate'; did you mean 'edge'?")]
    [InlineData("[3, 4, 8]", "pad: { padding: 1, mode: {|NETGEN015:circular|} }", "of the modes there are constant, reflect and edge")]
    [InlineData("[3, 4, 8]", "{|NETGEN007:pad|}: { mode: edge }", "needs 'padding', the elements at each edge; write pad: 1")]
    [InlineData("[3, 4, 8]", "pad: {|NETGEN021:[1, 2]|}", "'padding' lists 2 numbers, but [channels 3, 4, 8] from 'input' has 4 edges; write pad: [top, bottom, left, right], or one number for all")]
    [InlineData("[3, 4, 8]", "zero_pad: {|NETGEN021:[1, 2]|}", "write zero_pad: [top, bottom, left, right]")]
    [InlineData("[3, 4, 8]", "zero_pad: { padding: 1, {|NETGEN006:mode|}: edge }", "has no option 'mode'")]
    [InlineData("[3, 4, 8]", "{|NETGEN010:ReflectionPad2d|}: 1", "here it is 'pad', with mode: reflect")]
    [InlineData("[3, 4, 8]", "upsample2d: {|NETGEN009:0|}", "'size' is 0, but must be from 1 to 4,096")]
    [InlineData("[3, 4, 8]", "upsample2d: {|NETGEN009:[2, 2, 2]|}", "'size' lists 3 numbers, but there are 2 axes, height and width")]
    [InlineData("[3, 4, 8]", "upsample2d: { interpolation: {|NETGEN015:linear|} }", "'interpolation' is nearest or bilinear, not 'linear'; did you mean 'bilinear'?")]
    [InlineData("[3, 4, 8]", "upsample2d: { interpolation: {|NETGEN015:bicubic|} }", "what lies between places is the nearest, or on the line between the two")]
    [InlineData("[3, 4, 8]", "{|NETGEN021:upsample1d|}", "takes [channels, length], but 'input' before it gives [channels 3, 4, 8]; write upsample2d")]
    [InlineData(Sequence, "{|NETGEN024:upsample1d|}: 3", "gives the sequence [time 10, features 6]; put permute: [1, 0] before it")]
    [InlineData("[3, 4096, 4096]", "{|NETGEN023:upsample2d|}: 16", "gives more than 268,435,456 values")]
    [InlineData("[3, 4, 8]", "upsample2d: { {|NETGEN006:scale_factor|}: 3 }", "did you mean 'size'?")]
    [InlineData("[3, 4, 8]", "{|NETGEN010:UpSampling2D|}: 3", "did you mean 'upsample2d'?")]
    [InlineData("[3, 4, 8]", "{|NETGEN010:Upsample|}: 3", "did you mean 'upsample1d' or 'upsample2d'?")]
    [InlineData("[6, 4, 8]", "pixel_shuffle: {|NETGEN025:2|}", "makes squares of 2 x 2 pixels of 4 channels each, which does not divide the 6 channels of [channels 6, 4, 8] from 'input'; give it a multiple of 4 channels")]
    [InlineData("[6, 4, 7]", "pixel_unshuffle: {|NETGEN025:2|}", "takes squares of 2 x 2 pixels, but 'input' gives [channels 6, 4, 7], whose width of 7 2 does not divide")]
    [InlineData("[6, 4]", "{|NETGEN021:pixel_shuffle|}: 2", "takes [channels, height, width], but 'input' before it gives [6, 4]; put reshape before it")]
    [InlineData(Sequence, "{|NETGEN024:pixel_unshuffle|}: 2", "gives the sequence [time 10, features 6]; put permute: [1, 0] before it")]
    [InlineData("[6, 4, 7]", "{|NETGEN007:pixel_shuffle|}", "needs 'factor'; write pixel_shuffle: 2")]
    [InlineData("12", "{|NETGEN007:repeat_vector|}", "needs 'n'; write repeat_vector: 10")]
    [InlineData("12", "repeat_vector: {|NETGEN009:0|}", "'n' is 0, but must be from 1 to")]
    [InlineData(Sequence, "{|NETGEN021:repeat_vector|}: 4", "repeats a vector, but 'input' before it gives [time 10, features 6]; leave it out, or put a recurrent layer before it")]
    [InlineData("[3, 4, 8]", "{|NETGEN021:repeat_vector|}: 4", "repeats a vector, but 'input' before it gives [channels 3, 4, 8]; put flatten before it")]
    [InlineData("16777216", "{|NETGEN023:repeat_vector|}: 17", "gives more than 268,435,456 values")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: {|NETGEN025:6|}, strides: 1, ceil_mode: true }", "has a window of 6 along the height")]
    [InlineData("[3, 4, 8]", "average_pool2d: { pool_size: 2, padding: same, count_include_pad: {|NETGEN009:true|} }", "'count_include_pad' is true, but a mean never counts what padding: same adds; leave it out")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, {|NETGEN006:count_include_pad|}: false }", "has no option 'count_include_pad'")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 2, ceil_mode: {|NETGEN008:maybe|} }", "'ceil_mode' is true or false, not 'maybe'")]
    public void A_misuse_is_reported_where_it_is_cured(string input, string layer, string message)
    {
        string[] messages = MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12", "slice")]
    [InlineData("12", "slice: { start: -100, stop: 100 }")]
    [InlineData("12", "slice: { start: 11, step: -20 }")]
    [InlineData("[4, 8]", "slice: { axis: 1, stop: 1 }")]
    [InlineData("[2, 3, 4, 5]", "slice: { axis: -1, step: 2 }")]
    [InlineData(Sequence, "reverse")]
    [InlineData(Channels, "reverse")]
    [InlineData("[3, 4, 8]", "pad: { padding: [3, 3, 7, 7], mode: reflect }")]
    [InlineData("[3, 4, 8]", "pad: { padding: 20, mode: edge }")]
    [InlineData(Sequence, "pad: { padding: [2, 0], value: -1 }")]
    [InlineData("[4, 8]", "upsample1d: { interpolation: linear }")]
    [InlineData("[3, 4, 8]", "upsample2d: { size: [1, 4], interpolation: bilinear }")]
    [InlineData("[9, 4, 7]", "pixel_shuffle: 3")]
    [InlineData("12", "repeat_vector: 1")]
    [InlineData("[3, 4, 8]", "max_pool2d: { pool_size: 5, strides: 2, ceil_mode: true }")]
    [InlineData("[3, 4, 8]", "average_pool2d: { pool_size: 2, padding: same, count_include_pad: false, ceil_mode: true }")]
    public void What_is_right_is_not_reported(string input, string layer) => Assert.Empty(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n"));

    [Theory]
    [InlineData("12", "slice: { start: 2, stop: -1, step: 3 }", "3")]
    [InlineData("12", "slice: { start: -1, step: -5 }", "3")]
    [InlineData("[4, 8]", "slice: { axis: 1, stop: 5 }", "[4, 5]")]
    [InlineData("[3, 4, 8]", "upsample2d: [3, 2]", "[channels 3, 12, 16]")]
    [InlineData("[4, 8]", "upsample1d", "[channels 4, 16]")]
    [InlineData("[18, 4, 7]", "pixel_shuffle: 3", "[channels 2, 12, 21]")]
    [InlineData("[3, 4, 8]", "pixel_unshuffle: 2", "[channels 12, 2, 4]")]
    [InlineData("12", "repeat_vector: 5", "[time 5, features 12]")]
    [InlineData("[1, 10, 7]", "max_pool2d: { pool_size: 3, strides: [3, 2], ceil_mode: true }", "[channels 1, 4, 3]")]
    [InlineData("[1, 5, 5]", "average_pool2d: { pool_size: 2, strides: 4, padding: 1, ceil_mode: true }", "[channels 1, 2, 2]")]
    public void A_shape_follows(string input, string layer, string shape) =>
        Assert.Contains($"gives {shape}", Assert.Single(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n  - permute: {{|NETGEN021:[0, 1, 2, 3, 4]|}}\n")), StringComparison.Ordinal);
}
