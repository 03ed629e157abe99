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
    [InlineData("NETGEN101", "layers: [ { dense: 3 }, { reshape: [3, 1] }, relu, { dense: { units: 1, activation: softmax } } ]")]
    [InlineData("NETGEN101", "layers: [ { dense: 1 }, log_softmax ]\nloss: cross_entropy\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN101", "layers: [ { dense: 1 }, softmax ]\nloss: binary_cross_entropy\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN101", "layers: [ { dense: 1 } ]\nloss: cross_entropy_with_logits\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN101", "layers: [ { reshape: [1, 2, 4] }, softmax ]")] // one channel
    [InlineData("NETGEN102", "layers: [ { dense: { units: 3, activation: softmax } } ]\nloss: binary_cross_entropy\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN103", "layers: [ { dense: 1 }, hard_sigmoid ]\nloss: hinge\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN103", "layers: [ { dense: { units: 2, activation: softmax } } ]\nloss: hinge\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN104", "layers: [ { dense: 3 }, relu6, { dropout: 0.1 }, hard_sigmoid ]")]
    [InlineData("NETGEN104", "layers: [ { dense: 3 }, relu ]\nloss: binary_cross_entropy_with_logits\noptimizer: { sgd: 0.1 }")]
    [InlineData("NETGEN105", "layers: [ { dense: { units: 3, activation: tanh } }, linear, tanh ]")]
    [InlineData("NETGEN106", "layers: [ { reshape: [2, 4] }, { conv1d: { filters: 4, kernel_size: 2 } }, { dropout: 0.1 }, { conv1d: { filters: 3, kernel_size: 2 } } ]")]
    [InlineData("NETGEN106", "layers: [ { reshape: [2, 4] }, { conv1d: { filters: 4, kernel_size: 2, use_bias: false } }, batch_norm, { conv1d: { filters: 3, kernel_size: 2 } } ]")]
    [InlineData("NETGEN107", "layers: [ { dense: 3 }, { dropout: 0.1 }, batch_norm ]\n" + Trained)]
    [InlineData("NETGEN108", "layers: [ { dense: { units: 3, activation: relu, kernel_initializer: zeros } }, { dropout: 0.1 }, { dense: 2 } ]\n" + Trained)]
    [InlineData("NETGEN108", "layers: [ { reshape: [1, 8] }, { conv1d: { filters: 3, kernel_size: 3, activation: relu, kernel_initializer: { constant: 0.1 } } }, flatten, { dense: 2 } ]\n" + Trained)]
    public void It_is_said_once(string id, string layers) =>
        Assert.Equal([id], NetworkCompiler.Check("input: 8\n" + layers).Diagnostics.Select(static d => d.Rule.Id));

    /// <summary>What a fix makes of it is a network of which that is not said.</summary>
    [Theory]
    [InlineData("layers: [ { dense: 1 }, softmax ]\nloss: cross_entropy\noptimizer: { sgd: 0.1 }", "layers: [ { dense: 1 }, sigmoid ]\nloss: binary_cross_entropy\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers: [ { dense: { units: 1, activation: softmax } } ]", "layers: [ { dense: { units: 1, activation: sigmoid } } ]")]
    [InlineData("layers:\n  - dense: 3\n  - softmax\nloss: { binary_cross_entropy: { reduction: sum } }\noptimizer: { sgd: 0.1 }", "layers:\n  - dense: 3\n  - softmax\nloss: { cross_entropy: { reduction: sum } }\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers:\n  - dense: 3\n  - sigmoid\nloss: hinge\noptimizer: { sgd: 0.1 }", "layers:\n  - dense: 3\nloss: hinge\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers: [ { dense: { units: 1, activation: relu } }, sigmoid ]", "layers: [ { dense: { units: 1, activation: linear } }, sigmoid ]")]
    [InlineData("layers: [ { dense: 3 }, relu, relu, { dense: 1 } ]", "layers: [ { dense: 3 }, relu, { dense: 1 } ]")]
    public void The_first_fix_cures_it(string layers, string cured)
    {
        string spec = "input: 8\n" + layers;
        Diagnostic said = Assert.Single(NetworkCompiler.Check(spec).Diagnostics);

        Assert.Equal("input: 8\n" + cured, TextEdit.Apply(spec, said.Fixes[0].Edits));
        Assert.Empty(NetworkCompiler.Check("input: 8\n" + cured).Diagnostics);
    }

    [Theory]
    [InlineData("[32, 32, 3]", "conv2d: { filters: 8, kernel_size: 3 }", "[3, 32, 32]", "[2, 0, 1]")]
    [InlineData("[240, 320, 4]", "max_pool2d: 2", "[4, 240, 320]", "[2, 0, 1]")]
    [InlineData("[28, 28, 1]", "conv2d: { filters: 8, kernel_size: 3, padding: same }", "[1, 28, 28]", "[2, 0, 1]")]
    [InlineData("[32, 32, 3]", "batch_norm\n  - conv2d: { filters: 8, kernel_size: 3 }", "[3, 32, 32]", "[2, 0, 1]")]
    [InlineData("[100, 3]", "conv1d: { filters: 8, kernel_size: 3 }", "[3, 100]", "[1, 0]")]
    public void An_input_whose_channels_come_last_is_said_where_it_is_written(string input, string layers, string right, string order)
    {
        string spec = $"input: {input}\nlayers:\n  - {layers}\n";
        Diagnostic said = Assert.Single(NetworkCompiler.Check(spec).Diagnostics);

        Assert.Equal(("NETGEN100", input), (said.Rule.Id, spec.Substring(said.Span.Start, said.Span.Length)));
        Assert.Equal([right, $"permute: {order}\n  - "], said.Fixes.Select(static f => f.Edits[0].Text));
        foreach (Fix fix in said.Fixes)
            Assert.Empty(NetworkCompiler.Check(TextEdit.Apply(spec, fix.Edits)).Diagnostics);
    }

    [Theory]
    [InlineData("[3, 32, 32]", "conv2d: { filters: 8, kernel_size: 3 }")]
    [InlineData("[1, 28, 28]", "max_pool2d: 2")]
    [InlineData("[8, 8, 8]", "conv2d: { filters: 8, kernel_size: 3 }")]
    [InlineData("[32, 32, 5]", "conv2d: { filters: 8, kernel_size: 3 }")]
    [InlineData("[4, 4, 4]", "conv2d: { filters: 8, kernel_size: 3 }")]
    [InlineData("[2, 64, 3]", "conv2d: { filters: 8, kernel_size: 3 }")] // two channels of 64 x 3
    [InlineData("[32, 32, 3]", "conv2d: { filters: 8, kernel_size: [3, 1] }")] // the last axis is no picture's
    [InlineData("[32, 32, 3]", "permute: [2, 0, 1]\n  - conv2d: { filters: 8, kernel_size: 3 }")]
    [InlineData("[32, 32, 3]", "flatten\n  - dense: 3")]
    [InlineData("[1, 32, 8]", "conv2d: { filters: 32, kernel_size: [1, 5], activation: relu }\n  - conv2d: { filters: 8, kernel_size: 3 }")] // [32, 32, 4] between layers
    [InlineData("{ shape: [100, 3], layout: channels }", "conv1d: { filters: 8, kernel_size: 3 }")] // as stated
    [InlineData("[6, 100]", "conv1d: { filters: 8, kernel_size: 3 }")]
    [InlineData("[100, 3]", "lstm: 8")]
    public void Channels_that_come_first_are_not(string input, string layers) => Assert.Empty(NetworkCompiler.Check($"input: {input}\nlayers:\n  - {layers}\n").Diagnostics);

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
    [InlineData("layers: [ { dense: 2 }, softmax ]\nloss: cross_entropy\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers: [ { dense: 1 }, sigmoid ]\nloss: binary_cross_entropy\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers: [ { dense: 3 }, sigmoid ]\nloss: binary_cross_entropy\noptimizer: { sgd: 0.1 }")] // labels of which several may hold
    [InlineData("layers: [ { dense: 3 }, tanh ]\nloss: hinge\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers: [ { dense: { units: 3, activation: relu } }, { dense: 3 }, sigmoid ]")] // a layer between
    [InlineData("layers: [ { dense: 3 }, leaky_relu, sigmoid ]")] // tells of what is below 0
    [InlineData("layers: [ { dense: { units: 3, activation: relu } }, softmax ]")] // one class against another
    [InlineData("layers: [ { dense: { units: 3, activation: relu } }, { dense: 3 } ]\nloss: cross_entropy_with_logits\noptimizer: { sgd: 0.1 }")]
    [InlineData("layers: [ { dense: { units: 3, name: a } }, softplus, tanh, { multiply: [a, tanh_1] } ]")] // mish, written out
    [InlineData("layers: [ { reshape: [2, 4] }, { conv1d: { filters: 4, kernel_size: 3 } }, flatten, { dense: 3 } ]")] // features, and what they say
    [InlineData("layers: [ { reshape: [2, 4] }, { conv1d: { filters: 2, kernel_size: 3, groups: 2 } }, { conv1d: { filters: 4, kernel_size: 1 } } ]")] // separable
    [InlineData("layers: [ { reshape: [2, 4] }, { conv1d: { filters: 4, kernel_size: 3 } }, { max_pool1d: 2 }, { conv1d: { filters: 4, kernel_size: 1 } } ]")] // a pool that takes the largest
    [InlineData("layers: [ { reshape: [4, 2] }, { permute: [1, 0] }, { conv1d: { filters: 1, kernel_size: 2 } }, { conv1d: { filters: 4, kernel_size: 2 } } ]")] // a rank
    [InlineData("layers: [ { dense: { units: 3, activation: relu } }, { dropout: 0.1 }, { dense: { units: 3, activation: relu, name: b } }, batch_norm ]\n" + Trained)] // a layer between
    [InlineData("layers: [ { dense: 3 }, { dropout: 0.1 }, { batch_norm: { trainable: false } } ]\n" + Trained)] // statistics of what inference sees
    [InlineData("layers: [ { dense: { units: 3, kernel_initializer: zeros } } ]\n" + Trained)] // the last layer
    [InlineData("layers: [ { dense: { units: 8, activation: relu } }, { dense: { units: 8, kernel_initializer: zeros, name: b } }, { add: [b, input] }, { dense: 2 } ]\n" + Trained)] // a branch that begins as the identity
    [InlineData("layers: [ { dense: { units: 3, activation: relu, kernel_initializer: zeros } }, { dense: 2 } ]")] // never trained
    [InlineData("layers: [ { dense: { units: 3, activation: relu, kernel_initializer: zeros, trainable: false } }, { dense: 2 } ]\n" + Trained)]
    [InlineData("layers: [ { dense: { units: 1, activation: relu, kernel_initializer: ones } }, { dense: 2 } ]\n" + Trained)] // one unit
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
