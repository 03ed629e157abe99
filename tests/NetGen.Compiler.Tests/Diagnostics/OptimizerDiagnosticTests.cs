using System;
using NetGen.Compiler.Tests.Frontend;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>What can be wrong with an optimizer and its learning rate, where it is said, and how.</summary>
public sealed class OptimizerDiagnosticTests
{
    [Theory]
    [InlineData("{|NETGEN013:adan|}", "there is no optimizer 'adan'; did you mean 'adam'?")]
    [InlineData("adam: { {|NETGEN006:beta1|}: 0.9 }", "optimizer 'adam' has no option 'beta1'; did you mean 'beta_1'?")]
    [InlineData("adam: { {|NETGEN006:momentum|}: 0.9 }", "optimizer 'adam' has no option 'momentum'; it takes learning_rate, beta_1, beta_2, epsilon, weight_decay, clip_norm, clip_value")]
    [InlineData("adagrad: { {|NETGEN006:rho|}: 0.9 }", "optimizer 'adagrad' has no option 'rho'; it takes")]
    [InlineData("sgd: { {|NETGEN006:cosine|}: { from: 0.1, to: 0.01, steps: 500 } }", "optimizer 'sgd' has no option 'cosine'; 'cosine' is a schedule; write it as the rate, as in learning_rate: { cosine: { … } }")]
    [InlineData("adam: {|NETGEN009:-0.1|}", "optimizer 'adam': 'learning_rate' is -0.1, but must be at least 0")]
    [InlineData("adam: { beta_1: {|NETGEN009:1|} }", "'beta_1' is 1, but must be at least 0 and below 1")]
    [InlineData("adamw: { beta_2: {|NETGEN009:-0.1|} }", "'beta_2' is -0.1, but must be at least 0 and below 1")]
    [InlineData("adam: { beta_2: {|NETGEN009:0.99999999|} }", "'beta_2' is 0.99999999, but must be at least 0 and below 1")]
    [InlineData("adam: { epsilon: {|NETGEN009:0|} }", "'epsilon' is 0, but must be at least 1e-30, since it keeps 0 from being divided by 0")]
    [InlineData("rmsprop: { epsilon: {|NETGEN009:-1e-8|} }", "'epsilon' is -1e-8, but must be at least 1e-30")]
    [InlineData("adagrad: { epsilon: {|NETGEN009:0|} }", "'epsilon' is 0, but must be at least 1e-30")]
    [InlineData("rmsprop: { rho: {|NETGEN009:1|} }", "'rho' is 1, but must be at least 0 and below 1")]
    [InlineData("rmsprop: { momentum: {|NETGEN009:1.5|} }", "'momentum' is 1.5, but must be at least 0 and below 1")]
    [InlineData("sgd: { momentum: {|NETGEN009:1|} }", "'momentum' is 1, but must be at least 0 and below 1")]
    [InlineData("sgd: { clip_value: {|NETGEN009:0|} }", "'clip_value' is 0, but must be above 0")]
    [InlineData("adam: { clip_value: {|NETGEN009:-1|} }", "'clip_value' is -1, but must be above 0")]
    [InlineData("adam: { clip_norm: {|NETGEN009:0|} }", "'clip_norm' is 0, but must be above 0")]
    [InlineData("adamw: { weight_decay: {|NETGEN009:-0.01|} }", "'weight_decay' is -0.01, but must be at least 0")]
    [InlineData("adam: { clip_value: {|NETGEN008:often|} }", "'clip_value' is a number, not 'often'")]
    [InlineData("adam: { beta_1: {|NETGEN009:2|}, epsilon: {|NETGEN009:-1|}, clip_norm: {|NETGEN009:-2|} }", "'beta_1' is 2")]
    public void An_option_that_is_wrong_is_placed_and_explained(string optimizer, string message) => AssertSaid(optimizer, message);

