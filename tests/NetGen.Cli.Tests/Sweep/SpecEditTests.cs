using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Sweep;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>Values set in a spec's text: where they belong, and nothing else changed.</summary>
public sealed class SpecEditTests
{
    private const string Net = """
        # the spec
        input: 4
        layers:
          - dense: { units: 8, activation: relu, name: hidden }   # first
          - dense: 3
          - dropout: 0.5
          - relu
          - leaky_relu
          - dense:
              units: 3   # classes
              activation: tanh
          - softmax
        loss: cross_entropy
        optimizer:
          adam: { learning_rate: 0.01 } # slow
        l2: 0.5

        """;

    [Theory]
    [InlineData("l2", "1e-4", "l2: 0.5", "l2: 1e-4")]
    [InlineData("input", "5", "input: 4", "input: 5")]
    [InlineData("input", "[2, 2]", "input: 4", "input: [2, 2]", false)]
    [InlineData("input.layout", "channels", "input: 4", "input: { shape: 4, layout: channels }", false)]
    [InlineData("seed", "7", "l2: 0.5\n", "l2: 0.5\nseed: 7\n")]
    [InlineData("loss", "cross_entropy", "loss: cross_entropy", "loss: cross_entropy")]
    [InlineData("loss.cross_entropy.label_smoothing", "0.1", "loss: cross_entropy", "loss: { cross_entropy: { label_smoothing: 0.1 } }")]
    [InlineData("loss.label_smoothing", "0.1", "loss: cross_entropy", "loss: { cross_entropy: { label_smoothing: 0.1 } }")]
    [InlineData("hidden.units", "16", "units: 8", "units: 16")]
    [InlineData("hidden.activation", "tanh", "activation: relu", "activation: tanh")]
    [InlineData("hidden.use_bias", "false", "name: hidden }", "name: hidden, use_bias: false }")]
    [InlineData("hidden.kernel_initializer.normal.stddev", "0.1", "name: hidden }", "name: hidden, kernel_initializer: { normal: { stddev: 0.1 } } }")]
    [InlineData("hidden.activation", "{ leaky_relu: 0.2 }", "activation: relu", "activation: { leaky_relu: 0.2 }")]
    [InlineData("dense_2.units", "5", "- dense: 3", "- dense: 5")]
    [InlineData("dense_2.activation", "relu", "- dense: 3", "- dense: { units: 3, activation: relu }")]
    [InlineData("dense_2.kernel_initializer.constant.value", "0.1", "- dense: 3", "- dense: { units: 3, kernel_initializer: { constant: { value: 0.1 } } }")]
    [InlineData("dense_3.units", "3", "units: 3   # classes", "units: 3   # classes")]
    [InlineData("dense_3.activation", "relu", "activation: tanh", "activation: relu")]
    [InlineData("dense_3.use_bias", "false", "activation: tanh\n", "activation: tanh\n      use_bias: false\n")]
    [InlineData("dropout_1.rate", "0.25", "dropout: 0.5", "dropout: 0.25")]
    [InlineData("leaky_relu_1.negative_slope", "0.3", "- leaky_relu\n", "- leaky_relu: 0.3\n")]
    [InlineData("relu_1.name", "gate", "- relu\n", "- relu: { name: gate }\n")]
    [InlineData("optimizer.adam.learning_rate", "0.1", "learning_rate: 0.01", "learning_rate: 0.1")]
    [InlineData("optimizer.learning_rate", "0.1", "learning_rate: 0.01", "learning_rate: 0.1")]
    [InlineData("optimizer.adam.beta_1", "0.8", "0.01 } # slow", "0.01, beta_1: 0.8 } # slow")]
    [InlineData("optimizer", "sgd", "optimizer:\n  adam: { learning_rate: 0.01 }", "optimizer: sgd")]
    public void A_value_is_set_and_nothing_else_is_changed(string path, string value, string before, string after, bool checks = true)
    {
        string expected = Replaced(Net, before, after);
        EditedSpec edited = SpecEdit.Set(Net, path, value);
        Assert.Null(edited.Problem);
        Assert.Equal(expected, edited.Text);
        if (checks)
            Checked(edited.Text!);

        string windows = Net.ReplaceLineEndings("\r\n");
        Assert.Equal(expected.ReplaceLineEndings("\r\n"), SpecEdit.Set(windows, path, value).Text);
        Assert.Equal("\uFEFF" + expected, SpecEdit.Set("\uFEFF" + Net, path, value).Text);
    }

