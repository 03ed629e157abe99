using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NetGen.Benchmarks;

/// <summary>A network with its parameters as an ONNX model: for each layer a Gemm, Conv or MaxPool and its activation.</summary>
/// <remarks>The field numbers are those of onnx.proto.</remarks>
internal static class OnnxModel
{
    public const string Input = "x", Output = "y";

    private const int IrVersion = 7, OperatorSet = 13, FloatElements = 1, IntegerAttribute = 2, IntegersAttribute = 7;

    /// <param name="net">The network; its last activation is left out where it is linear.</param>
    /// <param name="samples">The batch that the model is made for.</param>
    /// <param name="parameters">For each layer its weight, then its bias.</param>
    public static byte[] Write(BenchmarkNet net, int samples, ReadOnlySpan<float> parameters)
    {
        using MemoryStream graph = new();
        CodedOutputStream g = new(graph);
        string value = Input;
        int at = 0;
        for (int l = 0; l < net.Layers.Count; l++)
        {
            NetLayer layer = net.Layers[l];
            bool isLast = l == net.Layers.Count - 1, isActivated = layer.Activation != Activation.Linear;
            string result = isLast && !isActivated ? Output : $"z_{l}", activated = isLast ? Output : $"y_{l}";
            if (layer is DenseLayer && l > 0 && net.Layers[l - 1] is not DenseLayer)
            {
                Write(g, 1, Node("Flatten", $"flat_{l}", [value]));
                value = $"flat_{l}";
            }

            Write(g, 1, layer switch
            {
                Convolution c => Node(
                    "Conv", result, [value, $"w_{l}", $"b_{l}"],
                    Integers("strides", c.Axes.Select(a => a.Stride)), Integers("dilations", c.Axes.Select(a => a.Dilation)),
                    Integers("pads", c.Axes.Select(a => a.Before).Concat(c.Axes.Select(a => a.After))), Integer("group", c.Groups)),
                MaxPool p => Node("MaxPool", result, [value], Integers("kernel_shape", [p.Size, p.Size]), Integers("strides", [p.Size, p.Size])),
                _ => Node("Gemm", result, [value, $"w_{l}", $"b_{l}"], Integer("transB", 1)),
            });
            if (isActivated)
                Write(g, 1, Node(layer.Activation.ToString(), activated, [result]));
            if (layer.Weights > 0)
            {
                Write(g, 5, Tensor($"w_{l}", parameters.Slice(at, layer.Weights), WeightShape(layer)));
                Write(g, 5, Tensor($"b_{l}", parameters.Slice(at + layer.Weights, layer.Biases), [layer.Biases]));
            }

            at += layer.Weights + layer.Biases;
            value = isActivated ? activated : result;
        }

        Write(g, 2, net.Name);
        Write(g, 11, Value(Input, [samples, .. net.Layers[0].InputShape]));
        Write(g, 12, Value(Output, [samples, .. net.Layers[^1].OutputShape]));
        g.Flush();
        return Message(m =>
        {
            Write(m, 1, IrVersion);
            Write(m, 7, graph.ToArray());
            Write(m, 8, Message(set => Write(set, 2, OperatorSet)));
        });
    }

    private static IReadOnlyList<int> WeightShape(NetLayer layer) => layer is Convolution c
        ? [c.Filters, c.Input.Channels / c.Groups, .. c.Axes.Select(a => a.Kernel)]
        : [layer.Biases, layer.Weights / layer.Biases];

    private static byte[] Node(string type, string output, IReadOnlyList<string> inputs, params IReadOnlyList<byte[]> attributes) => Message(m =>
    {
        foreach (string input in inputs)
            Write(m, 1, input);
        Write(m, 2, output);
        Write(m, 4, type);
        foreach (byte[] attribute in attributes)
            Write(m, 5, attribute);
    });

    private static byte[] Integer(string name, int value) => Message(m =>
    {
        Write(m, 1, name);
        Write(m, 3, value);
        Write(m, 20, IntegerAttribute);
    });

    private static byte[] Integers(string name, IEnumerable<int> values) => Message(m =>
    {
        Write(m, 1, name);
        foreach (int value in values)
            Write(m, 8, value);
        Write(m, 20, IntegersAttribute);
    });

    private static byte[] Tensor(string name, ReadOnlySpan<float> values, IReadOnlyList<int> sizes)
    {
        byte[] raw = MemoryMarshal.AsBytes(values).ToArray(); // little-endian, as every machine that this runs on
        return Message(m =>
        {
            foreach (int size in sizes)
                Write(m, 1, size);
            Write(m, 2, FloatElements);
            Write(m, 8, name);
            Write(m, 9, raw);
        });
    }

    private static byte[] Value(string name, IReadOnlyList<int> sizes)
    {
        byte[] dimensions = Message(m =>
        {
            foreach (int size in sizes)
                Write(m, 1, Message(d => Write(d, 1, size)));
        });
        byte[] tensor = Message(m =>
        {
            Write(m, 1, FloatElements);
            Write(m, 2, dimensions);
        });
        return Message(m =>
        {
            Write(m, 1, name);
            Write(m, 2, Message(type => Write(type, 1, tensor)));
        });
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream memory = new();
        CodedOutputStream stream = new(memory);
        write(stream);
        stream.Flush();
        return memory.ToArray();
    }

    private static void Write(CodedOutputStream stream, int field, long number)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(number);
    }

    private static void Write(CodedOutputStream stream, int field, string text)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(text);
    }

    private static void Write(CodedOutputStream stream, int field, byte[] bytes)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(bytes));
    }
}
