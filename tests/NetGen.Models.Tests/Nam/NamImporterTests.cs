using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler;
using NetGen.Compiler.Diagnostics;
using NetGen.Models.Nam;
using Xunit;

namespace NetGen.Models.Tests.Nam;

/// <summary>The spec that a .nam file becomes, and what is said of files that become none.</summary>
public sealed class NamImporterTests
{
    private static string Text(string file) => File.ReadAllText(TestFiles.Model($"nam/{file}.nam"));

    [Fact]
    public void A_WaveNet_reads_as_its_authors_would_write_it()
    {
        ImportedModel model = NamImporter.Import(Text("wavenet"));
        Assert.Equal(
            """
            # Test Model: Darkglass Electronics Microtubes 900 v2, amp, clean; modeled by Steve.
            # Neural Amp Modeler, WaveNet, 48000 samples a second.
            # As it says of itself: loudness -20.0 dB, input at 18.3 dBu, output at 12.3 dBu.
            # A sample of the output depends on the last 23 of the input. Step gives one sample after another, and begins from silence, that is from zeros;
            # Forward takes 2,400 samples that come after silence.
            input: { shape: [1, 2400], layout: channels }
            layers:
              # Stack 1: 2 layers of 3 channels, dilation 1, 2.
              - conv1d: { filters: 3, kernel_size: 1, use_bias: false, from: input, name: stack_1_in }
              - conv1d: { filters: 3, kernel_size: 3, padding: causal, from: stack_1_in, name: conv_1_1 }
              - conv1d: { filters: 3, kernel_size: 1, use_bias: false, from: input, name: mix_1_1 }
              - add: { from: [conv_1_1, mix_1_1], name: sum_1_1 }
              - tanh: { from: sum_1_1, name: z_1_1 }
              - conv1d: { filters: 3, kernel_size: 1, from: z_1_1, name: residual_1_1 }
              - add: { from: [stack_1_in, residual_1_1], name: x_1_1 }
              - conv1d: { filters: 3, kernel_size: 3, dilation_rate: 2, padding: causal, from: x_1_1, name: conv_1_2 }
              - conv1d: { filters: 3, kernel_size: 1, use_bias: false, from: input, name: mix_1_2 }
              - add: { from: [conv_1_2, mix_1_2], name: sum_1_2 }
              - tanh: { from: sum_1_2, name: z_1_2 }
              - conv1d: { filters: 3, kernel_size: 1, from: z_1_2, name: residual_1_2 }
              - add: { from: [x_1_1, residual_1_2], name: x_1_2 }
              - add: { from: [z_1_1, z_1_2], name: stack_1_heads }
              - conv1d: { filters: 2, kernel_size: 1, use_bias: false, from: stack_1_heads, name: stack_1_head }

              # Stack 2: 1 layer of 2 channels, dilation 8.
              - conv1d: { filters: 2, kernel_size: 1, use_bias: false, from: x_1_2, name: stack_2_in }
              - conv1d: { filters: 2, kernel_size: 3, dilation_rate: 8, padding: causal, from: stack_2_in, name: conv_2_1 }
              - conv1d: { filters: 2, kernel_size: 1, use_bias: false, from: input, name: mix_2_1 }
              - add: { from: [conv_2_1, mix_2_1], name: sum_2_1 }
              - tanh: { from: sum_2_1, name: z_2_1 }
              - add: { from: [stack_1_head, z_2_1], name: stack_2_heads }
              - conv1d: { filters: 1, kernel_size: 1, from: stack_2_heads, name: stack_2_head }
              - rescaling: { scale: 0.02, name: output }

            """.ReplaceLineEndings("\n"), model.Spec);
        Assert.Equal("the last layer's 1x1 behind its activation is left out: nothing reads it", Assert.Single(model.Notes));
    }

    [Fact]
    public void An_LSTM_says_where_its_state_is()
    {
        ImportedModel model = NamImporter.Import(Text("lstm"), steps: 16);
        Assert.Equal(
            """
            # Test LSTM: Darkglass Electronics Microtubes 900 v2, amp, clean; modeled by Steve.
            # Neural Amp Modeler, LSTM, 48000 samples a second.
            # As it says of itself: loudness -37.8 dB, input at 18.3 dBu, output at 12.3 dBu.
            # Forward begins from the state of the file: h0 and c0 are dense layers whose weights are 0 and whose biases are that state.
            # Step goes on from the caller's state, which begins with these biases, one behind the other: h0_1.bias, c0_1.bias.
            input: { shape: [16, 1], layout: sequence }
            layers:
              # The state before the first sample.
              - slice: { stop: 1, name: first }
              - flatten: { name: start }
              - dense: { units: 3, kernel_initializer: zeros, from: start, name: h0_1 }
              - dense: { units: 3, kernel_initializer: zeros, from: start, name: c0_1 }

              # The amplifier.
              - lstm: { units: 3, return_sequences: true, initial_state: [h0_1, c0_1], from: input, name: lstm_1 }
              - dense: { units: 1, name: output }

            """.ReplaceLineEndings("\n"), model.Spec);
        Assert.Equal(
            "lstm_1.weight_ih_l0 lstm_1.weight_hh_l0 lstm_1.bias_ih_l0 lstm_1.bias_hh_l0 h0_1.weight h0_1.bias c0_1.weight c0_1.bias output.weight output.bias",
            string.Join(' ', model.Weights.Select(static w => w.Name)));
    }

