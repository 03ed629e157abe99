using System;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Passes;
using Xunit;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>That estimates behave as times do; how near they come to times is a test of the benchmarks.</summary>
public sealed class TimeEstimateTests
{
    [Theory]
    [InlineData("input: SIZE\nlayers: [ { dense: { units: 64, activation: tanh } }, { dense: 4 }, softmax ]")]
    [InlineData("input: 64\nlayers: [ { dense: { units: SIZE, activation: relu } }, { dense: 4 } ]")]
    [InlineData("input: [3, SIZE, SIZE]\nlayers: [ { conv2d: { filters: 8, kernel_size: 3, activation: relu } }, { max_pool2d: 2 }, flatten, { dense: 10 } ]")]
    [InlineData("input: [3, SIZE, SIZE]\nlayers: [ batch_norm, global_average_pool, { dense: 10 } ]")]
    [InlineData("input: { shape: [SIZE, 2], layout: sequence }\nlayers: [ { lstm: 32 }, { dense: 1 } ]")]
    [InlineData("input: { shape: [20, 2], layout: sequence }\nlayers: [ { gru: SIZE }, { dense: 1 } ]")]
    [InlineData("input: SIZE\nlayers: [ layer_norm, gelu, { dense: 10 } ]")]
    public void A_larger_network_takes_longer(string spec)
    {
        foreach (Machine machine in Machine.All)
        {
            TimeEstimate[] times = [.. new[] { 16, 32, 64, 128 }.Select(size => Estimate(spec.Replace("SIZE", $"{size}", StringComparison.Ordinal), machine))];
            Assert.All(times.Zip(times.Skip(1)), static pair =>
            {
                Assert.InRange(pair.First.One, double.Epsilon, pair.Second.One);
                Assert.InRange(pair.First.OfBatch, double.Epsilon, pair.Second.OfBatch);
            });
        }
    }

    [Fact]
    public void Every_layer_has_its_part_and_they_add_up()
    {
        TimeEstimate time = Estimate("input: 8\nlayers: [ { dense: { units: 200, activation: relu } }, dropout: 0.5, { dense: 3 }, softmax ]", Machine.Avx2);
        Assert.Equal(["dense_1", "dropout_1", "dense_2", "softmax_1"], time.Layers.Select(static l => l.Layer));
        // Dropout does nothing in inference.
        Assert.Equal([true, false, true, true], time.Layers.Select(static l => l.One > 0));
        Assert.Equal(time.One, time.Layers.Sum(static l => l.One));
        Assert.Equal(time.OfBatch, time.Layers.Sum(static l => l.OfBatch));
    }

    [Fact]
    public void Steps_of_time_are_counted_each()
    {
        double Of(int steps) =>
            Estimate($"input: {{ shape: [{steps}, 4], layout: sequence }}\nlayers: [ {{ lstm: 32 }}, {{ dense: 1 }} ]", Machine.Avx512).Layers[0].One;
        Assert.InRange(Of(2000) / Of(1000), 1.9, 2.1);
    }

    [Fact]
    public void Code_without_vectors_has_no_estimate()
    {
        Program program = Compile("input: 8\nlayers: [ { dense: 3 } ]");
        string[] with = [.. SummaryTable.Lines(program, new ChooseStrategy(program, hasVectors: true))];
        string[] without = [.. SummaryTable.Lines(program, new ChooseStrategy(program, hasVectors: false))];
        Assert.Contains("ns  ns of 64  code", with[0]);
        Assert.Contains(with, static line => line == TimeEstimate.Description("x64 with AVX2"));
        Assert.DoesNotContain(without, static line => line.Contains("ns of 64") || line.StartsWith("ns:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.456, "0.46")]
    [InlineData(3.04, "3")]
    [InlineData(9.96, "10")]
    [InlineData(12.4, "12")]
    [InlineData(1251, "1,300")]
    [InlineData(1668517.6, "1,700,000")]
    public void People_get_two_digits(double nanoseconds, string text) => Assert.Equal(text, TimeEstimate.Text(nanoseconds));

    private static TimeEstimate Estimate(string spec, Machine machine)
    {
        Program program = Compile(spec);
        return TimeEstimate.Of(program, new ChooseStrategy(program, hasVectors: true), machine);
    }

    private static Program Compile(string spec)
    {
        CheckResult result = NetworkCompiler.Check(spec);
        return Program.Of(result.Network ?? throw new ArgumentException(string.Join("\n", result.Diagnostics)));
    }
}
