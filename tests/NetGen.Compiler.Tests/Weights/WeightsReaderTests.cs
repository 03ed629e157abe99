using System.Linq;
using NetGen.Compiler.Binding;
using Xunit;

namespace NetGen.Compiler.Tests.Weights;

/// <summary>The options below <c>weights</c>.</summary>
public sealed class WeightsReaderTests
{
    private const string Network = "input: 4\nlayers: [ { dense: { units: 8, name: fc1 } }, relu, { dense: { units: 2, name: fc2 } } ]\n";

    [Fact]
    public void A_prefix_and_names_say_what_each_tensor_is_called()
    {
        WeightsOption option = NetworkCompiler.Check(Network + "weights: { file: w.safetensors, prefix: module., names: { fc1: 0, fc2.weight: \"head.w\" } }").Network!.Weights!;

        Assert.Equal(["module.0.weight", "module.0.bias", "module.head.w", "module.fc2.bias"], new[] { "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias" }.Select(option.TensorNames.Of));
    }

    [Theory]
    [InlineData("names: { fc3: \"0\" }", "NETGEN083", "weights: no layer 'fc3' of the network has parameters; did you mean 'fc1'?")]
    [InlineData("names: { relu_1: \"0\" }", "NETGEN083", "weights: no layer 'relu_1' of the network has parameters; those that have are 'fc1', 'fc2'")]
    [InlineData("names: { fc1.wight: \"0\" }", "NETGEN083", "weights: no layer 'fc1.wight' of the network has parameters; did you mean 'fc1.weight'?")]
    [InlineData("names: { fc1: \"0\", fc2: \"0\" }", "NETGEN083", "weights: 'fc1.weight' and 'fc2.weight' would both be tensor '0.weight'; give each a name of its own")]
    [InlineData("names: { fc1: fc2 }", "NETGEN083", "weights: 'fc1.weight' and 'fc2.weight' would both be tensor 'fc2.weight'; give each a name of its own")]
    [InlineData("names: [a, b]", "NETGEN008", "weights: 'names' is a map from layers to their names in the file, not a list; write e.g. names: { hidden: \"0\" }")]
    [InlineData("names: { fc1: [0] }", "NETGEN008", "weights: 'names' takes a name as it stands in the file, not a list; write e.g. names: { hidden: \"0\" }")]
    [InlineData("prefix: [module]", "NETGEN008", "weights: 'prefix' takes a name as it stands in the file, not a list; write e.g. prefix: module.")]
    [InlineData("prefixes: module.", "NETGEN006", "weights has no option 'prefixes'; did you mean 'prefix'?")]
    public void What_is_wrong_with_them_is_one_error(string options, string rule, string message)
    {
        var found = Assert.Single(NetworkCompiler.Check(Network + $"weights: {{ file: w.safetensors, {options} }}").Diagnostics, static d => d.IsError);

        Assert.Equal((rule, message), (found.Rule.Id, found.Message));
    }

    [Fact]
    public void Names_are_not_checked_against_layers_that_are_wrong_themselves() =>
        Assert.Equal("NETGEN010", Assert.Single(NetworkCompiler.Check("input: 4\nlayers: [ { denze: 8 } ]\nweights: { file: w, names: { dense_1: \"0\" } }").Diagnostics).Rule.Id);
}
