using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Google.Protobuf;
using NetGen.Models.Onnx.Proto;
using NetGen.Models.Onnx.Runtime;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Runtime;

/// <summary>Models that ONNX Runtime computes; its package is one of these tests' own.</summary>
public sealed class OnnxRuntimeSessionTests : IDisposable
{
    private const int Float = 1, Int64 = 7, Bool = 9;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():n}.onnx");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_model_gives_its_outputs_by_their_names()
    {
        using OnnxRuntimeSession session = Open(
            [Node("Add", ["x", "y"], "sum"), Node("Mul", ["x", "y"], "product")], [("x", Float, [2, 3]), ("y", Float, [3])], [("sum", Float, [2, 3]), ("product", Float, [2, 3])]);

        Assert.Equal([("x", "2, 3"), ("y", "3")], session.Inputs.Select(static i => (i.Name, string.Join(", ", i.Shape))));
        IReadOnlyDictionary<string, float[]> outputs = session.Run(new Dictionary<string, (float[], int[])> { ["x"] = ([1, 2, 3, 4, 5, 6], [2, 3]), ["y"] = ([10, 20, 30], [3]) });

        Assert.Equal([11, 22, 33, 14, 25, 36], outputs["sum"]);
        Assert.Equal([10, 40, 90, 40, 100, 180], outputs["product"]);
    }

    [Fact]
    public void Whole_numbers_and_truths_are_converted_both_ways()
    {
        using OnnxRuntimeSession session = Open(
            [Node("Add", ["k", "k"], "twice"), Node("Not", ["b"], "not")], [("k", Int64, [3]), ("b", Bool, [2])], [("twice", Int64, [3]), ("not", Bool, [2])]);

        IReadOnlyDictionary<string, float[]> outputs = session.Run(new Dictionary<string, (float[], int[])> { ["k"] = ([1, -7, 40_000], [3]), ["b"] = ([1, 0], [2]) });

        Assert.Equal([2, -14, 80_000], outputs["twice"]);
        Assert.Equal([0, 1], outputs["not"]);
    }

    [Fact]
    public void An_axis_of_no_fixed_size_takes_any()
    {
        using OnnxRuntimeSession session = Open([Node("Neg", ["x"], "y")], [("x", Float, [-1, 2])], [("y", Float, [-1, 2])]);

        Assert.Equal([-1, 2], session.Inputs[0].Shape);
        Assert.Equal([-1, -2, -3, -4], session.Run(new Dictionary<string, (float[], int[])> { ["x"] = ([1, 2, 3, 4], [2, 2]) })["y"]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_its_name()
    {
        using OnnxRuntimeSession session = Open([Node("Neg", ["x"], "y")], [("x", Float, [2])], [("y", Float, [2])]);

        Assert.Contains("the input 'x' is missing", Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, (float[], int[])>())).Message, StringComparison.Ordinal);
        Assert.Contains("the input 'x' has 3 numbers, but the shape [2]",
            Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, (float[], int[])> { ["x"] = ([1, 2, 3], [2]) })).Message, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime refuses: ",
            Assert.Throws<InvalidDataException>(() => session.Run(new Dictionary<string, (float[], int[])> { ["x"] = ([1, 2, 3], [3]) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_is_no_session_and_says_why()
    {
        File.WriteAllText(_path, "no model");

        Assert.Null(OnnxRuntimeSession.TryOpen(_path, out string whyNot));
        Assert.StartsWith($"{_path}: ONNX Runtime does not take it: ", whyNot, StringComparison.Ordinal);
        Assert.Null(OnnxRuntimeSession.TryOpen(_path + ".none", out whyNot));
        Assert.Equal($"there is no file '{_path}.none'", whyNot);
    }

    private OnnxRuntimeSession Open(NodeProto[] nodes, (string Name, int Type, int[] Shape)[] inputs, (string Name, int Type, int[] Shape)[] outputs)
    {
        var graph = new GraphProto { Name = "g" };
        graph.Node.AddRange(nodes);
        graph.Input.AddRange(inputs.Select(Value));
        graph.Output.AddRange(outputs.Select(Value));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetProto { Domain = "", Version = 13 });
        File.WriteAllBytes(_path, model.ToByteArray());
        OnnxRuntimeSession? session = OnnxRuntimeSession.TryOpen(_path, out string whyNot);
        Assert.Equal("", whyNot);
        return session!;
    }

    private static NodeProto Node(string type, string[] inputs, string output)
    {
        var node = new NodeProto { OpType = type };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static ValueInfoProto Value((string Name, int Type, int[] Shape) value)
    {
        var shape = new ShapeProto();
        shape.Dim.AddRange(value.Shape.Select(static size => size < 0 ? new ShapeProto.Types.Dimension { DimParam = "n" } : new ShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = value.Name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = value.Type, Shape = shape } } };
    }
}
