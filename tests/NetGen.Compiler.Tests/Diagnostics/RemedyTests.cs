using System;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>The remedy of a message is the one that is meant: applied, the spec is right.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData("lstm: 8\n  - lstm: 4", "lstm: { units: 8, return_sequences: true }\n  - lstm: 4")]
    [InlineData("lstm: { units: 8 }\n  - gru: 4", "lstm: { return_sequences: true, units: 8 }\n  - gru: 4")]
    [InlineData("lstm:\n      units: 8\n  - simple_rnn: 4", "lstm:\n      return_sequences: true\n      units: 8\n  - simple_rnn: 4")]
    [InlineData("lstm: { units: 8, return_sequences: false }\n  - gru: 4", "lstm: { units: 8, return_sequences: true }\n  - gru: 4")]
    [InlineData("gru: 8\n  - dropout: 0.1\n  - layer_norm\n  - dense: { units: 3, activation: relu }\n  - gru: 4", "gru: { units: 8, return_sequences: true }\n  - dropout: 0.1\n  - layer_norm\n  - dense: { units: 3, activation: relu }\n  - gru: 4")]
    [InlineData("lstm: 8\n  - conv1d: { filters: 2, kernel_size: 3 }", "lstm: { units: 8, return_sequences: true }\n  - permute: [1, 0]\n  - conv1d: { filters: 2, kernel_size: 3 }")]
    [InlineData("lstm: 8\n  - max_pool1d: 2", "lstm: { units: 8, return_sequences: true }\n  - permute: [1, 0]\n  - max_pool1d: 2")]
    [InlineData("lstm: 8\n  - global_average_pool", "lstm: { units: 8, return_sequences: true }\n  - permute: [1, 0]\n  - global_average_pool")]
    [InlineData("lstm: 8\n  - permute: [1, 0]", "lstm: { units: 8, return_sequences: true }\n  - permute: [1, 0]")]
    [InlineData("lstm: 8\n  - zero_pad: 1", "lstm: { units: 8, return_sequences: true }\n  - zero_pad: 1")]
    [InlineData("lstm: { units: 8, return_sequences: true, name: a }\n  - gru: { units: 8, name: b }\n  - add: [a, b]", "lstm: { units: 8, return_sequences: true, name: a }\n  - gru: { return_sequences: true, units: 8, name: b }\n  - add: [a, b]")]
    [InlineData("gru: { units: 8, name: a, from: input }\n  - gru: { units: 8, return_sequences: true, from: input, name: b }\n  - concat: { from: [a, b], axis: 1 }", "gru: { return_sequences: true, units: 8, name: a, from: input }\n  - gru: { units: 8, return_sequences: true, from: input, name: b }\n  - concat: { from: [a, b], axis: 1 }")]
    [InlineData("lstm: { units: 8, return_sequences: true }\n  - flatten\n  - gru: 4", "lstm: { units: 8, return_sequences: true }\n  - gru: 4")]
    public void A_layer_that_needs_a_sequence_asks_the_recurrent_layer_before_it_for_one(string layers, string cured)
    {
        string spec = $"input: [5, 3]\nlayers:\n  - {layers}\n", right = $"input: [5, 3]\nlayers:\n  - {cured}\n";
        Diagnostic error = Assert.Single(NetworkCompiler.Check(spec).Diagnostics);

        Assert.Equal(right, TextEdit.Apply(spec, Assert.Single(error.Fixes).Edits));
        Assert.Empty(NetworkCompiler.Check(right).Diagnostics);
    }

    [Theory]
    [InlineData("8", "lstm: 4", "reshape: [8, 1]\n  - lstm: 4")]
    [InlineData("8", "dense: 4\n  - gru: 4", "dense: 4\n  - reshape: [4, 1]\n  - gru: 4")]
    [InlineData("8", "conv1d: { filters: 2, kernel_size: 3 }", "reshape: [1, 8]\n  - conv1d: { filters: 2, kernel_size: 3 }")]
    [InlineData("{ shape: [3, 8], layout: channels }", "gru: 2", "permute: [1, 0]\n  - gru: 2")]
    [InlineData("{ shape: [8, 3], layout: sequence }", "conv1d: { filters: 2, kernel_size: 3 }", "permute: [1, 0]\n  - conv1d: { filters: 2, kernel_size: 3 }")]
    [InlineData("{ shape: [8, 3], layout: sequence }", "global_max_pool", "permute: [1, 0]\n  - global_max_pool")]
    [InlineData("[3, 8, 8]", "flatten\n  - conv2d: { filters: 2, kernel_size: 3 }", "conv2d: { filters: 2, kernel_size: 3 }")]
    [InlineData("[3, 8, 8]", "flatten\n  - relu\n  - max_pool2d: 2", "relu\n  - max_pool2d: 2")]
    public void Where_no_recurrent_layer_is_before_it_the_data_takes_another_form(string input, string layers, string cured)
    {
        string spec = $"input: {input}\nlayers:\n  - {layers}\n", right = $"input: {input}\nlayers:\n  - {cured}\n";
        Diagnostic error = Assert.Single(NetworkCompiler.Check(spec).Diagnostics);

        Assert.Equal(right, TextEdit.Apply(spec, Assert.Single(error.Fixes).Edits));
        Assert.Empty(NetworkCompiler.Check(right).Diagnostics);
    }

    [Fact]
    public void In_one_line_a_layer_that_is_put_between_has_braces()
    {
        const string Spec = "input: [5, 3]\nlayers: [ { lstm: 8 }, { max_pool1d: 2 } ]\n";
        Fix fix = NetworkCompiler.Check(Spec).Diagnostics.Single().Fixes.Single();

        Assert.Equal("input: [5, 3]\nlayers: [ { lstm: { units: 8, return_sequences: true } }, { permute: [1, 0] }, { max_pool1d: 2 } ]\n", TextEdit.Apply(Spec, fix.Edits));
    }

    /// <summary>A layer that says itself what it reads would not see what is put before it.</summary>
    [Theory]
    [InlineData("[3, 8, 8]", "relu: { name: a }\n  - dense: { units: 2, from: a }")]
    [InlineData("{ shape: [3, 8], layout: channels }", "gru: { units: 2, from: input }")]
    [InlineData("8", "gru: { units: 2, from: input }")]
    public void Nothing_is_put_before_a_layer_that_reads_by_name(string input, string layers) =>
        Assert.Empty(NetworkCompiler.Check($"input: {input}\nlayers:\n  - {layers}\n").Diagnostics.Single().Fixes);

    [Theory]
    [InlineData("{|NETGEN026:[28, 28, 1]|}", "conv2d: { filters: 8, kernel_size: 3 }\n  - max_pool2d: 2", "[1, 28, 28]")]
    [InlineData("{|NETGEN026:[32, 32, 3]|}", "conv2d: { filters: 8, kernel_size: 5, activation: relu }", "[3, 32, 32]")]
    [InlineData("{ shape: {|NETGEN026:[28, 28, 1]|} }", "conv2d: { filters: 8, kernel_size: 3, padding: same }\n  - max_pool2d: 2", "[1, 28, 28]")]
    [InlineData("{|NETGEN026:[64, 64, 3]|}", "max_pool2d: 2\n  - batch_norm\n  - relu\n  - average_pool2d: 2", "[3, 64, 64]")]
    [InlineData("{|NETGEN026:[100, 1]|}", "conv1d: { filters: 8, kernel_size: 3 }", "[1, 100]")]
    [InlineData("{|NETGEN026:[28, 28, 1]|}", "conv2d: { filters: 8, kernel_size: 3, name: a }\n  - max_pool2d: { pool_size: 2, from: input, name: b }\n  - add: [a, b]", "[1, 28, 28]")] // once
    public void A_window_that_is_larger_than_the_last_axis_points_to_an_input_whose_channels_come_last(string input, string layers, string right)
    {
        string message = Assert.Single(MarkedSpec.Check($"input: {input}\nlayers:\n  - {layers}\n"));

        Assert.Contains($"write input: {right} and give the channels first; else make the window smaller", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[3, 32, 2]", "conv2d: { filters: 8, kernel_size: {|NETGEN009:3|} }")]
    [InlineData("[28, 28, 2]", "conv2d: { filters: 8, kernel_size: {|NETGEN009:3|} }")]
    [InlineData("[1, 6, 6]", "conv2d: { filters: 8, kernel_size: 5 }\n  - max_pool2d: {|NETGEN025:3|}")]
    [InlineData("[28, 28, 1]", "reshape: [28, 28, 1]\n  - conv2d: { filters: 8, kernel_size: {|NETGEN009:3|} }")] // stated there
    [InlineData("{ shape: [100, 1], layout: channels }", "conv1d: { filters: 8, kernel_size: {|NETGEN009:3|} }")]
    public void Elsewhere_it_points_to_the_window(string input, string layers) => MarkedSpec.Check($"input: {input}\nlayers:\n  - {layers}\n");

    [Theory]
    [InlineData("conv1d: { filters: 8, kernel_size: 3 }\n  - {|NETGEN024:lstm|}: { units: 8, from: input }", "takes a sequence, [time, features], but 'input' before it gives [channels 100, 6], as 'conv1d_1' reads it")]
    [InlineData("lstm: 8\n  - {|NETGEN024:conv1d|}: { filters: 8, kernel_size: 3, from: input }", "takes [channels, length], but 'input' before it gives a sequence, [time 100, features 6], as 'lstm_1' reads it")]
    [InlineData("max_pool1d: 2\n  - {|NETGEN024:dense|}: { units: 8, from: input }", "takes a vector or a sequence, but 'input' before it gives [channels 100, 6], as 'max_pool1d_1' reads it")]
    [InlineData("relu: { name: r }\n  - dense: 8\n  - {|NETGEN024:average_pool1d|}: { pool_size: 2, from: r }", "'r' before it gives the sequence [time 100, features 6], as 'dense_1' reads it")]
    [InlineData("relu: { name: r }\n  - gru: 8\n  - {|NETGEN024:conv1d|}: { filters: 8, kernel_size: 3, from: input }", "as 'gru_1' reads it")]
    [InlineData("gru: 8\n  - permute: { axes: [1, 0], from: input }\n  - {|NETGEN024:gru|}: 3", "'permute_1' before it gives [channels 6, 100]")]
    [InlineData("permute: [1, 0]\n  - conv1d: { filters: 8, kernel_size: 3 }\n  - {|NETGEN024:conv1d|}: { filters: 8, kernel_size: 3, from: input }", "[time 100, features 6], as 'conv1d_1' reads it")]
    [InlineData("dense: { units: 6, from: input }\n  - add: { from: [input, dense_1], name: s }\n  - {|NETGEN024:conv1d|}: { filters: 8, kernel_size: 3 }", "'s' before it gives a sequence")]
    [InlineData("reshape: { shape: [50, 12], name: r }\n  - gru: 8\n  - {|NETGEN024:conv1d|}: { filters: 8, kernel_size: 3, from: r }", "'r' before it gives a sequence, [time 50, features 12], as 'gru_1' reads it")]
    public void What_one_layer_reads_as_channels_another_cannot_read_as_a_sequence(string layers, string message) =>
        Assert.Contains(message, Assert.Single(MarkedSpec.Check($"input: [100, 6]\nlayers:\n  - {layers}\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("conv1d: { filters: 8, kernel_size: 3 }\n  - global_average_pool: { name: a }\n  - permute: { axes: [1, 0], from: input }\n  - lstm: { units: 8, name: b }\n  - concat: [a, b]")]
    [InlineData("conv1d: { filters: 8, kernel_size: 3, padding: same, name: a }\n  - conv1d: { filters: 8, kernel_size: 3, padding: same, name: b, from: input }\n  - add: [a, b]")]
    [InlineData("lstm: { units: 8, name: a }\n  - flatten: { from: input }\n  - dense: { units: 8, name: b }\n  - add: [a, b]")]
    [InlineData("lstm: { units: 8, name: a }\n  - reshape: { shape: [6, 100], from: input }\n  - conv1d: { filters: 8, kernel_size: 3 }\n  - global_max_pool: { name: b }\n  - add: [a, b]")] // a new form of the same values
    [InlineData("gru: { units: 8, name: a }\n  - batch_norm: { from: input }\n  - gru: { units: 8, name: b }\n  - add: [a, b]")] // decided before
    public void One_form_of_it_for_each_is_right(string layers) => Assert.Empty(NetworkCompiler.Check($"input: [100, 6]\nlayers:\n  - {layers}\n").Diagnostics);

    [Fact]
    public void A_thousand_sums_of_one_value_are_decided_at_once()
    {
        string layers = string.Concat(Enumerable.Range(0, 500).Select(static k => $"  - add: {{ from: [{(k == 0 ? "input" : $"a{k - 1}")}, {(k == 0 ? "input" : $"a{k - 1}")}], name: a{k} }}\n"));

        Assert.Contains("as 'gru_1' reads it", Assert.Single(MarkedSpec.Check($"input: [100, 6]\nlayers:\n{layers}  - gru: 8\n  - {{|NETGEN024:conv1d|}}: {{ filters: 8, kernel_size: 3, from: a7 }}\n")), StringComparison.Ordinal);
    }

    /// <summary>Where the input cannot say it, the message does not tell to write it there.</summary>
    [Theory]
    [InlineData("[3, 4]", "batch_norm", "write input: { shape: [3, 4], layout: sequence }")]
    [InlineData("[3, 4]", "permute: [1, 0]\n  - softmax", "write input: { shape: [3, 4], layout: sequence }")]
    [InlineData("[3, 4]", "relu\n  - dropout: 0.1\n  - global_max_pool", "write input: { shape: [3, 4], layout: channels }")]
    [InlineData("12", "reshape: [3, 4]\n  - batch_norm", "let a layer read it first that decides it")]
    [InlineData("{ shape: [3, 4], layout: sequence }", "reshape: [4, 3]\n  - zero_pad: 1", "let a layer read it first that decides it")]
    public void An_undecided_layout_is_said_where_it_can_be(string input, string layers, string remedy)
    {
        Diagnostic error = Assert.Single(NetworkCompiler.Check($"input: {input}\nlayers:\n  - {layers}\n").Diagnostics);

        Assert.Equal("NETGEN022", error.Rule.Id);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The loss that is advised is one that fits.</summary>
    [Theory]
    [InlineData("dense: 3", "cross_entropy", "cross_entropy_with_logits")]
    [InlineData("dense: 1", "cross_entropy", "binary_cross_entropy_with_logits")]
    [InlineData("dense: { units: 3, activation: sigmoid }", "cross_entropy", "binary_cross_entropy")]
    [InlineData("dense: { units: 3, activation: hard_sigmoid }", "cross_entropy", "binary_cross_entropy")]
    [InlineData("dense: 3", "binary_cross_entropy", "binary_cross_entropy_with_logits")]
    [InlineData("dense: { units: 3, activation: log_softmax }", "binary_cross_entropy", "cross_entropy")]
    [InlineData("dense: { units: 3, activation: hard_sigmoid }", "binary_cross_entropy_with_logits", "binary_cross_entropy")]
    [InlineData("dense: { units: 4, activation: sigmoid }\n  - reshape: [2, 2]\n  - flatten", "binary_cross_entropy_with_logits", "binary_cross_entropy")]
    [InlineData("dense: { units: 3, activation: hard_sigmoid }", "cross_entropy_with_logits", "binary_cross_entropy")]
    [InlineData("dense: { units: 3, activation: softmax }", "binary_cross_entropy_with_logits", "cross_entropy")]
    public void A_loss_that_does_not_fit_names_one_that_does(string layers, string loss, string fitting)
    {
        string spec = $"input: 8\nlayers:\n  - {layers}\nloss: {loss}\noptimizer: {{ sgd: 0.1 }}\n";
        Diagnostic error = Assert.Single(NetworkCompiler.Check(spec).Diagnostics);

        Assert.Equal(("NETGEN030", fitting), (error.Rule.Id, error.Fixes.Single().Edits[0].Text));
        Assert.DoesNotContain(NetworkCompiler.Check(TextEdit.Apply(spec, error.Fixes.Single().Edits)).Diagnostics, static d => d.IsError || d.Rule.Id == "NETGEN101");
    }

    [Theory]
    [InlineData("dense: { units: 3, use_bias: false, trainable: [weight, {|NETGEN015:bias|}] }", "layer 'dense_1': 'trainable' lists 'bias', but the layer has use_bias: false; its parameters are weight")]
    [InlineData("reshape: [2, 4]\n  - conv1d: { filters: 3, kernel_size: 2, use_bias: false, trainable: [{|NETGEN015:bias|}] }", "layer 'conv1d_1': 'trainable' lists 'bias', but the layer has use_bias: false; its parameters are weight")]
    [InlineData("rms_norm: { trainable: [{|NETGEN015:bias|}] }", "layer 'rms_norm_1': 'trainable' lists 'bias', but its parameters are weight")]
    [InlineData("relu: { trainable: [{|NETGEN015:weight|}] }", "layer 'relu_1': 'trainable' lists 'weight', but the layer has no parameters")]
    public void A_parameter_that_is_not_there_cannot_be_trained(string layer, string message) =>
        Assert.Equal(message, Assert.Single(MarkedSpec.Check($"input: 8\nlayers:\n  - {layer}\n")));

    [Theory]
    [InlineData("dense: { units: 3, trainable: [bias] }")]
    [InlineData("dense: { units: 3, use_bias: false, trainable: [weight] }")]
    [InlineData("layer_norm: { trainable: [bias] }")]
    [InlineData("relu: { trainable: false }")]
    public void One_that_is_there_can(string layer) => Assert.Empty(NetworkCompiler.Check($"input: 8\nlayers:\n  - {layer}\n").Diagnostics);
}
