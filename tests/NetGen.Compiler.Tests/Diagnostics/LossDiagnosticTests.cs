using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>Every misuse of a loss's options is reported at what has to change, with both numbers and the cure; what nearly is one is not.</summary>
public sealed class LossDiagnosticTests
{
    [Theory]
    [InlineData("cross_entropy_with_logits: { label_smoothing: {|NETGEN009:1|} }", "'label_smoothing' is 1, but must be at least 0 and below 1")]
    [InlineData("binary_cross_entropy_with_logits: { label_smoothing: {|NETGEN009:-0.1|} }", "'label_smoothing' is -0.1, but must be at least 0 and below 1")]
    [InlineData("mean_squared_error: { weight: {|NETGEN009:0|} }", "'weight' is 0, but must be above 0: the whole loss is multiplied by it")]
    [InlineData("huber: { weight: {|NETGEN008:[1, 2]|} }", "'weight' is one number, by which the whole loss is multiplied, not a list; write weight: 0.5")]
    [InlineData("cross_entropy_with_logits: { weight: {|NETGEN008:[1, 2, 3]|} }", "or for a number of its own for each class class_weight: […]")]
    [InlineData("binary_cross_entropy_with_logits: { weight: {|NETGEN008:[1, 2, 3]|} }", "or for a number of its own for each output pos_weight: […]")]
    [InlineData("cross_entropy_with_logits: { class_weight: {|NETGEN025:[1, 2]|} }", "'class_weight' has 2 values, but 'dense_1', the last layer, gives 3 classes; write one for each")]
    [InlineData("cross_entropy_with_logits: { class_weight: [1, {|NETGEN009:-2|}, 3] }", "'class_weight' is -2, but must be at least 0")]
    [InlineData("cross_entropy_with_logits: { class_weight: {|NETGEN008:2|} }", "'class_weight' is a list with a number for each class, not '2'; write e.g. class_weight: [1, 1, 2], or weight: 0.5 for the whole loss")]
    [InlineData("cross_entropy_with_logits: { class_weight: {|NETGEN009:[]|} }", "'class_weight' is an empty list")]
    [InlineData("cross_entropy_with_logits: { ignore_label: {|NETGEN008:none|} }", "'ignore_label' is a whole number, not 'none'; write e.g. ignore_label: -1")]
    [InlineData("binary_cross_entropy_with_logits: { pos_weight: {|NETGEN025:[1, 2]|} }", "'pos_weight' has 2 values, but 'dense_1', the last layer, gives 3 outputs")]
    [InlineData("binary_cross_entropy_with_logits: { pos_weight: {|NETGEN009:0|} }", "'pos_weight' is 0, but must be above 0")]
    [InlineData("binary_cross_entropy_with_logits: { pos_weight: [1, {|NETGEN008:a|}, 2] }", "'pos_weight' is a number, or a list of them, but lists 'a'")]
    [InlineData("binary_cross_entropy_with_logits: { {|NETGEN006:class_weight|}: [1, 2, 3] }", "has no option 'class_weight'; weights of classes are for cross-entropies")]
    [InlineData("mean_squared_error: { {|NETGEN006:label_smoothing|}: 0.1 }", "labels are smoothed for cross-entropies")]
    [InlineData("hinge: { {|NETGEN006:ignore_index|}: -1 }", "this loss takes no labels")]
    [InlineData("cross_entropy_with_logits: { {|NETGEN006:ignore_index|}: -1 }", "did you mean 'ignore_label'?")]
    [InlineData("cross_entropy_with_logits: { {|NETGEN006:class_weights|}: [1, 2, 3] }", "did you mean 'class_weight'?")]
    public void A_misuse_is_reported_where_it_is_cured(string loss, string message)
    {
        string[] messages = MarkedSpec.Check($"input: 4\nlayers: [ {{ dense: 3 }} ]\nloss: {{ {loss} }}\noptimizer: {{ sgd: 0.1 }}\n");

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mean_absolute_error: { weight: 1e-3 }")]
    [InlineData("cross_entropy_with_logits: { label_smoothing: 0, class_weight: [0, 1, 2], ignore_label: 2 }")]
    [InlineData("cross_entropy_with_logits: { ignore_label: -2147483648 }")]
    [InlineData("binary_cross_entropy_with_logits: { pos_weight: [1, 2, 3], label_smoothing: 0.999 }")]
    [InlineData("binary_cross_entropy_with_logits: { pos_weight: 3 }")]
    public void What_is_right_is_not_reported(string loss) =>
        Assert.Empty(MarkedSpec.Check($"input: 4\nlayers: [ {{ dense: 3 }} ]\nloss: {{ {loss} }}\noptimizer: {{ sgd: 0.1 }}\n"));

    [Fact]
    public void Numbers_for_each_output_of_a_value_that_may_be_either_layout_are_one_error() => Assert.Contains(
        "it is not known whether that is [time, features] or [channels, length]",
        Assert.Single(MarkedSpec.Check("input: [4, 3]\nlayers: [ relu ]\nloss: { {|NETGEN022:binary_cross_entropy_with_logits|}: { pos_weight: [1, 2, 3] } }\noptimizer: { sgd: 0.1 }\n")));

    /// <summary>How many there should be follows from the layers.</summary>
    [Fact]
    public void Behind_a_wrong_layer_the_length_of_a_list_is_not_reported() =>
        MarkedSpec.Check("input: 4\nlayers: [ { dense: {|NETGEN009:0|} } ]\nloss: { cross_entropy_with_logits: { class_weight: [1, 2, 3], label_smoothing: {|NETGEN009:2|} } }\n");
}
