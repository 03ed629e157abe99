using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Models.Onnx.Export;
using NetGen.Models.Onnx.Proto;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>What an exported graph looks like: its names, its constants, and what it says of itself.</summary>
public sealed class GraphTests
{
    [Fact]
    public void Nodes_and_values_are_named_after_the_layers_and_constants_as_in_weight_files()
    {
        var exported = new Exported("""
            input: 4
            layers:
              - dense: { units: 3, activation: silu, name: hidden }
              - dropout: 0.5
              - dense: { units: 2, use_bias: false }
              - softmax
            """);

        Assert.Equal("""
            hidden/gemm = Gemm(input, hidden.weight, hidden.bias)  transB=1  [hidden]
            hidden/activation/sigmoid = Sigmoid(hidden/gemm)
            hidden = Mul(hidden/gemm, hidden/activation/sigmoid)  [hidden/activation]
            dense_2 = Gemm(hidden, dense_2.weight)  transB=1
            output = Softmax(dense_2)  axis=1  [softmax_1]

            """.ReplaceLineEndings("\n"), GraphText.Of(exported.Graph));
        Assert.Equal(["hidden.weight", "hidden.bias", "dense_2.weight"], exported.Graph.Initializer.Select(static t => t.Name));
        Assert.Equal([3L, 4], exported.Graph.Initializer[0].Dims);
        Assert.Equal(["hidden", "dense_2"], exported.Graph.ValueInfo.Select(static v => v.Name));
    }

    [Fact]
    public void A_recurrent_layer_stands_between_two_transpositions_and_gives_the_states_that_are_read()
    {
        var exported = new Exported("""
            input: [5, 3]
            layers:
              - lstm: { units: 4, return_sequences: true, name: memory }
              - dense: 2
            outputs: [dense_1, memory.h, memory.c]
            """);

        Assert.Equal("""
            memory/time_first = Transpose(input)  perm=1 0 2
            memory/Y, memory/Y_h, memory/Y_c = LSTM(memory/time_first, memory/W, memory/R, memory/B)  hidden_size=4  [memory]
            memory.h = Squeeze(memory/Y_h, memory/h_axes)  [memory/h]
            memory.c = Squeeze(memory/Y_c, memory/c_axes)  [memory/c]
            memory/steps = Squeeze(memory/Y, memory/steps_axes)
            memory = Transpose(memory/steps)  perm=1 0 2  [memory/sequence]
            dense_1/weight = Transpose(dense_1.weight)  perm=1 0
            dense_1/matmul = MatMul(memory, dense_1/weight)  [dense_1]
            dense_1 = Add(dense_1/matmul, dense_1.bias)  [dense_1/sum]

            """.ReplaceLineEndings("\n"), GraphText.Of(exported.Graph));
    }

    [Fact]
    public void A_weight_that_layers_share_stands_in_the_model_once()
    {
        var exported = new Exported("""
            input: 5
            layers:
              - embedding: { input_dim: 11, output_dim: 4, name: table }
              - gru: { units: 4, return_sequences: true, name: a }
              - gru: { units: 4, return_sequences: true, weights_of: a, use_bias: false, name: b }
              - dense: { units: 11, weights_of: table, name: logits }
            """);

        IEnumerable<TensorProto> floats = exported.Graph.Initializer.Where(static t => t.DataType == (int)TensorProto.Types.DataType.Float);
        Assert.Equal(["table.weight", "a/W", "a/R", "a/B", "logits.bias"], floats.Select(static t => t.Name));
        string text = GraphText.Of(exported.Graph);
        Assert.Contains("b/Y = GRU(b/time_first, a/W, a/R)  hidden_size=4  linear_before_reset=1  [b]\n", text, StringComparison.Ordinal);
        Assert.Contains("logits/weight = Transpose(table.weight)  perm=1 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_output_comes_of_is_left_out_and_inputs_stay()
    {
        var exported = new Exported("""
            inputs: { x: 3, y: 2 }
            layers:
              - dense: { units: 2, from: y, name: unread }
              - dense: { units: 4, from: x, name: head }
              - dense: { units: 2, name: more }
            outputs: head
            """);

        Assert.Equal(["head.weight", "head.bias"], exported.Graph.Initializer.Select(static t => t.Name));
        Assert.Equal(["x", "y"], exported.Graph.Input.Select(static i => i.Name));
        Assert.Equal("head = Gemm(x, head.weight, head.bias)  transB=1\n", GraphText.Of(exported.Graph));
    }

    [Fact]
    public void Every_input_and_output_begins_with_the_batch()
    {
        GraphProto graph = new Exported("input: [3, 8, 9]\nlayers: [conv2d: { filters: 2, kernel_size: 3 }]\n").Graph;
        static string Text(ValueInfoProto value) =>
            $"{value.Name} [{string.Join(", ", value.Type.TensorType.Shape.Dim.Select(static d => d.HasDimParam ? d.DimParam : $"{d.DimValue}"))}]";
        Assert.Equal("input [N, 3, 8, 9]", Text(Assert.Single(graph.Input)));
        Assert.Equal("output [N, 2, 6, 7]", Text(Assert.Single(graph.Output)));
    }

    [Theory]
    [InlineData(13, 7)]
    [InlineData(14, 7)]
    [InlineData(15, 8)]
    [InlineData(17, 8)]
    [InlineData(19, 9)]
    [InlineData(21, 10)]
    public void A_model_says_who_made_it_of_what_and_for_which_opset(int opset, int irVersion)
    {
        const string Spec = "# mine\ninput: 3\nlayers: [dense: 2]\n";
        var exported = new Exported(Spec, opset);
        ModelProto model = exported.Model;
        Assert.Equal(("NetGen", Skeleton.Version, "net"), (model.ProducerName, model.ProducerVersion, model.Graph.Name));
        Assert.Equal((irVersion, "", opset), (model.IrVersion, Assert.Single(model.OpsetImport).Domain, model.OpsetImport[0].Version));
        Dictionary<string, string> texts = model.MetadataProps.ToDictionary(static t => t.Key, static t => t.Value);
        Assert.Equal(Spec, texts[OnnxExporter.SpecKey]);
        Assert.Equal(NetworkHash.Of(exported.Network), texts[OnnxExporter.NetworkKey]);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        foreach (string name in ExportSpecs.Few)
            Assert.Equal(Exported.Of(name).Bytes, new Exported(ExportSpecs.All[name]).Bytes);
    }

    [Fact]
    public void Names_are_given_once_and_every_constant_is_read()
    {
        foreach (string name in ExportSpecs.All.Keys)
        {
            GraphProto graph = Exported.Of(name).Graph;
            NodeProto[] nodes = [.. AllNodes(graph)];
            Assert.Equal(nodes.Length, nodes.Select(static n => n.Name).Distinct().Count());
            string[] values =
            [
                .. graph.Input.Select(static i => i.Name), .. graph.Initializer.Select(static t => t.Name),
                .. nodes.SelectMany(static n => n.Output).Where(static o => o.Length > 0),
            ];
            Assert.Equal(values.Length, values.Distinct().Count());
            HashSet<string> read = [.. nodes.SelectMany(static n => n.Input)];
            Assert.All(graph.Initializer, t => Assert.Contains(t.Name, read));
        }
    }

    private static IEnumerable<NodeProto> AllNodes(GraphProto graph) =>
        graph.Node.SelectMany(static n => n.Attribute.Where(static a => a.G is not null).SelectMany(static a => AllNodes(a.G)).Prepend(n));
}
