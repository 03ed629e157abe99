using System;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Layers;

/// <summary>Every misuse of a recurrent layer and of an embedding is reported at what has to change; what nearly is one is not. What cannot stream says why.</summary>
public sealed class RecurrentDiagnosticTests
{
    private const string Channels = "{ shape: [6, 10], layout: channels }";

    [Theory]
    [InlineData("[6, 10]", "{|NETGEN007:lstm|}", "needs 'units'; write lstm: 16")]
    [InlineData("[6, 10]", "gru: {|NETGEN009:0|}", "'units' is 0, but must be from 1 to")]
    [InlineData("[6, 10]", "gru: {|NETGEN009:70000|}", "'units' is 70000, but must be from 1 to 65,536")]
    [InlineData("[6, 10]", "simple_rnn: {|NETGEN008:many|}", "'units' is a whole number, not")]
    [InlineData("[6, 10]", "lstm: { units: 4, return_sequences: {|NETGEN008:1|} }", "'return_sequences' is true or false")]
    [InlineData("[6, 10]", "lstm: { units: 4, truncate: {|NETGEN009:0|} }", "'truncate' is 0, but must be from 1 to")]
    [InlineData("[6, 10]", "lstm: { units: 4, checkpoint: {|NETGEN009:-2|} }", "'checkpoint' is -2, but must be from 1 to")]
    [InlineData("[6, 10]", "lstm: { units: 4, {|NETGEN006:return_sequence|}: true }", "did you mean 'return_sequences'?")]
    [InlineData("[6, 10]", "lstm: { units: 4, kernel_initializer: {|NETGEN014:glorot|} }", "glorot")]
    [InlineData("[6, 10]", "gru: { units: 4, trainable: [{|NETGEN015:weight|}] }", "its parameters are weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0")]
    [InlineData("[6, 10]", "{|NETGEN010:LSTM|}: 4", "did you mean 'lstm'?")]
    [InlineData("[6, 10]", "{|NETGEN010:rnn|}: 4", "did you mean 'simple_rnn'?")]
    [InlineData("12", "{|NETGEN021:lstm|}: 4", "takes a sequence, [time, features], but 'input' before it gives a vector of 12; put reshape: [12, 1] before it")]
    [InlineData("[3, 4, 8]", "{|NETGEN021:gru|}: 4", "but 'input' before it gives [channels 3, 4, 8]; put a reshape to [time, features] before it")]
    [InlineData(Channels, "{|NETGEN024:gru|}: 4", "but 'input' before it gives [channels 6, 10]; put permute: [1, 0] before it")]
    [InlineData("[500000, 1]", "{|NETGEN023:lstm|}: { units: 512, return_sequences: true }", "brings the network to")]
    [InlineData("12", "{|NETGEN007:embedding|}: { output_dim: 3 }", "needs 'input_dim'")]
    [InlineData("12", "{|NETGEN007:embedding|}: { input_dim: 3 }", "needs 'output_dim'")]
    [InlineData("12", "embedding: {|NETGEN008:3|}", "takes no single value")]
    [InlineData("12", "embedding: { input_dim: {|NETGEN009:20000000|}, output_dim: 3 }", "must be from 1 to 16,777,216")]
    [InlineData("[12, 2]", "{|NETGEN021:embedding|}: { input_dim: 3, output_dim: 3 }", "takes indices, one for each step, but 'input' before it gives [12, 2]; put flatten before it")]
    public void A_misuse_is_reported_where_it_is_cured(string input, string layer, string message)
    {
        string[] messages = MarkedSpec.Check($"input: {input}\nlayers:\n  - {layer}\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 1]", "lstm: 1")]
    [InlineData("[6, 10]", "gru: { units: 4, truncate: 100, checkpoint: 100 }")]
    [InlineData("[6, 10]", "simple_rnn: { units: 4, truncate: 6, checkpoint: 1, kernel_initializer: he_normal, recurrent_initializer: { orthogonal: 0.5 } }")]
    [InlineData("[6, 10]", "lstm: { units: 4, trainable: [bias_hh_l0] }")]
    [InlineData("12", "embedding: { input_dim: 1, output_dim: 1 }")]
    [InlineData("[12, 1]", "flatten\n  - embedding: { input_dim: 3, output_dim: 3 }")]
    public void What_nearly_is_a_misuse_is_none(string input, string layer) =>
        Assert.Empty(NetworkCompiler.Check($"input: {input}\nlayers:\n  - {layer}\n").Diagnostics);

