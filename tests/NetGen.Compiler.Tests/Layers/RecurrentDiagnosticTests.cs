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
    [InlineData("[6, 10]", "lstm: { units: 4, activation: {|NETGEN011:softmax|} }", "'activation' is softmax, which is over all units together, but a step works on each unit by itself; write e.g. activation: tanh")]
    [InlineData("[6, 10]", "gru: { units: 4, recurrent_activation: {|NETGEN011:sigmoidal|} }", "did you mean 'sigmoid'?")]
    [InlineData("[6, 10]", "gru: { units: 4, recurrent_activation: { leaky_relu: { {|NETGEN006:alpha|}: 0.3 } } }", "did you mean 'negative_slope'?")]
    [InlineData("[6, 10]", "simple_rnn: { units: 4, {|NETGEN006:recurrent_activation|}: tanh }", "it has no gates; its one activation is 'activation'")]
    [InlineData("[6, 10]", "lstm: { units: 4, {|NETGEN006:reset_after|}: true }", "only a gru has a reset gate")]
    [InlineData("[6, 10]", "gru: { units: 4, {|NETGEN006:linear_before_reset|}: 1 }", "here it is 'reset_after', true where that is 1")]
    [InlineData("[6, 10]", "gru: { units: 4, use_bias: false, trainable: [weight_ih_l0, {|NETGEN015:bias_hh_l0|}] }", "but the layer has use_bias: false; its parameters are weight_ih_l0, weight_hh_l0")]
    [InlineData("[6, 10]", "{|NETGEN007:bidirectional|}", "holds no recurrent layer (simple_rnn, gru, lstm); write e.g. bidirectional: { lstm: { units: 16 } }")]
    [InlineData("[6, 10]", "bidirectional: {|NETGEN008:lstm|}", "takes no single value, but has 'lstm'; write e.g. bidirectional: { lstm: { units: 16 } }")]
    [InlineData("[6, 10]", "bidirectional: { {|NETGEN006:dense|}: { units: 4 } }", "'dense' is no recurrent layer; it holds one of simple_rnn, gru, lstm")]
    [InlineData("[6, 10]", "bidirectional: { gru: 4, {|NETGEN006:lstm|}: 4 }", "holds 'lstm' beside 'gru', but reads a sequence in both directions with one kind of layer; leave one of them out")]
    [InlineData("[6, 10]", "bidirectional: { {|NETGEN006:units|}: 4 }", "write it in the layer that it holds, as in lstm: { units: … }")]
    [InlineData("[6, 10]", "bidirectional: { {|NETGEN007:gru|}: { truncate: 3 } }", "gru of layer 'bidirectional_1' needs 'units'; write gru: 16")]
    [InlineData("[6, 10]", "bidirectional: { gru: { units: 4, {|NETGEN006:name|}: a } }", "has no option 'name': that is of both directions; write it beside 'gru'")]
    [InlineData("[6, 10]", "bidirectional: { gru: { units: {|NETGEN009:0|} } }", "gru of layer 'bidirectional_1': 'units' is 0")]
    [InlineData("[6, 10]", "bidirectional: { lstm: 4, merge_mode: {|NETGEN015:ave|} }", "did you mean 'average'?")]
    [InlineData("[6, 10]", "bidirectional: { lstm: 4, trainable: [{|NETGEN015:weight_ih_reverse|}] }", "did you mean 'weight_ih_l0_reverse'?")]
    [InlineData("[6, 10]", "{|NETGEN010:bilstm|}: 4", "here it is 'bidirectional', around the layer, as in bidirectional: { lstm: { units: 16 } }")]
    [InlineData("[6, 10]", "lstm: { units: 4, {|NETGEN006:bidirectional|}: true }", "write the layer within one, as in bidirectional: { lstm: { units: 16 } }")]
    [InlineData(Channels, "{|NETGEN024:bidirectional|}: { gru: 4 }", "put permute: [1, 0] before it")]
    [InlineData("12", "{|NETGEN021:bidirectional|}: { gru: 4 }", "put reshape: [12, 1] before it")]
    [InlineData("[6, 10]", "bidirectional: { gru: 4 }\n  - {|NETGEN021:gru|}: 4", "'bidirectional_1' gives only its last state: write return_sequences: true in it")]
    [InlineData("[6, 10]", "gru: { units: 4, weights_of: {|NETGEN019:a|} }", "shares the weights of 'a', but no layer above it has that name; nothing above it has weights that can be shared")]
    [InlineData("[6, 10]", "gru: { units: 4, name: first, return_sequences: true }\n  - gru: { units: 4, weights_of: {|NETGEN019:frist|} }", "did you mean 'first'?")]
    [InlineData("[6, 10]", "gru: { units: 4, weights_of: {|NETGEN019:gru_1|} }", "shares the weights of itself; name a layer above")]
    [InlineData("[6, 10]", "gru: { units: 4, weights_of: {|NETGEN019:input|} }", "shares the weights of 'input', which has none")]
    [InlineData("[6, 10]", "gru: { units: 4, weights_of: {|NETGEN008:[a]|} }", "'weights_of' names a layer above, not a list")]
    [InlineData("[6, 10]", "gru: { units: 10, name: a, return_sequences: true }\n  - gru: { units: {|NETGEN025:9|}, weights_of: a }", "shares the weights of 'a', which has units: 10, but has units: 9; write units: 10")]
    [InlineData("[6, 10]", "gru: { units: 9, name: a, return_sequences: true }\n  - gru: { units: 9, weights_of: {|NETGEN025:a|} }", "which are for 10 features, but 'a' before it gives 9; put dense: 10 before it")]
    [InlineData("[6, 10]", "gru: { units: 10, name: a, return_sequences: true }\n  - gru: { units: 10, weights_of: a, reset_after: {|NETGEN025:false|} }", "which has reset_after: true; write that in both")]
    [InlineData("[6, 10]", "lstm: { units: 10, name: a, return_sequences: true }\n  - gru: { units: 10, weights_of: {|NETGEN019:a|} }", "which is a layer 'lstm'; it can share those of another gru")]
    [InlineData("[6, 10]", "gru: { units: 10, name: a, return_sequences: true }\n  - gru: { units: 10, weights_of: a, recurrent_initializer: {|NETGEN006:zeros|} }", "shares the weights of 'a', which begin as that layer says; leave 'recurrent_initializer' out")]
    [InlineData("[6, 10]", "gru: { units: 10, name: a, return_sequences: true }\n  - gru: { units: 10, weights_of: a, trainable: [{|NETGEN015:weight_hh_l0|}] }", "but the layer has weights_of: a; its parameters are bias_ih_l0, bias_hh_l0")]
    [InlineData("12", "embedding: { input_dim: 30, output_dim: 4, name: e }\n  - dense: { units: {|NETGEN025:29|}, weights_of: e }", "shares the weight of 'e', [30, 4], but has units: 29; for 4 inputs that weight gives 30 outputs: write units: 30")]
    [InlineData("12", "dense: { units: 5, name: a }\n  - dense: { units: {|NETGEN025:5|}, weights_of: a }", "[5, 12], but has units: 5; for 5 inputs that weight gives 12 outputs: write units: 12")]
    [InlineData("12", "dense: { units: 5, name: a }\n  - dense: 7\n  - dense: { units: 12, weights_of: {|NETGEN025:a|} }", "but 'dense_2' before it gives 7 features; put dense: 12 before it")]
    [InlineData("12", "dense: { units: 5, name: a }\n  - dense: { units: 12, weights_of: a, kernel_initializer: {|NETGEN006:zeros|} }", "leave 'kernel_initializer' out")]
    [InlineData("12", "dense: { units: 5, name: a }\n  - dense: { units: 12, weights_of: a, use_bias: false, trainable: [{|NETGEN015:weight|}] }", "but the layer has weights_of: a; it has no parameters of its own")]
    [InlineData("[1, 4, 4]", "conv2d: { filters: 3, kernel_size: 4, name: c }\n  - flatten\n  - dense: { units: 3, weights_of: {|NETGEN019:c|} }", "which is a layer 'conv2d'; it can share those of an embedding or of another dense layer")]
    [InlineData("12", "dense: { units: {|NETGEN009:0|}, name: a }\n  - dense: { units: 12, weights_of: a }", "'units' is 0")]
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
    [InlineData("[6, 10]", "gru: { units: 4, activation: { elu: 0.5 }, recurrent_activation: hard_sigmoid, use_bias: false, reset_after: false }")]
    [InlineData("[6, 10]", "bidirectional: { simple_rnn: 4, merge_mode: multiply, trainable: [bias_hh_l0_reverse] }")]
    [InlineData("[6, 10]", "lstm: { units: 10, return_sequences: true, name: a }\n  - lstm: { units: 10, weights_of: a, use_bias: false, trainable: false }")]
    [InlineData("12", "dense: { units: 5, name: a, activation: tanh }\n  - dense: { units: 12, weights_of: a, bias_initializer: ones, trainable: [bias] }")]
    [InlineData("12", "embedding: { input_dim: 1, output_dim: 1 }")]
    [InlineData("[12, 1]", "flatten\n  - embedding: { input_dim: 3, output_dim: 3 }")]
    public void What_nearly_is_a_misuse_is_none(string input, string layer) =>
        Assert.Empty(NetworkCompiler.Check($"input: {input}\nlayers:\n  - {layer}\n").Diagnostics);

    /// <summary>What is made of indices may be none: a number that is put beside them, or what lies between two.</summary>
    [Theory]
    [InlineData("pad: { padding: 1, value: 1 }", "pad_1")]
    [InlineData("upsample1d: { interpolation: linear }", "upsample1d_1")]
    [InlineData("average_pool1d: 2", "average_pool1d_1")]
    public void Indices_are_not_computed(string layer, string name)
    {
        string spec = $"input: {{ shape: [1, 6], layout: channels }}\nlayers: [ {{ {layer} }}, flatten, {{ {{|NETGEN008:embedding|}}: {{ input_dim: 1, output_dim: 2 }} }} ]\n";
        Assert.Contains($"takes indices, but '{name}' before it computes its numbers", Assert.Single(MarkedSpec.Check(spec)), StringComparison.Ordinal);
    }

    /// <summary>What only moves them, repeats them or puts zeros beside them leaves them what they are.</summary>
    [Theory]
    [InlineData("zero_pad: 1")]
    [InlineData("pad: { padding: 1, mode: reflect }")]
    [InlineData("upsample1d")]
    [InlineData("max_pool1d: 2")]
    public void Indices_may_be_moved(string layer) => Assert.Empty(MarkedSpec.Check(
        $"input: {{ shape: [1, 6], layout: channels }}\nlayers: [ {{ {layer} }}, flatten, {{ embedding: {{ input_dim: 1, output_dim: 2 }} }} ]\n".Replace("{ upsample1d }", "upsample1d", StringComparison.Ordinal)));

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
    [InlineData("[6, 10]", "bidirectional: { gru: { units: 4, return_sequences: true } }", "layer 'bidirectional_1' reads the sequence from its end, too")]
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

    /// <summary>An input of two axes may be steps, but here it only begins a state.</summary>
    [Fact]
    public void What_runs_over_other_steps_than_the_streams_and_begins_from_an_input_says_so()
    {
        string source = Emit("""
            inputs: { x: 4, memory: [1, 8] }
            layers:
              - dense: { units: 4, from: x }
              - reshape: [1, 4]
              - flatten: { from: memory }
              - gru: { units: 8, initial_state: flatten_1, from: reshape_1 }
            """);

        Assert.Contains("layer 'gru_1' begins from a state, and runs over steps that are not those of the stream", source, StringComparison.Ordinal);
        Assert.DoesNotContain("StateSize", source, StringComparison.Ordinal);
    }

    private static string Emit(string spec) =>
        NetworkCompiler.Emit(NetworkCompiler.Check(spec).Network!, new ClassDeclaration(null, [], "Net", []), Target.Net10);
}
