using System.Threading.Tasks;
using Xunit;

namespace NetGen.Generator.Tests.CallSites;

/// <summary>Buffers that are swapped, and targets of the wrong kind.</summary>
public sealed class CallSiteKindTests
{
    [Theory]
    [InlineData("net.Forward({|NETGEN071:new float[10]|}, new float[64]);", "inputs has length 10 and outputs 64, which fit Digits the other way round; exchange new float[10] and new float[64]")]
    [InlineData("net.Forward({|NETGEN071:new float[20]|}, new float[128]);", "inputs has length 20 and outputs 128, which fit Digits the other way round; exchange new float[20] and new float[128]")]
    [InlineData("net.Forward(outputs: {|NETGEN071:new float[64]|}, inputs: new float[10]);", "outputs has length 64 and inputs 10, which fit Digits the other way round; exchange new float[64] and new float[10]")]
    [InlineData("var image = new float[64]; var scores = new float[10]; Digits.Forward(p, {|NETGEN071:scores|}, image);", "inputs has length 10 and outputs 64, which fit Digits the other way round; exchange scores and image")]
    [InlineData("net.Loss({|NETGEN071:data.AsSpan(0, 10)|}, data.AsSpan(10, 64));", "inputs has length 10 and targets 64, which fit Digits the other way round; exchange data.AsSpan(0, 10) and data.AsSpan(10, 64)")]
    [InlineData("net.TrainStep({|NETGEN071:new float[10]|}, new float[64], 0.1f);", "inputs has length 10 and targets 64, which fit Digits the other way round; exchange new float[10] and new float[64]")]
    [InlineData("Digits.Forward({|NETGEN071:new float[64]|}, net.Parameters, y);", "parameters has length 64 and inputs 1210, which fit Digits the other way round; exchange new float[64] and net.Parameters")]
    [InlineData("Line.Backward(p, x, y, {|NETGEN071:new float[1000]|}, net.Parameters.Slice(0, 10));", "gradients has length 1000 and scratch 10, which fit Line the other way round; exchange new float[1000] and net.Parameters.Slice(0, 10)")]
    public Task Buffers_that_fit_in_each_others_places_are_one_error_that_says_so(string statements, string message) => Calls.Gives(statements, message);

    [Theory]
    [InlineData("net.Forward({|NETGEN070:new float[10]|}, y);")]
    [InlineData("net.Forward({|NETGEN070:new float[10]|}, {|NETGEN070:new float[63]|});")]
    [InlineData("net.Forward({|NETGEN070:new float[10]|}, {|NETGEN070:new float[128]|});")]
    [InlineData("Digits.Backward(p, {|NETGEN070:new float[10]|}, y, data, new float[64 * 100]);")]
    public async Task What_fits_in_no_order_is_not_called_swapped(string statements) => await Calls.Marked(Calls.Statements(statements));

    [Theory]
    [InlineData("net.Loss(new float[64 * 32], {|NETGEN072:new float[32]|});", "targets has 1 float for each of the 32 samples of inputs, but Digits takes 10, or a class index as an int; pass int labels, or 32 * Digits.OutputSize floats")]
    [InlineData("net.TrainStep(new float[64], {|NETGEN072:new[] { 3f }|}, 0.1f);", "targets has 1 float for the one sample of inputs, but Digits takes 10, or a class index as an int; pass int labels, or Digits.OutputSize floats")]
    [InlineData("net.Backward(new float[640], {|NETGEN072:new float[10]|});", "targets has 1 float for each of the 10 samples of inputs, but Digits takes 10, or a class index as an int; pass int labels, or 10 * Digits.OutputSize floats")]
    [InlineData("Gru.Loss(p, new float[30], {|NETGEN072:new float[10]|});", "targets has 5 floats for each of the 2 samples of inputs, but Gru takes 20, or as many class indices as ints; pass int labels, or 2 * Gru.OutputSize floats")]
    [InlineData("net.Loss(new float[128], {|NETGEN072:new int[20]|});", "labels has 10 ints for each of the 2 samples of inputs, but Digits takes one class index; pass 2 indices, or float targets")]
    [InlineData("net.Loss(new float[64], {|NETGEN072:new int[10]|});", "labels has 10 ints for the one sample of inputs, but Digits takes one class index; pass the index, or float targets")]
    [InlineData("Gru.Loss(p, new float[15], {|NETGEN072:new int[20]|});", "labels has 20 ints for the one sample of inputs, but Gru takes 5 class indices; pass 5 indices, or float targets")]
    public Task Class_indices_as_floats_and_one_hot_targets_as_ints_are_errors(string statements, string message) => Calls.Gives(statements, message);

    [Theory]
    [InlineData("line.Loss(new float[12], {|NETGEN070:new float[3]|});")]
    [InlineData("net.Loss(new float[128], {|NETGEN070:new float[3]|});")]
    [InlineData("net.Loss(x, {|NETGEN070:new float[1]|});")]
    public async Task Where_no_labels_are_taken_or_the_samples_are_unknown_the_length_alone_is_wrong(string statements) =>
        await Calls.Marked(Calls.Statements(statements));
}
