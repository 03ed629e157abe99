using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>Inputs, outputs, states and their losses: every misuse is reported once, where it is cured; what nearly is one is not.</summary>
public sealed class PartDiagnosticTests
{
    private const string Two = "inputs: { a: 3, b: 4 }\n";
    private const string Ends = "layers: [ { dense: { units: 2, name: p, from: a } }, { dense: { units: 5, name: q, from: b } } ]\n";

    [Theory]
    [InlineData("input: 3\n{|NETGEN009:inputs|}: { a: 3 }\nlayers: [ { dense: 2 } ]\n", "has 'input' and 'inputs', but takes one of them")]
    [InlineData("inputs: {|NETGEN008:3|}\nlayers: [ { dense: 2 } ]\n", "'inputs' is a map with a shape for each name, not '3'; write e.g. inputs: { image: [1, 28, 28], state: 64 }; a shape alone is input: …, without the s")]
    [InlineData("inputs: {|NETGEN009:{}|}\nlayers: [ { dense: 2 } ]\n", "has 0 inputs, but must have 1 to 64")]
    [InlineData("inputs: { {|NETGEN016:input|}: 3 }\nlayers: [ { dense: 2 } ]\n", "the name 'input' is reserved")]
    [InlineData("inputs: { {|NETGEN016:my-in|}: 3 }\nlayers: [ { dense: 2 } ]\n", "the inputs: the name 'my-in' is no identifier")]
    [InlineData("inputs: { a: 3, {|NETGEN017:A|}: 2 }\nlayers: [ { dense: { units: 2, from: a } } ]\n", "the inputs 'a' and 'A' have one name (case does not count)")]
    [InlineData("inputs: { a: {|NETGEN009:0|}, b: 2 }\nlayers: [ { dense: { units: 2, from: b } } ]\n", "'a' holds the size 0")]
    [InlineData("inputs: { a: { shape: [2, 3, 4], layout: {|NETGEN021:sequence|} } }\nlayers: [ flatten ]\n", "the input 'a' has layout: sequence, but its shape has 3 axes")]
    [InlineData("inputs: { a: 3, b: 4 }\nlayers: [ {|NETGEN007:relu|} ]\n", "is the first layer, and the network has 2 inputs: say which it reads, as in from: a; they are a, b")]
    [InlineData("inputs: { a: 3, b: 4 }\nlayers: [ { relu: { from: {|NETGEN019:input|} } } ]\n", "reads from 'input', but the network's inputs have names: a, b")]
    [InlineData("inputs: { a: 3, b: 4 }\nlayers: [ { relu: { from: {|NETGEN019:c|} } } ]\n", "reads from 'c', but no layer before it has that name; before it stand a, b")]
    [InlineData("inputs: { a: 3, b: 4 }\nlayers: [ { dense: { units: 3, from: a, name: {|NETGEN017:B|} } } ]\n", "the name 'B' is that of an input")]
    [InlineData("inputs: { a: 3, b: {|NETGEN048:4|} }\nlayers: [ { dense: { units: 2, from: a } } ]\n", "nothing reads the input 'b', so its numbers change nothing; read it, as in from: b, or leave it out")]
    [InlineData("inputs: { dense_1: 3 }\nlayers: [ {|NETGEN017:dense|}: 2 ]\n", "the default name of this layer, 'dense_1', is that of an input")]
    public void A_misuse_of_inputs_is_reported(string spec, string message) =>
        Assert.Contains(message, Assert.Single(MarkedSpec.Check(spec)), StringComparison.Ordinal);

