using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>
/// The textbook's rule of shared weights: a convolution is the dense network of its edges, and the gradient of a shared
/// weight is the sum of the gradients of the edges that share it. Held against that dense network, with every edge.
/// </summary>
public sealed class WeightSharingTests
{
    /// <summary>Each row has the input's sizes, then by hand the padding before each axis and the output's sizes.</summary>
    [Theory]
    [InlineData("conv1d: { filters: 3, kernel_size: 3 }", 2, 7, 1, 0, 0, 5, 1)]
    [InlineData("conv1d: { filters: 1, kernel_size: 1, strides: 3 }", 3, 7, 1, 0, 0, 3, 1)]
    [InlineData("conv1d: { filters: 2, kernel_size: 7, padding: 2, dilation_rate: 1 }", 2, 3, 1, 2, 0, 1, 1)]
    [InlineData("conv1d: { filters: 3, kernel_size: 3, strides: 2, dilation_rate: 2, padding: causal }", 2, 8, 1, 4, 0, 4, 1)]
    [InlineData("conv1d: { filters: 3, kernel_size: 4, padding: same }", 2, 5, 1, 1, 0, 5, 1)]
    [InlineData("conv1d: { filters: 3, kernel_size: 4, strides: 3, padding: same }", 2, 5, 1, 1, 0, 2, 1)]
    [InlineData("conv1d: { filters: 4, kernel_size: 3, strides: 2, groups: 2 }", 6, 9, 1, 0, 0, 4, 1)]
    [InlineData("conv2d: { filters: 3, kernel_size: 3 }", 2, 5, 4, 0, 0, 3, 2)]
    [InlineData("conv2d: { filters: 2, kernel_size: [3, 2], strides: [2, 1], padding: [1, 0] }", 3, 5, 4, 1, 0, 3, 3)]
    [InlineData("conv2d: { filters: 2, kernel_size: 3, strides: 2, padding: same }", 1, 6, 5, 0, 1, 3, 3)]
    [InlineData("conv2d: { filters: 6, kernel_size: 2, padding: 1, dilation_rate: [1, 2], groups: 3 }", 3, 4, 3, 1, 1, 5, 3)]
    [InlineData("conv2d: { filters: 4, kernel_size: 5, padding: same, dilation_rate: 2, groups: 4 }", 4, 3, 3, 4, 4, 3, 3)]
    [InlineData("conv_transpose1d: { filters: 3, kernel_size: 3 }", 2, 5, 1, 0, 0, 7, 1)]
    [InlineData("conv_transpose1d: { filters: 2, kernel_size: 4, strides: 3, padding: 1, output_padding: 2, groups: 2 }", 4, 4, 1, 1, 0, 13, 1)]
    [InlineData("conv_transpose2d: { filters: 2, kernel_size: [3, 2], strides: 2, padding: [1, 0], output_padding: 1 }", 3, 3, 2, 1, 0, 6, 5)]
    [InlineData("conv_transpose2d: { filters: 6, kernel_size: 2, strides: [1, 3], dilation_rate: 2, groups: 3 }", 3, 3, 2, 0, 0, 5, 6)]
    public void A_convolution_is_the_dense_network_whose_edges_share_weights(string layer, int channels, int height, int width, int top, int left, int outHeight, int outWidth)
    {
        const int Samples = 3;
        string kind = layer[..layer.IndexOf(':')];
        string sizes = kind.EndsWith("1d", StringComparison.Ordinal) ? $"{channels}, {height}" : $"{channels}, {height}, {width}";
        ReferenceNetwork shared = ReferenceNetwork.Parse($"""
            input: [{sizes}]
            layers: [{layer}, flatten]
            loss: half_squared_error
            """);
        ReferenceNetwork dense = ReferenceNetwork.Parse($"""
            input: [{sizes}]
            layers: [flatten, dense: {shared.OutputSize}]
            loss: half_squared_error
            """);
        shared.Fill(21);
        (string weight, string bias) = ($"{kind}_1.weight", $"{kind}_1.bias");
        int filters = shared.Parameters[bias].Length, outPositions = shared.OutputSize / filters;
        (int Unit, int Input, int Weight)[] edges = [.. Edges(layer, [channels, height, width], [outHeight, outWidth], [top, left], shared.ParameterTable[0].Shape)];
        Assert.Equal(outHeight * outWidth, outPositions);
        Assert.Equal(edges.Length, edges.DistinctBy(e => (e.Unit, e.Input)).Count());
        foreach ((int unit, int input, int w) in edges)
            dense.Parameters["dense_1.weight"][unit * shared.InputSize + input] = shared.Parameters[weight][w];
        for (int unit = 0; unit < shared.OutputSize; unit++)
            dense.Parameters["dense_1.bias"][unit] = shared.Parameters[bias][unit / outPositions];

        double[] inputs = TestData.Uniform(22, Samples * shared.InputSize).ToDoubles();
        double[] targets = TestData.Uniform(23, Samples * shared.OutputSize).ToDoubles();
        IReadOnlyDictionary<string, double[]> gradients = shared.Backward(inputs, targets).Gradients;
        IReadOnlyDictionary<string, double[]> unshared = dense.Backward(inputs, targets).Gradients;

        double[] sumOverEdges = new double[shared.Parameters[weight].Length], sumOverPositions = new double[filters];
        foreach ((int unit, int input, int w) in edges)
            sumOverEdges[w] += unshared["dense_1.weight"][unit * shared.InputSize + input];
        for (int unit = 0; unit < shared.OutputSize; unit++)
            sumOverPositions[unit / outPositions] += unshared["dense_1.bias"][unit];
        Assert.InRange(Difference.Relative(dense.Forward(inputs), shared.Forward(inputs)), 0, 1e-14);
        Assert.InRange(Difference.Relative(sumOverEdges, gradients[weight]), 0, 1e-14);
        Assert.InRange(Difference.Relative(sumOverPositions, gradients[bias]), 0, 1e-14);
        Assert.Contains(sumOverEdges, g => Math.Abs(g) > 1e-3);
    }

