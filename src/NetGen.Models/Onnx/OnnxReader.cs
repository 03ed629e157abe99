using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Google.Protobuf;
using NetGen.Models.Graphs;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx;

/// <summary>Reads an ONNX file.</summary>
internal static class OnnxReader
{
    /// <summary>In bytes. Networks that a source generator compiles are a hundredth of it.</summary>
    public const long LargestFile = 256L << 20;

    /// <summary>What the operators of are known: the oldest and the newest.</summary>
    private const int OldestSet = 6, NewestSet = 24;

    private const int MostNodes = 100_000;

    /// <summary>The model.</summary>
    /// <param name="folder">The file's, where tensors may stand in files of their own.</param>
    /// <exception cref="ImportException">It is no such file, or one that is damaged.</exception>
    public static ModelGraph Read(byte[] bytes, string? folder)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new ImportException("it is no ONNX model, or a damaged one: its messages cannot be read");
        }

        if (model.Graph is null || (model.Graph.Node.Count == 0 && model.Graph.Output.Count == 0))
            throw new ImportException("it is no ONNX model, or an empty one: it has no graph");
        long? stated = model.OpsetImport.FirstOrDefault(static o => o.Domain is "" or "ai.onnx")?.Version;
        long set = stated ?? 1;
        if (set is < OldestSet or > NewestSet)
        {
            throw new ImportException(
                $"its operators are of set {set}, but those of {OldestSet} to {NewestSet} are known; convert it by onnx.version_converter.convert_version(model, 17)");
        }

        var reader = new GraphReader(new OnnxTensors(folder), model);
        ModelGraph graph = reader.Read(model.Graph);
        return graph with
        {
            OperatorSet = (int)set,
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            Remarks = [.. new[] { model.Graph.DocString, model.DocString }.Where(static d => d.Length is > 0 and < 200)],
        };
    }

    private sealed class GraphReader(OnnxTensors tensors, ModelProto model)
    {
        private readonly Dictionary<(string Domain, string Name), FunctionProto> _functions =
            model.Functions.GroupBy(static f => (f.Domain, f.Name)).ToDictionary(static g => g.Key, static g => g.First());

        private int _nodes, _inlined;

        public ModelGraph Read(GraphProto graph)
        {
            if (graph.SparseInitializer.Count > 0)
                throw new ImportException("it has sparse tensors, which are not read; write them as plain ones");
            var constants = new Dictionary<string, Func<Constant>>();
            foreach (TensorProto tensor in graph.Initializer)
            {
                // Decoded once, and only where something reads it.
                var value = new Lazy<Constant>(() => tensors.Read(tensor));
                constants[tensor.Name] = () => value.Value;
            }

            var nodes = new List<ModelNode>();
            foreach (NodeProto node in graph.Node)
                Add(nodes, node, depth: 0);
            // Constants that are nodes are constants all the same.
            foreach (ModelNode node in nodes.Where(static n => n is { Operator: "Constant", Outputs.Count: 1 }))
            {
                if (node.Attributes.GetValueOrDefault("value") is Constant tensor)
                    constants[node.Outputs[0]] = () => tensor;
            }

            nodes.RemoveAll(n => n is { Operator: "Constant", Outputs.Count: 1 } && constants.ContainsKey(n.Outputs[0]));
            return new ModelGraph(
                [.. graph.Input.Where(i => !constants.ContainsKey(i.Name)).Select(InputOf)], [.. graph.Output.Select(static o => o.Name)], nodes, constants);
        }

        private static ModelInput InputOf(ValueInfoProto input)
        {
            if (input.Type is { TensorType: null })
                throw new ImportException($"the input '{input.Name}' is no tensor");
            IEnumerable<ShapeProto.Types.Dimension> dimensions = input.Type?.TensorType?.Shape?.Dim ?? [];
            return new ModelInput(
                input.Name,
                [.. dimensions.Select(static d => d.ValueCase == ShapeProto.Types.Dimension.ValueOneofCase.DimValue && d.DimValue is > 0 and <= int.MaxValue ? (int?)d.DimValue : null)],
                [.. dimensions.Select(static d => d.ValueCase == ShapeProto.Types.Dimension.ValueOneofCase.DimParam ? d.DimParam : "?")]);
        }

        private void Add(List<ModelNode> nodes, NodeProto node, int depth)
        {
            if (++_nodes > MostNodes)
                throw new ImportException($"it has more than {MostNodes:N0} nodes, which no network that is compiled has");
            string domain = node.Domain is "" or "ai.onnx" ? "" : node.Domain;
            if (_functions.TryGetValue((node.Domain, node.OpType), out FunctionProto? function))
            {
                Inline(nodes, node, function, depth);
                return;
            }

            nodes.Add(new ModelNode(domain.Length == 0 ? node.OpType : $"{domain}.{node.OpType}", node.Name, [.. node.Input], [.. node.Output])
            {
                Attributes = node.Attribute.GroupBy(static a => a.Name).ToDictionary(static g => g.Key, g => Value(g.First(), node)),
            });
        }

        /// <summary>A function's nodes in the place of the node that calls it, with names of their own for what is between.</summary>
        private void Inline(List<ModelNode> nodes, NodeProto call, FunctionProto function, int depth)
        {
            if (depth > 16)
                throw new ImportException($"the function '{function.Name}' calls itself, or functions call each other more than 16 deep");
            string prefix = $"{(call.Name.Length > 0 ? call.Name : function.Name)}/{++_inlined}/";
            var names = new Dictionary<string, string> { [""] = "" };
            for (int i = 0; i < function.Input.Count; i++)
                names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
            for (int i = 0; i < function.Output.Count; i++)
                names[function.Output[i]] = i < call.Output.Count && call.Output[i].Length > 0 ? call.Output[i] : prefix + function.Output[i];
            foreach (NodeProto inner in function.Node)
            {
                NodeProto copy = inner.Clone();
                copy.Name = prefix + inner.Name;
                for (int i = 0; i < copy.Input.Count; i++)
                    copy.Input[i] = names.GetValueOrDefault(copy.Input[i], prefix + copy.Input[i]);
                for (int i = 0; i < copy.Output.Count; i++)
                    copy.Output[i] = names.GetValueOrDefault(copy.Output[i], prefix + copy.Output[i]);
                for (int i = copy.Attribute.Count - 1; i >= 0; i--)
                {
                    if (copy.Attribute[i].RefAttrName is not { Length: > 0 } from)
                        continue;
                    AttributeProto? given = call.Attribute.FirstOrDefault(a => a.Name == from) ?? function.AttributeProto.FirstOrDefault(a => a.Name == from);
                    string name = copy.Attribute[i].Name;
                    copy.Attribute.RemoveAt(i);
                    if (given is null)
                        continue;
                    AttributeProto bound = given.Clone();
                    bound.Name = name;
                    copy.Attribute.Add(bound);
                }

                Add(nodes, copy, depth + 1);
            }
        }

        private object Value(AttributeProto a, NodeProto node) => a.Type switch
        {
            AttributeProto.Types.AttributeType.Float => (double)a.F,
            AttributeProto.Types.AttributeType.Int => a.I,
            AttributeProto.Types.AttributeType.String => a.S.ToStringUtf8(),
            AttributeProto.Types.AttributeType.Tensor => tensors.Read(a.T ?? new TensorProto()),
            AttributeProto.Types.AttributeType.Graph => Read(a.G ?? new GraphProto()),
            AttributeProto.Types.AttributeType.Floats => a.Floats.Select(static f => (double)f).ToArray(),
            AttributeProto.Types.AttributeType.Ints => a.Ints.ToArray(),
            AttributeProto.Types.AttributeType.Strings => a.Strings.Select(static s => s.ToStringUtf8()).ToArray(),
            // Files of the first years of the format leave the type out.
            AttributeProto.Types.AttributeType.Undefined => a.T is { } t ? tensors.Read(t)
                : a.Ints.Count > 0 ? a.Ints.ToArray() : a.Floats.Count > 0 ? a.Floats.Select(static f => (double)f).ToArray()
                : a.HasS ? a.S.ToStringUtf8() : a.HasF ? (double)a.F : a.I,
            _ => $"{a.Type} of {node.OpType}",
        };
    }
}
