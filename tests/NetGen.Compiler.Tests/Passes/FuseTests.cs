using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using Xunit;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>What becomes one kernel, and what stays apart, and why.</summary>
public sealed class FuseTests
{
    [Theory]
    [InlineData("dense: 3, relu", "Affine+relu")]
    [InlineData("conv1d: { filters: 2, kernel_size: 3 }, relu", "Correlate+relu")]
    [InlineData("dense: 3, relu, tanh", "Affine+relu Map")] // one function each
    [InlineData("dense: { units: 3, name: a }, relu, add: [a, relu_1]", "Affine Map Combine")] // the sum is read twice
    [InlineData("dense: 4, softmax", "Affine Softmax")] // not elementwise
    [InlineData("relu", "Map")] // nothing before it
    public void In_inference(string layers, string kernels)
    {
        string input = layers.StartsWith("conv", StringComparison.Ordinal) ? "{ shape: [2, 6], layout: channels }" : "12";

        Assert.Equal(kernels, Names(Of($"{{ input: {input}, layers: [{layers}] }}").Inference));
    }

    [Theory]
    [InlineData("relu", "Affine+relu Affine")] // the derivative is of the output alone
    [InlineData("tanh", "Affine+tanh Affine")]
    [InlineData("gelu", "Affine Map Affine")] // it reads the sum
    [InlineData("dropout: 0.5", "Affine Map Affine")] // it holds random numbers
    public void In_training(string activation, string kernels) =>
        Assert.Equal(kernels, Names(Of($"{{ input: 4, layers: [dense: 3, {activation}, dense: 2], loss: half_squared_error }}").Training!.Forward));

    [Fact]
    public void What_nobody_reads_is_dropped()
    {
        Program program = Of("{ input: 4, layers: [dense: { units: 3, name: used }, dense: { units: 9, name: unused }, linear: { from: used }] }");

        Assert.Equal(3, Assert.Single(program.Inference.OfType<Affine>()).Outputs);
    }

    private static Program Of(string spec) => Program.Of(NetworkCompiler.Check(spec).Network ?? throw new InvalidOperationException(spec));

    private static string Names(IEnumerable<Kernel> kernels) => string.Join(' ', kernels.Where(static k => k is not Rearrange).Select(static k => k switch
    {
        Affine { EpilogueName: { } name } => "Affine+" + name,
        Correlate { EpilogueName: { } name } => "Correlate+" + name,
        _ => k.GetType().Name,
    }));
}