    [Theory]
    [InlineData("input: 4\nlayers: [dense: 8, relu, { dense: { units: 3 } }]", "dense_1.units", "9",
        "input: 4\nlayers: [dense: 9, relu, { dense: { units: 3 } }]")]
    [InlineData("input: 4\nlayers: [dense: 8, relu]", "dense_1.activation", "tanh", "input: 4\nlayers: [dense: { units: 8, activation: tanh }, relu]")]
    [InlineData("input: 4\nlayers: [dense: 8, leaky_relu]", "leaky_relu_1.negative_slope", "0.2", "input: 4\nlayers: [dense: 8, { leaky_relu: 0.2 }]")]
    [InlineData("input: 4\nlayers: [dense: 8, relu]", "relu_1.name", "r", "input: 4\nlayers: [dense: 8, { relu: { name: r } }]")]
    [InlineData("{ input: 4, layers: [{ dense: 8 }] }", "seed", "1", "{ input: 4, layers: [{ dense: 8 }], seed: 1 }")]
    [InlineData("{ input: 4, layers: [{ dense: { units: 8, } }], }", "dense_1.use_bias", "false",
        "{ input: 4, layers: [{ dense: { units: 8, use_bias: false, } }], }")]
    [InlineData("{\n  input: 4, # size\n  layers: [{ dense: 8 }] # all\n}\n", "seed", "1",
        "{\n  input: 4, # size\n  layers: [{ dense: 8 }], seed: 1 # all\n}\n")]
    [InlineData("input: 4\nlayers:\n- dense:\n- relu\n", "dense_1.units", "8", "input: 4\nlayers:\n- dense: 8\n- relu\n")]
    [InlineData("input: 4\nlayers:\n- dense: # width\n    units: 3\n", "dense_1.units", "8", "input: 4\nlayers:\n- dense: # width\n    units: 8\n")]
    [InlineData("input: 4\nlayers:\n- dense: {units: 3}\n", "dense_1.activation", "relu", "input: 4\nlayers:\n- dense: {units: 3, activation: relu}\n")]
    [InlineData("input: 4\nlayers:\n- \"dense\": {\"units\": 3}\n", "dense_1.units", "8", "input: 4\nlayers:\n- \"dense\": {\"units\": 8}\n")]
    [InlineData("input: [2, 6, 6]\nlayers:\n- conv2d:\n    filters: 3\n    kernel_size:\n    - 3\n    - 5\n    strides: 1\n", "conv2d_1.kernel_size", "3",
        "input: [2, 6, 6]\nlayers:\n- conv2d:\n    filters: 3\n    kernel_size: 3\n    strides: 1\n")]
    [InlineData("input: [2, 6, 6]\nlayers:\n- conv2d:\n    filters: 3\n    kernel_size: # of both\n      - 3\n      - 5\n", "conv2d_1.kernel_size", "[1, 2]",
        "input: [2, 6, 6]\nlayers:\n- conv2d:\n    filters: 3\n    kernel_size: [1, 2] # of both\n")]
    [InlineData("input: [2, 3]\nlayers:\n- permute:\n  - 1\n  - 0\n", "permute_1.name", "p", "input: [2, 3]\nlayers:\n- permute: { axes: [1, 0], name: p }\n")]
    [InlineData("input: 4\nlayers:\n- dense: 2\nseed: 1", "l2", "0", "input: 4\nlayers:\n- dense: 2\nseed: 1\nl2: 0", false)]
    [InlineData("input: 4\nlayers:\n  - dense: 2   # end", "seed", "3", "input: 4\nlayers:\n  - dense: 2   # end\nseed: 3")]
    [InlineData("input: 4\nlayers:\n- dense: 3\n  \n- dense: &n 8\n- dense: *n\n", "dense_3.units", "5",
        "input: 4\nlayers:\n- dense: 3\n  \n- dense: &n 8\n- dense: 5\n")]
    [InlineData("input: 4\nlayers:\n- dense: &n 8\n- dense: *n\n", "dense_1.units", "5", "input: 4\nlayers:\n- dense: &n 5\n- dense: *n\n")]
    [InlineData("input: 4\nlayers:\n- dense: &n 8\n- dense: *n\n", "dense_2.use_bias", "false",
        "input: 4\nlayers:\n- dense: &n 8\n- dense: { units: *n, use_bias: false }\n")]
    [InlineData("input: 4\nlayers:\n- dense: { units: &n 8 }\n- dense: { units: *n, use_bias: false }\n", "dense_2.units", "5",
        "input: 4\nlayers:\n- dense: { units: &n 8 }\n- dense: { units: 5, use_bias: false }\n")]
    [InlineData("input: 4\nlayers:\n- dense: { units: &n 8 }\n- dense:\n    units: *n\n", "dense_2.use_bias", "false",
        "input: 4\nlayers:\n- dense: { units: &n 8 }\n- dense:\n    units: *n\n    use_bias: false\n")]
    [InlineData("input: 4\nlayers:\n- dense: !!int 8\n", "dense_1.units", "5", "input: 4\nlayers:\n- dense: !!int 5\n")]
    [InlineData("input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\n", "optimizer.adam.learning_rate", "0.1",
        "input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer: { adam: { learning_rate: 0.1 } }\n")]
    [InlineData("input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\n", "optimizer.momentum", "0.9",
        "input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer: { sgd: { momentum: 0.9 } }\n")]
    [InlineData("input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer: adam\n", "optimizer.adam.beta_1", "0.5",
        "input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer: { adam: { beta_1: 0.5 } }\n")]
    [InlineData("input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer: { sgd: 0.1 }\n", "optimizer.sgd.momentum", "0.5",
        "input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.5 } }\n")]
    [InlineData("input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer:\n  sgd: { learning_rate: { cosine: { from: 1, to: 0.1, steps: 9 } } }\n",
        "optimizer.sgd.learning_rate.cosine.from", "0.5",
        "input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer:\n  sgd: { learning_rate: { cosine: { from: 0.5, to: 0.1, steps: 9 } } }\n")]
    [InlineData("input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer:\n  sgd: 0.1\n", "optimizer.sgd.learning_rate",
        "{ cosine: { from: 1, to: 0, steps: 9 } }",
        "input: 4\nlayers:\n- dense: 8\nloss: mean_squared_error\noptimizer:\n  sgd: { learning_rate: { cosine: { from: 1, to: 0, steps: 9 } } }\n")]
    [InlineData("input: 4\nlayers:\n- dense: { units: 8, activation: { leaky_relu: 0.1 } }\n", "dense_1.activation.negative_slope", "0.2",
        "input: 4\nlayers:\n- dense: { units: 8, activation: { leaky_relu: 0.2 } }\n")]
    [InlineData("input: 4\nlayers:\n- dense:\n    units: 8\n    activation:\n      leaky_relu: 0.1\n    use_bias: false\n", "dense_1.activation", "tanh",
        "input: 4\nlayers:\n- dense:\n    units: 8\n    activation: tanh\n    use_bias: false\n")]
    public void Every_form_of_yaml_keeps_its_form(string text, string path, string value, string expected, bool checks = true)
    {
        EditedSpec edited = SpecEdit.Set(text, path, value);
        Assert.Null(edited.Problem);
        Assert.Equal(expected, edited.Text);
        if (checks)
            Checked(edited.Text!);
        Assert.Equal(expected.ReplaceLineEndings("\r\n"), SpecEdit.Set(text.ReplaceLineEndings("\r\n"), path, value).Text);
    }

