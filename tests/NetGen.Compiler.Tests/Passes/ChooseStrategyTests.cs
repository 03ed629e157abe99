using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using Xunit;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>How the dense layers of a network are printed: by their size, by what is asked for, and by whether there are vectors.</summary>
public sealed class ChooseStrategyTests
{
    [Theory]
    [InlineData("input: 4, layers: [dense: 3]", true, "Inline")] // tiny
    [InlineData("input: 4, layers: [dense: 3]", false, "StraightLine")]
    [InlineData("input: 20, layers: [dense: 20, dense: 20]", true, "StraightLine StraightLine")] // 400 terms each
    [InlineData("input: 20, layers: [dense: 20, dense: 20]", false, "Loops Loops")] // over 128
    [InlineData("input: 20, layers: [dense: 30]", true, "Loops")] // over 512
    [InlineData("input: 20, layers: [dense: 30], unroll: full", true, "StraightLine")]
    [InlineData("input: 20, layers: [dense: 60], unroll: full", true, "Loops")] // over 1,000
    [InlineData("input: 4, layers: [dense: 3], unroll: none", true, "Loops")]
    public void Of_a_dense_layer(string spec, bool hasVectors, string strategies) => Assert.Equal(strategies, string.Join(' ', Of(spec, hasVectors)));

    [Fact]
    public void A_networks_budget_goes_to_those_that_come_first()
    {
        string layers = string.Join(", ", Enumerable.Range(0, 22).Select(static k => $"dense: {20 + (k % 2)}"));

        string[] strategies = Of($"input: 20, layers: [{layers}]", hasVectors: true);

        // Of 400 to 420 terms each, 19 are within 8,000.
        Assert.Equal([.. Enumerable.Repeat("StraightLine", 19), .. Enumerable.Repeat("Loops", 3)], strategies);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void Layers_of_many_sizes_are_products_of_any_size(int sizes, bool usesBlocksOnly)
    {
        string layers = string.Join(", ", Enumerable.Range(1, sizes).Select(static k => $"dense: {k + 30}"));

        Assert.Equal(usesBlocksOnly, new ChooseStrategy(Program.Of(NetworkCompiler.Check($"{{ input: 9, layers: [{layers}] }}").Network!),
            hasVectors: true).UsesBlocksOnly);
    }

    private static string[] Of(string spec, bool hasVectors)
    {
        Program program = Program.Of(NetworkCompiler.Check($"{{ {spec} }}").Network!);
        var strategies = new ChooseStrategy(program, hasVectors);
        return [.. program.Inference.OfType<Affine>().Select(k => strategies.Of(k).ToString())];
    }
}
