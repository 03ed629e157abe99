using System;
using System.IO;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NetGen.Benchmarks;

/// <summary>A network with its parameters as an ONNX model: for each layer a Gemm and its activation.</summary>
/// <remarks>The field numbers are those of onnx.proto.</remarks>
internal static class OnnxModel
{
    public const string Input = "x", Output = "y";

    private const int IrVersion = 7, OperatorSet = 13, FloatElements = 1, IntegerAttribute = 2;

    /// <param name="net">The network; its last activation is left out where it is linear.</param>
    /// <param name="samples">The batch that the model is made for.</param>
    /// <param name="parameters">For each layer its weight as [out, in], then its bias.</param>
    public static byte[] Write(BenchmarkNet net, int samples, ReadOnlySpan<float> parameters)
    {
        using MemoryStream graph = new();
        CodedOutputStream g = new(graph);
        string value = Input;
        int at = 0;
        for (int l = 0; l < net.Layers.Count; l++)
        {
            DenseLayer layer = net.Layers[l];
            int weights = layer.Inputs * layer.Outputs;
            bool isLast = l == net.Layers.Count - 1, isActivated = layer.Activation != Activation.Linear;
            string sum = isLast && !isActivated ? Output : $"sum_{l}", activated = isLast ? Output : $"y_{l}";
            Write(g, 1, Node("Gemm", sum, value, $"w_{l}", $"b_{l}"));
            if (isActivated)
                Write(g, 1, Node(layer.Activation.ToString(), activated, sum));
            Write(g, 5, Tensor($"w_{l}", parameters.Slice(at, weights), layer.Outputs, layer.Inputs));
            Write(g, 5, Tensor($"b_{l}", parameters.Slice(at + weights, layer.Outputs), layer.Outputs));
            at += weights + layer.Outputs;
            value = isActivated ? activated : sum;
        }

        Write(g, 2, net.Name);
        Write(g, 11, Value(Input, samples, net.InputSize));
        Write(g, 12, Value(Output, samples, net.OutputSize));
        g.Flush();
        return Message(m =>
        {
            Write(m, 1, IrVersion);
            Write(m, 7, graph.ToArray());
            Write(m, 8, Message(set => Write(set, 2, OperatorSet)));
        });
    }

    private static byte[] Node(string type, string output, params ReadOnlySpan<string> inputs)
    {
        string[] names = inputs.ToArray();
        return Message(m =>
        {
            foreach (string input in names)
                Write(m, 1, input);
            Write(m, 2, output);
            Write(m, 4, type);
            if (type == "Gemm")
            {
                Write(m, 5, Message(transB =>
                {
                    Write(transB, 1, nameof(transB));
                    Write(transB, 3, 1);
                    Write(transB, 20, IntegerAttribute);
                }));
            }
        });
    }

    private static byte[] Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        byte[] raw = MemoryMarshal.AsBytes(values).ToArray(); // little-endian, as every machine that this runs on
        int[] sizes = shape.ToArray();
        return Message(m =>
        {
            foreach (int size in sizes)
                Write(m, 1, size);
            Write(m, 2, FloatElements);
            Write(m, 8, name);
            Write(m, 9, raw);
        });
    }

    private static byte[] Value(string name, params ReadOnlySpan<int> shape)
    {
        int[] sizes = shape.ToArray();
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