    [Fact]
    public void An_embedding_of_what_a_layer_computes_is_none()
    {
        string[] messages = MarkedSpec.Check("input: 12\nlayers:\n  - dense: 4\n  - {|NETGEN008:embedding|}: { input_dim: 3, output_dim: 3 }\n");

        Assert.Contains("layer 'embedding_1' takes indices, but 'dense_1' before it computes its numbers; let it read the network's input, as in from: input", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Channels, "conv1d: { filters: 4, kernel_size: 3, padding: same }", "layer 'conv1d_1' sees later steps; write padding: causal")]
    [InlineData(Channels, "conv1d: { filters: 4, kernel_size: 3 }", "layer 'conv1d_1' sees later steps; write padding: causal")]
    [InlineData(Channels, "conv1d: { filters: 4, kernel_size: 3, strides: 2, padding: causal, name: down }", "layer 'down' (conv1d) has strides: 2, so some steps have no output")]
    [InlineData(Channels, "conv_transpose1d: { filters: 4, kernel_size: 3 }", "layer 'conv_transpose1d_1' takes all steps together")]
    [InlineData(Channels, "max_pool1d: 2", "layer 'max_pool1d_1' takes all steps together")]
    [InlineData(Channels, "global_average_pool", "layer 'global_average_pool_1' takes all steps together")]
    [InlineData(Channels, "layer_norm", "layer 'layer_norm_1' takes all steps together; put permute: [1, 0] before it")]
    [InlineData(Channels, "zero_pad: 1", "layer 'zero_pad_1' adds steps to the sequence")]
    [InlineData(Channels, "pad: { padding: 1, mode: edge }", "layer 'pad_1' adds steps to the sequence")]
    [InlineData(Channels, "reverse", "layer 'reverse_1' begins with the last step")]
    [InlineData(Channels, "slice: { axis: 1, start: 1 }", "layer 'slice_1' takes a part of the steps")]
    [InlineData(Channels, "upsample1d", "layer 'upsample1d_1' takes all steps together")]
    [InlineData("[6, 10]", "gru: { units: 4, return_sequences: true }\n  - flatten\n  - dense: 2", "layer 'flatten_1' takes all steps together")]
    [InlineData("{ shape: [20, 1], layout: sequence }", "flatten\n  - dense: 3", "layer 'dense_1' takes all steps together")]
    [InlineData("{ shape: [20, 1], layout: sequence }", "gru: { units: 1, return_sequences: true }\n  - flatten\n  - softmax", "layer 'softmax_1' takes all steps together")]
    [InlineData("[6, 10]", "gru: { units: 6, return_sequences: true, name: a }\n  - gru: { units: 6, name: b, from: input }\n  - reshape: [1, 6]\n  - concat: { from: [a, reshape_1], axis: 0 }", "layer 'concat_1' joins a value of each step with one of all steps")]
    public void What_cannot_stream_says_why(string input, string layers, string message)
    {
        // Long lines are folded.
        string source = System.Text.RegularExpressions.Regex.Replace(Emit($"input: {input}\nlayers:\n  - {layers}\n"), "(?<=\\()\n +|\n +(?=true, D|DiagnosticId)", "");
        source = source.Replace(",true", ", true").Replace(",DiagnosticId", ", DiagnosticId");

        Assert.Contains($"[global::System.Obsolete(\"this network has no Step: {message}\", true, DiagnosticId = \"NETGEN060\")]", source, StringComparison.Ordinal);
        Assert.DoesNotContain("StateSize", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12", "dense: 4")]
    [InlineData("[1, 8, 8]", "flatten\n  - dense: 4")]
    [InlineData("6", "reshape: [1, 6]\n  - dense: 4")]
    public void What_has_no_time_has_no_such_member(string input, string layers) =>
        Assert.DoesNotContain(" Step(", Emit($"input: {input}\nlayers:\n  - {layers}\n"), StringComparison.Ordinal);

    private static string Emit(string spec) =>
        NetworkCompiler.Emit(NetworkCompiler.Check(spec).Network!, new ClassDeclaration(null, [], "Net", []), Target.Net10);
}