    /// <summary>
    /// Every edge, from the definition: along an axis, output q reads input q stride - padding + k dilation by tap k, and of a
    /// transposed convolution, input p reaches output p stride - padding + k dilation.
    /// </summary>
    private static IEnumerable<(int Unit, int Input, int Weight)> Edges(string layer, int[] sizes, int[] outputs, int[] before, int[] weightShape)
    {
        bool isTransposed = layer.Contains("transpose");
        int groups = Option(layer, "groups", 0), channels = sizes[0];
        int filters = isTransposed ? weightShape[1] * groups : weightShape[0];
        int[] kernel = [weightShape[2], weightShape.Length > 3 ? weightShape[3] : 1];
        for (int o = 0; o < filters; o++)
        {
            for (int c = 0; c < channels; c++)
            {
                if (o / (filters / groups) != c / (channels / groups))
                    continue;
                foreach ((int y, int inputY, int ky) in Axis(0))
                {
                    foreach ((int x, int inputX, int kx) in Axis(1))
                    {
                        int first = isTransposed ? c * weightShape[1] + o % weightShape[1] : o * weightShape[1] + c % weightShape[1];
                        yield return (
                            (o * outputs[0] + y) * outputs[1] + x,
                            (c * sizes[1] + inputY) * sizes[2] + inputX,
                            (first * kernel[0] + ky) * kernel[1] + kx);
                    }
                }
            }
        }

        IEnumerable<(int Output, int Input, int Tap)> Axis(int axis)
        {
            int stride = Option(layer, "strides", axis), dilation = Option(layer, "dilation_rate", axis), size = sizes[1 + axis];
            for (int q = 0; q < outputs[axis]; q++)
            {
                for (int p = 0; p < size; p++)
                {
                    for (int k = 0; k < kernel[axis]; k++)
                    {
                        int reach = isTransposed ? p * stride + k * dilation - q : q * stride + k * dilation - p;
                        if (reach == before[axis])
                            yield return (q, p, k);
                    }
                }
            }
        }
    }

    /// <summary>An option's number for an axis; 1 where it is not given.</summary>
    private static int Option(string layer, string key, int axis)
    {
        int start = layer.IndexOf(key + ": ", StringComparison.Ordinal);
        if (start < 0)
            return 1;
        string value = layer[(start + key.Length + 2)..];
        return value[0] == '[' ? int.Parse(value[1..value.IndexOf(']')].Split(',')[axis]) : int.Parse(value.Split(',', ' ')[0]);
    }
}