    [Theory]
    [InlineData("outputs: {|NETGEN009:[]|}\n", "'outputs' has 0 names, but must have 1 to 64; write e.g. outputs: [p, q]")]
    [InlineData("outputs: [p, {|NETGEN019:r|}]\n", "has the output 'r', but no layer has that name; the last are p, q")]
    [InlineData("outputs: [p, {|NETGEN019:a|}]\n", "output 'a' is an input, but outputs are what layers give; leave it out, or let a layer read it: linear gives it on as it is")]
    [InlineData("outputs: [p, {|NETGEN017:p|}]\n", "the output 'p' stands twice in 'outputs'")]
    [InlineData("outputs: [p, {|NETGEN008:{ q: 1 }|}]\n", "'outputs' names layers, not a map")]
    [InlineData("outputs: [{|NETGEN019:p.h|}, q]\n", "layer 'p' keeps no state, which recurrent layers do; write p")]
    [InlineData("outputs: [p, q]\nloss: {|NETGEN008:squared_error|}\n", "has 2 outputs, so 'loss' is a map with a loss for each that is trained, not 'squared_error'; write e.g. loss: { p: mean_squared_error, q: mean_squared_error }")]
    [InlineData("outputs: [p, q]\nloss: {|NETGEN008:{ huber: { delta: 2 } }|}\n", "has 2 outputs, so 'loss' is a map")]
    [InlineData("outputs: [p, q]\nloss: { {|NETGEN019:r|}: huber }\noptimizer: sgd\n", "has a loss for 'r', but no output has that name; the outputs are p, q")]
    [InlineData("outputs: [q]\nloss: { q: huber, {|NETGEN019:p|}: huber }\noptimizer: { sgd: 0.1 }\n", "has a loss for 'p', which is no output; add it to 'outputs', or write one of q")]
    [InlineData("outputs: [p, q]\nloss: { q: {|NETGEN012:hubber|} }\noptimizer: { sgd: 0.1 }\n", "did you mean 'huber'?")]
    [InlineData("outputs: [p, q]\nloss: { q: {|NETGEN030:cross_entropy|} }\noptimizer: { sgd: 0.1 }\n", "loss 'cross_entropy' needs a softmax at the end, but output 'q' has none; use cross_entropy_with_logits")]
    [InlineData("outputs: [p, q]\nloss: { p: { huber: { reduction: sum } }, q: {|NETGEN030:huber|} }\noptimizer: { sgd: 0.1 }\n", "the loss of output 'q' has reduction: mean, and that of 'p' reduction: sum, but they add up over the same samples")]
    [InlineData("outputs: [p, q]\nloss: {|NETGEN009:{}|}\n", "'loss' is an empty map; write e.g. loss: { p: mean_squared_error }")]
    [InlineData("loss: { {|NETGEN008:q|}: huber, p: huber }\n", "'loss' is a map with a loss for each output, but no 'outputs' says what those are; write outputs: [q, p]")]
    [InlineData("outputs: [p, q]\n{|NETGEN033:optimizer|}: sgd\n", "has 'optimizer' but no 'loss'")]
    public void A_misuse_of_outputs_is_reported(string end, string message) =>
        Assert.Contains(message, Assert.Single(MarkedSpec.Check(Two + Ends.Replace("q, from: b", "q, from: b", StringComparison.Ordinal) + end)), StringComparison.Ordinal);

    [Theory]
    [InlineData("gru: { units: 6, from: x, initial_state: {|NETGEN025:h|} }", "layer 'gru_1' keeps a state h of 6, but 'h', from which that begins, gives 5; make them equal, as with dense: 6")]
    [InlineData("gru: { units: 5, from: x, initial_state: {|NETGEN025:x|} }", "gives [4, 3]; make it a vector, as with flatten")]
    [InlineData("gru: { units: 5, from: x, initial_state: {|NETGEN009:[h, h]|} }", "layer 'gru_1' keeps one state, h, but 'initial_state' names 2; write e.g. initial_state: [h0]")]
    [InlineData("lstm: { units: 5, from: x, initial_state: {|NETGEN009:h|} }", "layer 'lstm_1' keeps 2 states, h and c, but 'initial_state' names 1; write e.g. initial_state: [h0, c0]")]
    [InlineData("lstm: { units: 5, from: x, initial_state: [h, {|NETGEN019:c|}] }", "reads from 'c', but no layer before it has that name")]
    [InlineData("lstm: { units: 5, from: x, initial_state: [h, {|NETGEN019:lstm_1.c|}] }", "reads from 'lstm_1.c', which is this layer itself")]
    [InlineData("dense: { units: 5, from: h, {|NETGEN006:initial_state|}: h }", "has no option 'initial_state'")]
    public void A_misuse_of_states_is_reported(string layer, string message) =>
        Assert.Contains(message, Assert.Single(MarkedSpec.Check($"inputs: {{ x: [4, 3], h: 5 }}\nlayers: [ {{ {layer} }} ]\n")), StringComparison.Ordinal);

    [Fact]
    public void A_state_that_there_is_not_is_reported_with_those_that_there_are() => Assert.Contains(
        "reads from 'gru_1.c', but layer 'gru_1' has no such state; write gru_1.h",
        Assert.Single(MarkedSpec.Check("input: [4, 3]\nlayers: [ { gru: 5 }, { dense: { units: 2, from: {|NETGEN019:gru_1.c|} } } ]\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("inputs: { a: 3 }\nlayers: [ { dense: 2 } ]\n")]
    [InlineData("inputs: { a: 3, b: 4 }\nlayers: [ { dense: { units: 2, from: a } }, { dense: { units: 2, from: b } }, { add: [dense_1, dense_2] } ]\n")]
    [InlineData("input: 3\nlayers: [ { dense: { units: 2, name: huber } } ]\noutputs: huber\nloss: { huber: { huber: 2 } }\noptimizer: { sgd: 0.1 }\n")]
    [InlineData("input: 3\nlayers: [ { dense: { units: 2, name: p } } ]\noutputs: [p]\nloss: huber\noptimizer: { sgd: 0.1 }\n")]
    [InlineData("inputs: { x: [4, 3], h: 5 }\nlayers: [ { gru: { units: 5, from: x, initial_state: [h] } } ]\noutputs: [gru_1, gru_1.h]\n")]
    public void What_is_right_is_not_reported(string spec) => Assert.Empty(MarkedSpec.Check(spec));
}