    [Fact]
    public void Specs_have_neither_errors_nor_warnings()
    {
        foreach (string file in Directory.GetFiles(TestFiles.Model("nam"), "*.nam").Append(Gated))
        {
            CheckResult check = NetworkCompiler.Check(NamImporter.Import(File.ReadAllText(file)).Spec);
            Assert.DoesNotContain(check.Diagnostics, static d => d.Rule.Severity != Severity.Info);
        }
    }

    private static string Gated => TestFiles.Weights("../nam_files/gated.nam");

    [Fact]
    public void Gates_and_other_activations_are_those_of_the_authors_definition()
    {
        ImportedModel model = NamImporter.Import(File.ReadAllText(Gated), steps: 200);
        Assert.Contains("\n  - leaky_relu: { negative_slope: 0.01, from: signal_1_1, name: active_1_1 }\n", model.Spec, StringComparison.Ordinal);
        Assert.Contains("\n  - clip: { min: -1, max: 1, from: signal_2_2, name: active_2_2 }\n", model.Spec, StringComparison.Ordinal);
        // What a file says of itself stays within its line of the comment.
        Assert.StartsWith("# Gated: hi gain; modeled by nobody # input: 3.\n# Neural Amp Modeler, WaveNet, 44100 samples a second.\n", model.Spec, StringComparison.Ordinal);
        JsonElement golden = TestFiles.Json("../nam_files/gated.json");
        double[] outputs = TestFiles.Reference(model.Spec, model.Weights).Forward(TestFiles.Numbers(golden.GetProperty("inputs"))), expected = TestFiles.Numbers(golden.GetProperty("outputs"));
        Assert.Equal(expected.Length, outputs.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], outputs[i], 1e-6);
    }

    [Theory]
    [InlineData("", "it is no JSON, from line 1, byte 1 on; it is cut off, damaged, or no model of Neural Amp Modeler.")]
    [InlineData("[1]", "the file is no JSON object")]
    [InlineData("{}", "the file has no 'architecture'")]
    [InlineData("""{"architecture":"ConvNet","config":{},"weights":[]}""", "its architecture is 'ConvNet'; WaveNet and LSTM can be imported.")]
    [InlineData("""{"architecture":"LSTM","config":{"input_size":1,"hidden_size":3,"num_layers":1},"weights":[1,"x"]}""", "the file.weights[1] is '\"x\"', where a number belongs")]
    [InlineData("""{"architecture":"LSTM","config":{"input_size":1,"hidden_size":3,"num_layers":1},"weights":[1]}""", "it has 1 weights, fewer than its configuration takes")]
    [InlineData("""{"architecture":"LSTM","config":{"input_size":1,"hidden_size":-3,"num_layers":1},"weights":[1]}""", "the file.config.hidden_size is '-3', where a size from 1 to 4096 belongs.")]
    [InlineData("""{"architecture":"LSTM","config":{"input_size":2,"hidden_size":3,"num_layers":1},"weights":[1]}""", "config.input_size is 2; models of one input")]
    [InlineData("""{"architecture":"LSTM","config":{"input_size":1,"hidden_size":4096,"num_layers":2000},"weights":[1]}""", "config.num_layers is 2000; up to 32")]
    [InlineData("""{"architecture":"WaveNet","config":{"layers":[],"head":null},"weights":[1]}""", "config.layers has 0 stacks of 0 layers")]
    [InlineData("""{"architecture":"WaveNet","config":{"layers":[],"head":{}},"weights":[1]}""", "config.head is a network of its own")]
    [InlineData("""{"architecture":"WaveNet","config":{"layers":[],"condition_dsp":{"a":1}},"weights":[1]}""", "the file.config has 'condition_dsp', which a WaveNet of the first generation and an LSTM do not have")]
    public void What_is_no_such_model_is_refused_with_what_is_wrong(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ImportException>(() => NamImporter.Import(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"weights\": [", "\"weights\": [0.5, ", "weights, but its configuration takes")]
    [InlineData("\"Tanh\"", "\"Fasttanh\"", "activation is 'Fasttanh'; Tanh, Hardtanh")]
    [InlineData("\"head_size\": 2", "\"head_size\": 5", "head_size is 5, but the stack that it is added to has 2 channels.")]
    [InlineData("\"condition_size\": 1", "\"condition_size\": 2", "condition_size is 2; models of one input")]
    [InlineData("\"gated\": false", "\"gated\": 3", "gated is '3', where true or false belongs.")]
    public void A_WaveNet_that_does_not_hold_together_is_refused(string of, string with, string message)
    {
        string text = Text("wavenet");
        Assert.Contains(of, text, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ImportException>(() => NamImporter.Import(text.Replace(of, with, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }
}
