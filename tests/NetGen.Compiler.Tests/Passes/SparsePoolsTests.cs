using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>Which convolutions take one place of each window of the max pool above them, and which take all.</summary>
public sealed class SparsePoolsTests
{
    [Theory]
    [InlineData("kernel_size: 3, activation: relu", "max_pool2d: 2", true)]
    [InlineData("kernel_size: 3, activation: tanh", "max_pool2d: { pool_size: 2, strides: 3 }", true)]
    [InlineData("kernel_size: 3, strides: 2", "max_pool2d: [1, 3]", true)]
    // What went into the activation is not at hand where the pool's output is.
    [InlineData("kernel_size: 3, activation: gelu", "max_pool2d: 2", false)]
    [InlineData("kernel_size: 3, activation: relu", "average_pool2d: 2", false)]
    [InlineData("kernel_size: 3, activation: relu", "max_pool2d: { pool_size: 3, strides: 2 }", false)]
    [InlineData("kernel_size: 3, activation: relu", "max_pool2d: { pool_size: 2, padding: 1 }", false)]
    [InlineData("kernel_size: 3, activation: relu, groups: 2", "max_pool2d: 2", false)]
    [InlineData("kernel_size: 3, activation: relu", "max_pool2d: 1", false)]
    public void A_convolution_below_a_max_pool_takes_places(string convolution, string pool, bool takesPlaces)
    {
        string source = GeneratedAssembly.Emit("Net", $$"""
            input: [2, 12, 12]
            layers:
              - conv2d: { filters: 4, {{convolution}} }
              - {{pool}}
              - flatten
              - dense: 3
            loss: mean_squared_error
            """, Target.Net10);

        Assert.Equal(takesPlaces, source.Contains("GradientPlaces("));
        Assert.Equal(!takesPlaces, source.Contains("CorrelateWeightGradient(window, "));
    }
}