    [Theory]
    [InlineData("{ {|NETGEN015:cosin|}: { from: 0.1, to: 0, steps: 5 } }", "there is no schedule 'cosin'; did you mean 'cosine'?")]
    [InlineData("{ {|NETGEN015:exponential_decay|}: { from: 0.1, decay: 0.9 } }", "did you mean 'exponential'?")]
    [InlineData("{ {|NETGEN015:from|}: 0.1, to: 0, steps: 5 }", "there is no schedule 'from'; there are constant, cosine, step, exponential, inverse_time")]
    [InlineData("{ cosine: { from: 0.1, to: 0, steps: 5 }, {|NETGEN008:step|}: { from: 0.1, factor: 0.5, every: 2 } }",
        "optimizer 'sgd': 'learning_rate' has two schedules, 'cosine' and 'step', but follows one; leave one of them out")]
    [InlineData("{ cosine: { from: 0.1, to: 0, steps: 5 }, {|NETGEN008:warmup|}: 2 }", "'warmup' stands beside 'cosine', but a schedule is one name with its options; write cosine: { …, warmup: … }")]
    [InlineData("{|NETGEN007:cosine|}", "schedule 'cosine' needs 'from' and 'to' and 'steps'; write e.g. learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 10000 } }")]
    [InlineData("{ {|NETGEN007:cosine|}: { from: 0.1, steps: 5 } }", "schedule 'cosine' needs 'to'")]
    [InlineData("{ cosine: { from: 0.1, to: 0, {|NETGEN006:step|}: 5 } }", "schedule 'cosine' has no option 'step'; did you mean 'steps'?")]
    [InlineData("{ cosine: {|NETGEN008:0.1|} }", "schedule 'cosine' takes no single value, but has '0.1'; write cosine: { from: …, to: …, steps: …, warmup: … }")]
    [InlineData("{ cosine: { from: 0.1, to: 0, steps: 500, warmup: {|NETGEN009:500|} } }", "schedule 'cosine': 'warmup' is 500, but must be below 'steps', which is 500 and counts the warmup too")]
    [InlineData("{ cosine: { from: 0.1, to: {|NETGEN009:-1|}, steps: 5 } }", "schedule 'cosine': 'to' is -1, but must be at least 0")]
    [InlineData("{ cosine: { from: 0.1, to: 0, steps: {|NETGEN009:0|} } }", "schedule 'cosine': 'steps' is 0, but must be from 1 to 2,147,483,647")]
    [InlineData("{ cosine: { from: 0.1, to: 0, steps: {|NETGEN008:5.5|} } }", "schedule 'cosine': 'steps' is a whole number, not '5.5'; write e.g. steps: 10000")]
    [InlineData("{ cosine: { from: 0.1, to: 0, steps: 5, warmup: {|NETGEN009:-1|} } }", "schedule 'cosine': 'warmup' is -1, but must be from 0")]
    [InlineData("{ {|NETGEN007:step|}: { from: 0.1 } }", "schedule 'step' needs 'factor' and 'every'; write e.g. learning_rate: { step: { from: 0.1, factor: 0.5, every: 1000 } }")]
    [InlineData("{ step: { from: 0.1, factor: {|NETGEN009:0|}, every: 5 } }", "schedule 'step': 'factor' is 0, but must be above 0 and at most 1")]
    [InlineData("{ step: { from: 0.1, factor: 0.5, every: {|NETGEN009:0|} } }", "schedule 'step': 'every' is 0, but must be from 1")]
    [InlineData("{ exponential: { from: 0.1, decay: {|NETGEN009:1.1|} } }", "schedule 'exponential': 'decay' is 1.1, but must be above 0 and at most 1")]
    [InlineData("{ exponential: { from: {|NETGEN009:-0.1|}, decay: 0.9 } }", "schedule 'exponential': 'from' is -0.1, but must be at least 0")]
    [InlineData("{ inverse_time: { from: 0.1, decay: {|NETGEN009:-1|} } }", "schedule 'inverse_time': 'decay' is -1, but must be at least 0")]
    [InlineData("{ inverse_time: { from: 0.1, decay: 0.1, {|NETGEN006:every|}: 5 } }", "schedule 'inverse_time' has no option 'every'; it takes from, decay")]
    [InlineData("{ {|NETGEN007:constant|}: }", "schedule 'constant' needs 'value'; write e.g. learning_rate: { constant: 0.1 }")]
    [InlineData("{ constant: {|NETGEN009:-0.1|} }", "schedule 'constant': 'value' is -0.1, but must be at least 0")]
    [InlineData("{|NETGEN008:[0.1, 0.01]|}", "'learning_rate' is a number, not a list")]
    [InlineData("{|NETGEN008:{}|}", "'learning_rate' is a number, not a map")]
    public void A_schedule_that_is_wrong_is_placed_and_explained(string schedule, string message) => AssertSaid($"sgd: {{ learning_rate: {schedule} }}", message);

    /// <summary>The near misses.</summary>
    [Theory]
    [InlineData("adam: { learning_rate: 0, beta_1: 0, beta_2: 0.9999999, epsilon: 1e-30, weight_decay: 0, clip_norm: 1e-9, clip_value: 1e-9 }")]
    [InlineData("rmsprop: { rho: 0, momentum: 0.9999999 }")]
    [InlineData("adagrad: 0.5")]
    [InlineData("adamw: { learning_rate: { cosine: { from: 0, to: 0.1, steps: 500, warmup: 499 } } }")]
    [InlineData("sgd: { learning_rate: { step: { from: 0.1, factor: 1, every: 1 } }, momentum: 0.9, nesterov: true }")]
    [InlineData("sgd: { learning_rate: { constant: { value: 0 } } }")]
    public void What_is_just_right_is_accepted(string optimizer) =>
        Assert.DoesNotContain(NetworkCompiler.Check(Spec(optimizer)).Diagnostics, static d => d.IsError);

    private static void AssertSaid(string optimizer, string message)
    {
        string[] messages = MarkedSpec.Check(Spec(optimizer));
        Assert.Contains(message, messages[0], StringComparison.Ordinal);
    }

    private static string Spec(string optimizer) => $$"""
        input: 4
        layers: [dense: 3]
        loss: squared_error
        optimizer: {{(optimizer.Contains(": ", StringComparison.Ordinal) ? $"{{ {optimizer} }}" : optimizer)}}
        """;
}
