using System.Linq;
using NetGen.Compiler.Passes;
using Xunit;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>What layers cost adds up to what the network costs.</summary>
public sealed class CostsTests
{
    [Theory]
    [InlineData("input: 8\nlayers: [ { dense: { units: 16, activation: relu } }, { dense: 3 } ]")]
    [InlineData("input: { shape: [20, 2], layout: sequence }\nlayers: [ { gru: 8 }, { dense: 1 } ]")]
    [InlineData("input: { shape: [100, 1], layout: sequence }\nlayers: [ { lstm: 32 }, { dense: 1 } ]")] // in pieces of the time
    [InlineData("input: { shape: [103, 1], layout: sequence }\nlayers: [ { lstm: { units: 32, return_sequences: true } }, { gru: 32 }, { dense: 1 } ]")] // in pieces, and a rest
    public void Multiply_adds_of_the_layers_are_the_networks(string spec)
    {
        Costs costs = Costs.Of(NetworkCompiler.Check(spec).Network!);
        Assert.Equal(costs.MultiplyAdds, costs.Layers.Sum(static l => l.MultiplyAdds));
        Assert.Equal(costs.ParameterBytes, costs.Layers.Sum(static l => l.ParameterBytes));
    }
}
