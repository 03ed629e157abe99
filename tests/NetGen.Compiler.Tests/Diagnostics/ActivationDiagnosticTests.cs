using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>What is said of activations that do not fit, and of near misses nothing.</summary>
public sealed class ActivationDiagnosticTests
{
    [Theory]
    [InlineData("dense: { units: 2, activation: gelu }")]
    [InlineData("dense: { units: 2, activation: { gelu: { approximate: none } } }")]
    [InlineData("dense: { units: 2, activation: { gelu: { approximate: tanh } } }")]
    [InlineData("gelu: { approximate: tanh }")]
    [InlineData("prelu")]
    [InlineData("prelu: { per_channel: true, trainable: false }")]
    [InlineData("log_softmax")]
    [InlineData("relu6")]
    public void These_are_right(string layer)
    {
        Assert.Empty(Check($"input: 4\nlayers:\n  - {layer}\n"));
    }

    [Theory]
    [InlineData("gelu: { approximate: {|NETGEN015:tan|} }", "layer 'gelu_1': 'approximate' is none or tanh, not 'tan'; did you mean 'tanh'?")]
    [InlineData("dense: { units: 2, activation: { gelu: { approximate: {|NETGEN015:true|} } } }", "activation 'gelu': 'approximate' is none or tanh, not 'true'; did you mean 'tanh'?")]
    [InlineData("gelu: {|NETGEN008:tanh|}", "layer 'gelu_1' takes no single value, but has 'tanh'; write gelu: { approximate: … }")]
    [InlineData("{|NETGEN010:swish|}", "there is no layer 'swish'; did you mean 'silu'?")]
    [InlineData("{|NETGEN010:hardswish|}", "there is no layer 'hardswish'; did you mean 'hard_swish'?")]
    [InlineData("dense: { units: 2, activation: {|NETGEN011:swish|} }", "there is no activation 'swish'; did you mean 'silu'?")]
    [InlineData("dense: { units: 2, activation: {|NETGEN011:relu_6|} }", "there is no activation 'relu_6'; did you mean 'relu6'?")]
    [InlineData("dense: { units: 2, activation: {|NETGEN011:prelu|} }", "layer 'dense_1': 'prelu' has a parameter, so it is no activation but a layer of its own; put prelu behind layer 'dense_1'")]
    [InlineData("dense: { units: 2, activation: { {|NETGEN011:prelu|}: { per_channel: true } } }", "layer 'dense_1': 'prelu' has a parameter, so it is no activation but a layer of its own; put prelu behind layer 'dense_1'")]
    [InlineData("prelu: { per_channel: {|NETGEN008:2|} }", "layer 'prelu_1': 'per_channel' is true or false, not '2'")]
    [InlineData("prelu: { trainable: [{|NETGEN015:bias|}] }", "layer 'prelu_1': 'trainable' lists 'bias', but its parameters are weight")]
    [InlineData("mish: { {|NETGEN006:alpha|}: 1 }", "layer 'mish_1' has no option 'alpha'; it takes name, trainable, from")]
    public void A_misuse_is_placed_and_explained(string layer, string message) => AssertDiagnosed($"input: 4\nlayers:\n  - {layer}\n", message);

    [Theory]
    [InlineData("{|NETGEN022:log_softmax|}", "log_softmax over [3, 5]: it is not known whether that is [time, features] or [channels, length]; write input: { shape: [3, 5], layout: sequence } (or layout: channels)")]
    [InlineData("{|NETGEN022:prelu|}: { per_channel: true }", "layer 'prelu_1' for each channel of [3, 5]: it is not known whether that is [time, features] or [channels, length]; write input: { shape: [3, 5], layout: sequence } (or layout: channels)")]
    public void An_undecided_layout_is_to_be_stated(string layer, string message) => AssertDiagnosed($"input: [3, 5]\nlayers:\n  - {layer}\n", message);

    [Fact]
    public void One_weight_needs_no_layout()
    {
        Assert.Empty(Check("input: [3, 5]\nlayers: [prelu]\n"));
    }

    [Theory]
    [InlineData("cross_entropy_with_logits", "takes logits, but 'log_softmax_1', the last layer, ends in a log_softmax already; use cross_entropy")]
    [InlineData("binary_cross_entropy_with_logits", "takes logits, but 'log_softmax_1', the last layer, ends in a log_softmax already; use cross_entropy")]
    public void A_loss_on_logits_refuses_logarithms(string loss, string message) => AssertDiagnosed($"input: 4\nlayers: [log_softmax]\nloss: {{|NETGEN030:{loss}|}}\n", message);

    [Theory]
    [InlineData("log_softmax", "cross_entropy")]
    [InlineData("log_softmax", "mean_squared_error")]
    [InlineData("hard_sigmoid", "binary_cross_entropy")]
    public void These_losses_fit(string last, string loss)
    {
        Assert.Empty(Check($"input: 4\nlayers: [{last}]\nloss: {loss}\n"));
    }

    [Theory]
    [InlineData("log_softmax")]
    [InlineData("hard_swish")]
    public void Binary_cross_entropy_refuses_what_is_no_probability(string last)
    {
        Assert.Equal("NETGEN030", Check($"input: 4\nlayers: [{last}]\nloss: binary_cross_entropy\n").Single().Rule.Id);
    }

    private static EquatableArray<Diagnostic> Check(string spec) => NetworkCompiler.Check(spec).Diagnostics.Where(static d => d.IsError).ToEquatable();

    /// <summary>One diagnostic, at the place that is marked, which ends in a message.</summary>
    private static void AssertDiagnosed(string marked, string message)
    {
        int start = marked.IndexOf("{|", System.StringComparison.Ordinal), colon = marked.IndexOf(':', start), end = marked.IndexOf("|}", System.StringComparison.Ordinal);
        string spec = marked[..start] + marked[(colon + 1)..end] + marked[(end + 2)..];
        Diagnostic found = Assert.Single(Check(spec));
        Assert.Equal(marked[(start + 2)..colon], found.Rule.Id);
        Assert.EndsWith(message, found.Message, System.StringComparison.Ordinal);
        Assert.Equal((start, end - colon - 1), (found.Span.Start, found.Span.Length));
    }
}
