using System.Linq;
using NetGen.Compiler.Diagnostics;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>What is most likely not meant is said, each thing once; what only looks like it is not.</summary>
public sealed class LintTests
{
    private const string Trained = "loss: mean_squared_error\noptimizer: { sgd: { learning_rate: 0.1 } }\n";

    [Theory]
    [InlineData("NETGEN040", "layers: [ { dense: 3 }, softmax, { dropout: 0.1 }, log_softmax ]")]
    [InlineData("NETGEN041", "layers: [ { dense: { units: 16, name: a } }, { dropout: 0.1 }, { dense: 3 } ]")]
    [InlineData("NETGEN041", "layers: [ { dense: 16 }, linear, { dense: 3 } ]")]
    [InlineData("NETGEN042", "layers: [ { dense: 3 }, relu6 ]\n" + Trained)]
    [InlineData("NETGEN042", "layers: [ { dense: 3 }, relu, { reshape: [3] } ]\n" + Trained)]
    [InlineData("NETGEN044", "layers: [ { dense: 3 }, { dropout: 0.5 } ]\n" + Trained)]
    [InlineData("NETGEN045", "layers: [ { reshape: [2, 4] }, { conv1d: { filters: 2, kernel_size: 3 } }, batch_norm, relu ]")]
    [InlineData("NETGEN046", "layers: [ { dense: 3 } ]\nloss: mean_squared_error\noptimizer: { sgd: { learning_rate: 0.000000001 } }")]
    [InlineData("NETGEN046", "layers: [ { dense: 3 } ]\nloss: mean_squared_error\noptimizer: { sgd: 100 }")]
    [InlineData("NETGEN047", "layers: [ { batch_norm: { momentum: 0.9 } }, { dense: 3 } ]")]
    [InlineData("NETGEN048", "layers: [ { dense: { units: 4, name: a } }, { relu: { name: b } }, { dense: { units: 3, from: a } } ]")]
    [InlineData("NETGEN049", "layers: [ relu ]\nloss: hinge\noptimizer: { sgd: { learning_rate: 0.1 } }")]
    public void It_is_said_once(string id, string layers) =>
        Assert.Equal([id], NetworkCompiler.Check("input: 8\n" + layers).Diagnostics.Select(static d => d.Rule.Id));

    [Theory]
    [InlineData("layers: [ { dense: { units: 3, activation: softmax } }, { dense: 3 }, softmax ]")] // softmaxes with a layer between
    [InlineData("layers: [ { dense: 2 }, { dense: 3 } ]")] // a narrow one between: a rank
    [InlineData("layers: [ { dense: { units: 16, name: a } }, { dense: { units: 4, name: b } }, { dense: { units: 4, activation: relu, name: c, from: a } }, { add: { from: [b, c] } } ]")] // another layer reads the first one
    [InlineData("layers: [ { dense: 3 }, relu ]\nloss: hinge\noptimizer: { sgd: { learning_rate: 0.1 } }")] // no regression
    [InlineData("layers: [ { dense: 3 }, relu, { dense: 1 } ]\n" + Trained)]
    [InlineData("layers: [ { dropout: 0.5 }, { dense: 3 } ]\n" + Trained)]
    [InlineData("layers: [ { dense: 3 }, { dropout: 0 } ]\n" + Trained)] // drops nothing
    [InlineData("layers: [ { dense: 3 }, { dropout: 0.5 } ]")] // never trained
    [InlineData("layers: [ { dense: { units: 3, activation: relu } }, batch_norm ]")] // the bias is before the activation
    [InlineData("layers: [ { dense: 3 }, { batch_norm: { trainable: false } } ]")] // running statistics leave the bias
    [InlineData("layers: [ { batch_norm: { momentum: 1 } }, { dense: 3 } ]")] // the last batch's, as stated
    [InlineData("layers: [ batch_norm ]\nloss: mean_squared_error\noptimizer: { adam: { learning_rate: 0.5 } }")]
    public void These_are_meant(string layers) => Assert.Empty(NetworkCompiler.Check("input: 8\n" + layers).Diagnostics);

    [Theory]
    [InlineData("loss: mean_squared_error", "there is no optimizer, so it is sgd, with learning_rate: 0.01; write optimizer: { sgd: { learning_rate: 0.01 } } to say so")]
    [InlineData("loss: mean_squared_error\noptimizer: adam", "optimizer 'adam' states no learning_rate, so it is its default, with learning_rate: 0.001; write optimizer: { adam: { learning_rate: 0.001 } } to say so")]
    public void A_default_learning_rate_is_named(string training, string message)
    {
        Diagnostic said = Assert.Single(NetworkCompiler.Check("input: 8\nlayers: [ { dense: 3 } ]\n" + training).Diagnostics);
        Assert.Equal((Rules.DefaultLearningRate, message), (said.Rule, said.Message));
    }

    [Fact]
    public void An_error_carries_the_shapes_that_led_to_it()
    {
        Diagnostic error = Assert.Single(NetworkCompiler.Check("input: 8\nlayers: [ { dense: { units: 64, activation: relu } }, { dropout: 0.2 }, { dense: { units: 3, in: 8 } } ]").Diagnostics);
        Assert.Equal("input 8 -> dense_1 64 -> dropout_1 64", error.Trace);
    }
}