    [Theory]
    [InlineData("hiden.units", "did you mean 'hidden'?")]
    [InlineData("zzz.units", "there are the layers hidden, dense_2, dropout_1, relu_1, leaky_relu_1, dense_3, softmax_1")]
    [InlineData("hidden.unit", "layer 'hidden' has no option 'unit'; did you mean 'units'?")]
    [InlineData("hidden.lr", "layer 'hidden' has no option 'lr'")]
    [InlineData("optimizer.adam.lr", "optimizer 'adam' has no option 'lr'; did you mean 'learning_rate'")]
    [InlineData("optimizer.sgd.momentum", "'optimizer' is adam, not sgd; write optimizer.adam.momentum, or set optimizer=sgd before it")]
    [InlineData("optimizer.adam", "'optimizer.adam' is not a value; name an option, as in optimizer.adam.learning_rate, or to choose it write optimizer=adam")]
    [InlineData("optimizer.adam.learning_rate.cosine.from",
        "'optimizer.adam.learning_rate' is '0.01', which has no 'cosine'; set it whole, as in optimizer.adam.learning_rate={ constant: … }")]
    [InlineData("hidden.units.more", "'hidden.units' is '8', which has nothing of a name in it; set it whole: hidden.units=…")]
    [InlineData("hidden.use_bias.more", "'hidden.use_bias' is not stated")]
    [InlineData("hidden", "'hidden' is a layer; name the option to set, such as hidden.units, hidden.activation")]
    [InlineData("layers", "name a layer and its option, as in hidden.units, or repeat one, as in hidden.repeat")]
    [InlineData("units", "it is an option of a layer; write hidden.units")]
    [InlineData("sed", "did you mean 'seed'?")]
    [InlineData("loss.crossentropy", "loss 'cross_entropy' has no option 'crossentropy'")]
    [InlineData("hidden.kernel_initializer.norml.stddev", "did you mean 'normal'?")]
    [InlineData("hidden.kernel_initializer.zeros", "'hidden.kernel_initializer.zeros' has no options; to choose it, write hidden.kernel_initializer=zeros")]
    [InlineData("hidden.", "is no path")]
    [InlineData("", "is no path")]
    [InlineData("hidden..units", "is no path")]
    [InlineData("hidden.units: 3, x", "is no path")]
    [InlineData("hidden.repeat", "'hidden.repeat' is 1.5, but must be a whole number from 1 to 256")]
    [InlineData("hiden.repeat", "'hiden.repeat' is 1.5")]
    public void A_path_that_leads_nowhere_says_where_to_go(string path, string message) =>
        Assert.Contains(message, SpecEdit.Set(Net, path, "1.5").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("3 }, x: { y")]
    [InlineData("3, x: 4")]
    [InlineData("3 # gone")]
    [InlineData("3\n  - relu")]
    [InlineData("[3")]
    [InlineData("3]")]
    [InlineData("a: b")]
    [InlineData("*x")]
    [InlineData("")]
    [InlineData(" 3")]
    public void A_value_cannot_reach_beyond_its_place(string value)
    {
        Assert.Contains("is not one value of YAML", SpecEdit.Set(Net, "hidden.units", value).Problem, StringComparison.Ordinal);
        Assert.Contains("is not one value of YAML", SpecEdit.Set(Net, "l2", value).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input: 4\nlayers:\n- dense: &d { units: 3 }\n- dense: *d\n", "dense_2.units", "has an alias for its options")]
    [InlineData("input: 4\nlayers:\n- &d dense: 3\n- relu\n- *d\n", "dense_2.units", "")]
    [InlineData("input: 4\nlayers:\n- &d { dense: 3 }\n- *d\n", "dense_2.units", "layer 'dense_2' is an alias of another; write it out")]
    [InlineData("a: &x { leaky_relu: 0.1 }\ninput: 4\nlayers:\n- dense: { units: 3, activation: *x }\n", "dense_1.activation.negative_slope",
        "'dense_1.activation' is an alias")]
    public void What_is_set_in_an_alias_would_change_its_anchor_and_is_refused(string text, string path, string message)
    {
        EditedSpec edited = SpecEdit.Set(text, path, "5");
        Assert.Null(edited.Text);
        Assert.Contains(message, edited.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_no_spec_is_refused_and_not_thrown_at()
    {
        string[] texts = ["", "- a", "input: [", "\t", "input: 4", "layers: 3", "layers:\n- \n", "? a\n: b", "a: 1\na: 2", "layers: [{}, [], null]"];
        foreach (string text in texts)
        {
            Assert.NotNull(SpecEdit.Set(text, "hidden.units", "3").Problem);
            Assert.NotNull(SpecEdit.Set(text, "layers", "3").Problem);
            Assert.NotNull(SpecEdit.Set(text, "hidden.repeat", "3").Problem);
        }
    }

    [Fact]
    public void Whatever_a_text_is_damaged_by_it_is_edited_rightly_or_refused()
    {
        string[] paths =
        [
            "hidden.units", "dense_2.activation", "dense_3.use_bias", "optimizer.adam.beta_1", "l2", "seed", "loss.label_smoothing", "hidden.repeat", "layers",
            "input.layout", "dropout_1.rate", "relu_1.name", "budget.macs", "dense_2.activation.leaky_relu.negative_slope",
        ];
        const string Pieces = "{}[]:,-#&*!|>'\"?~ \n\r\t\uFEFFaé0\0";
        var random = new Random(1);
        int edits = 0;
        for (int k = 0; k < 1_500; k++)
        {
            string text = Net;
            for (int j = random.Next(4); j >= 0; j--)
            {
                int at = random.Next(text.Length);
                text = text.Remove(at, random.Next(Math.Min(6, text.Length - at))).Insert(at, new string(Pieces[random.Next(Pieces.Length)], random.Next(3)));
            }

            string path = paths[random.Next(paths.Length)];
            EditedSpec edited = SpecEdit.Set(text, path, "2");
            Assert.True((edited.Text is null) != (edited.Problem is null), text);
            if (edited.Text is null || path is "hidden.repeat" or "relu_1.name")
                continue;
            edits++;
            Assert.NotNull(SpecEdit.Read(edited.Text));
            Assert.Equal(edited.Text, SpecEdit.Set(edited.Text, path, "2").Text);
        }

        Assert.True(edits > 200, $"{edits}");
    }

    [Theory]
    [InlineData("- dense: { units: 8, name: hidden }  # wide\n",
        "- dense: { units: 8, name: hidden }  # wide\n- dense: { units: 8, name: hidden_2 }\n- dense: { units: 8, name: hidden_3 }\n")]
    [InlineData("- dense:\n    units: 8\n    name: hidden\n",
        "- dense:\n    units: 8\n    name: hidden\n- dense:\n    units: 8\n    name: hidden_2\n- dense:\n    units: 8\n    name: hidden_3\n")]
    public void A_layer_is_repeated_with_names_of_its_own(string item, string items)
    {
        string text = $"input: 4\nlayers:\n{item}- dense: 3\n", expected = $"input: 4\nlayers:\n{items}- dense: 3\n";
        Assert.Equal(expected, SpecEdit.Set(text, "hidden.repeat", "3").Text);
        Assert.Equal(["hidden", "hidden_2", "hidden_3", "dense_4"], Checked(expected).Layers.Select(static l => l.Name));
        Assert.Equal(text, SpecEdit.Set(text, "hidden.repeat", "1").Text);
        Assert.Equal(expected.ReplaceLineEndings("\r\n"), SpecEdit.Set(text.ReplaceLineEndings("\r\n"), "hidden.repeat", "3").Text);
    }

    [Theory]
    [InlineData("input: 4\nlayers: [dense: 8, relu]", "dense_1.repeat", "input: 4\nlayers: [dense: 8, dense: { units: 8, name: dense_1_2 }, relu]")]
    [InlineData("input: 4\nlayers: [{ dense: 8 }, relu]", "relu_1.repeat", "input: 4\nlayers: [{ dense: 8 }, relu, { relu: { name: relu_1_2 } }]")]
    [InlineData("input: 4\nlayers:\n  - dense: 8\n  - relu", "relu_1.repeat", "input: 4\nlayers:\n  - dense: 8\n  - relu\n  - relu: { name: relu_1_2 }")]
    public void A_layer_without_a_name_is_repeated_too(string text, string path, string expected)
    {
        Assert.Equal(expected, SpecEdit.Set(text, path, "2").Text);
        Checked(expected);
    }

    [Theory]
    [InlineData("- dense: { units: 4, name: a }\n- add: [a, input]\n", "a", "layer 'add_1' reads it by name")]
    [InlineData("- dense: { units: 4, name: a }\n- dense: { units: 3, from: a }\n", "a", "layer 'dense_2' reads it by name")]
    [InlineData("- dense: 4\n- dense: { units: 4, name: a, from: input }\n", "a", "the layer states what it reads")]
    [InlineData("- dense: { units: 4, name: a }\n- dense: { units: 4, name: A_2 }\n", "a", "there is a layer 'A_2' already")]
    [InlineData("- dense: { units: 4, name: width }\n", "widht", "did you mean 'width'?")]
    public void A_layer_whose_copies_would_mean_something_unclear_is_not_repeated(string layers, string name, string message) =>
        Assert.Contains(message, SpecEdit.Set($"input: 4\nlayers:\n{layers}", $"{name}.repeat", "2").Problem, StringComparison.Ordinal);

    [Fact]
    public void What_is_set_on_a_repeated_layer_goes_for_its_copies_whatever_the_order()
    {
        const string Text = "input: 4\nlayers:\n- dense: 8\n- dense: 6\n- dense: 3\n";
        (string? text, IReadOnlyList<string> problems) = SpecEdit.Set(Text,
            [new("dense_1.repeat", "2"), new("dense_2.repeat", "2"), new("dense_1.units", "16"), new("dense_2.units", "5"), new("dense_3.units", "2")]);
        Assert.Empty(problems);
        Assert.Equal(
            [("dense_1", 16), ("dense_1_2", 16), ("dense_3", 5), ("dense_2_2", 5), ("dense_5", 2)],
            Checked(text!).Layers.Select(static l => (l.Name, l.Output.Size)));
    }

    [Fact]
    public void All_that_is_wrong_with_several_is_said() =>
        Assert.Equal(2, SpecEdit.Set(Net, [new("hiden.units", "3"), new("l2", "0.1"), new("hidden.repaet", "2")]).Problems.Count);

    internal static Network Checked(string text)
    {
        CheckResult check = NetworkCompiler.Check(text);
        Assert.True(check.Network is not null, $"{text}\n{string.Join('\n', check.Diagnostics.Select(static d => d.Message))}");
        return check.Network;
    }

    private static string Replaced(string text, string before, string after)
    {
        int at = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{before}' is not in the text");
        return string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length));
    }
}
