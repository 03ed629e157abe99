using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NetGen.Benchmarks;

/// <summary>The messages of an ONNX file.</summary>
/// <remarks>The field numbers are those of onnx.proto.</remarks>
internal static class OnnxMessages
{
    private const int IrVersion = 7, OperatorSet = 13, FloatElements = 1, IntegerAttribute = 2, IntegersAttribute = 7;

    /// <summary>A file of one graph, to which nodes, tensors, inputs and outputs have been written.</summary>
    public static byte[] Model(string name, Action<CodedOutputStream> write)
    {
        byte[] graph = Message(g =>
        {
            write(g);
            Write(g, 2, name);
        });
        return Message(m =>
        {
            Write(m, 1, IrVersion);
            Write(m, 7, graph);
            Write(m, 8, Message(set => Write(set, 2, OperatorSet)));
        });
    }

    public static void AddNode(CodedOutputStream graph, byte[] node) => Write(graph, 1, node);

    public static void AddTensor(CodedOutputStream graph, string name, ReadOnlySpan<float> values, IReadOnlyList<int> sizes) =>
        Write(graph, 5, Tensor(name, values, sizes));

    public static void AddInput(CodedOutputStream graph, string name, IReadOnlyList<int> sizes) => Write(graph, 11, Value(name, sizes));

    public static void AddOutput(CodedOutputStream graph, string name, IReadOnlyList<int> sizes) => Write(graph, 12, Value(name, sizes));

    public static byte[] Node(string type, string output, IReadOnlyList<string> inputs, params IReadOnlyList<byte[]> attributes) =>
        Node(type, [output], inputs, attributes);

    /// <summary>An operator; an empty name stands for an input or output that is left out.</summary>
    public static byte[] Node(string type, IReadOnlyList<string> outputs, IReadOnlyList<string> inputs, params IReadOnlyList<byte[]> attributes) => Message(m =>
    {
        foreach (string input in inputs)
            Write(m, 1, input);
        foreach (string output in outputs)
            Write(m, 2, output);
        Write(m, 4, type);
        foreach (byte[] attribute in attributes)
            Write(m, 5, attribute);
    });

    public static byte[] Integer(string name, int value) => Message(m =>
    {
        Write(m, 1, name);
        Write(m, 3, value);
        Write(m, 20, IntegerAttribute);
    });

    public static byte[] Integers(string name, IEnumerable<int> values) => Message(m =>
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
