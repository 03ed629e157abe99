using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using static NetGen.Benchmarks.OnnxMessages;

namespace NetGen.Benchmarks;

/// <summary>A network with its parameters as an ONNX model: for each layer a Gemm, Conv or MaxPool and its activation.</summary>
internal static class OnnxModel
{
    public const string Input = "x", Output = "y";

    /// <param name="net">The network; its last activation is left out where it is linear.</param>
    /// <param name="samples">The batch that the model is made for.</param>
    /// <param name="parameters">For each layer its weight, then its bias.</param>
    public static byte[] Write(BenchmarkNet net, int samples, float[] parameters) => Model(net.Name, g => Write(g, net, samples, parameters));

    private static void Write(CodedOutputStream g, BenchmarkNet net, int samples, ReadOnlySpan<float> parameters)
    {
        string value = Input;
        int at = 0;
        for (int l = 0; l < net.Layers.Count; l++)
        {
            NetLayer layer = net.Layers[l];
            bool isLast = l == net.Layers.Count - 1, isActivated = layer.Activation != Activation.Linear;
            string result = isLast && !isActivated ? Output : $"z_{l}", activated = isLast ? Output : $"y_{l}";
            if (layer is DenseLayer && l > 0 && net.Layers[l - 1] is not DenseLayer)
            {
                AddNode(g, Node("Flatten", $"flat_{l}", [value]));
                value = $"flat_{l}";
            }

            AddNode(g, layer switch
            {
                Convolution c => Node(
                    "Conv", result, [value, $"w_{l}", $"b_{l}"],
                    Integers("strides", c.Axes.Select(a => a.Stride)), Integers("dilations", c.Axes.Select(a => a.Dilation)),
                    Integers("pads", c.Axes.Select(a => a.Before).Concat(c.Axes.Select(a => a.After))), Integer("group", c.Groups)),
                MaxPool p => Node("MaxPool", result, [value], Integers("kernel_shape", [p.Size, p.Size]), Integers("strides", [p.Size, p.Size])),
                _ => Node("Gemm", result, [value, $"w_{l}", $"b_{l}"], Integer("transB", 1)),
            });
            if (isActivated)
                AddNode(g, Node(layer.Activation.ToString(), activated, [result]));
            if (layer.Weights > 0)
            {
                AddTensor(g, $"w_{l}", parameters.Slice(at, layer.Weights), WeightShape(layer));
                AddTensor(g, $"b_{l}", parameters.Slice(at + layer.Weights, layer.Biases), [layer.Biases]);
            }

            at += layer.Weights + layer.Biases;
            value = isActivated ? activated : result;
        }

        AddInput(g, Input, [samples, .. net.Layers[0].InputShape]);
        AddOutput(g, Output, [samples, .. net.Layers[^1].OutputShape]);
    }

    private static IReadOnlyList<int> WeightShape(NetLayer layer) => layer is Convolution c
        ? [c.Filters, c.Input.Channels / c.Groups, .. c.Axes.Select(a => a.Kernel)]
        : [layer.Biases, layer.Weights / layer.Biases];
}
