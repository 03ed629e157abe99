using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Layers;
using NetGen.Models.Onnx.Export.Layers;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export;

/// <summary>A network and its weights as an ONNX model.</summary>
internal sealed class OnnxExporter
{
    /// <summary>The keys of what a model says beside the graph: the spec's text, and the hash of the network.</summary>
    public const string SpecKey = "netgen.spec", NetworkKey = "netgen.network";

    /// <summary>The key under which a model says that it is more than the network: that it scales <c>features</c>, <c>targets</c> or both.</summary>
    public const string ScaledKey = "netgen.scaled";

    private readonly Network _network;
    private readonly ExportOptions _options;
    private readonly GraphWriter _graph;
    private readonly HashSet<int> _needed = [];
    private readonly Dictionary<ValueSource, string> _values = [];

    /// <summary>What a value is called in the end, by its first name.</summary>
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    /// <summary>The names of outputs, by what gives them.</summary>
    private readonly Dictionary<ValueSource, string> _outputs = [];

    private OnnxExporter(Network network, Func<string, NamedTensor> parameters, ExportOptions options)
    {
        _network = network;
        _options = options;
        string[] inputs = [.. network.Inputs.Select(static i => i.Name)];
        // The only output has no name in the spec.
        OutputNames = network.NamesOutputs || inputs.Contains("output") ? [.. network.Outputs.Select(static o => o.Name)] : ["output"];
        _graph = new GraphWriter(options.Opset, parameters, [.. inputs, .. OutputNames]);
        for (int k = 0; k < inputs.Length; k++)
            _values[ValueSource.Input(k)] = inputs[k];
    }

    private IReadOnlyList<string> OutputNames { get; }

    /// <summary>The model. It is one message, which may have 2 GB: a network has at most 2^28 floats, which are half of that.</summary>
    /// <param name="network">The checked network.</param>
    /// <param name="parameters">The values of a parameter as PyTorch presents them, by its name in weight files.</param>
    public static ModelProto Export(Network network, Func<string, NamedTensor> parameters, ExportOptions options)
    {
        var exporter = new OnnxExporter(network, parameters, options);
        exporter.Write();
        exporter._graph.Graph.Name = options.Name;
        exporter._graph.Graph.DocString = options.Spec is null ? "" : $"Exported from a spec of NetGen, which the metadata have under {SpecKey}.";
        var model = new ModelProto
        {
            IrVersion = options.IrVersion,
            ProducerName = "NetGen",
            ProducerVersion = Skeleton.Version,
            Graph = exporter._graph.Graph,
        };
        model.OpsetImport.Add(new OperatorSetProto { Domain = "", Version = options.Opset });
        model.MetadataProps.Add(new EntryProto { Key = NetworkKey, Value = NetworkHash.Of(network) });
        string scaled = string.Join(", ", [.. options.Features is null ? [] : new[] { "features" }, .. options.Targets is null ? [] : new[] { "targets" }]);
        if (scaled.Length > 0)
            model.MetadataProps.Add(new EntryProto { Key = ScaledKey, Value = scaled });
        foreach ((string key, string text) in options.Texts)
            model.MetadataProps.Add(new EntryProto { Key = key, Value = text });
        if (options.Spec is { } spec)
            model.MetadataProps.Add(new EntryProto { Key = SpecKey, Value = spec });
        return model;
    }

    private void Write()
    {
        foreach (OutputPart output in _network.Outputs)
            Need(output.Source.Layer);
        NameOutputs();
        for (int k = 0; _options.Features is { } features && k < _network.Inputs.Count; k++)
        {
            InputPart input = _network.Inputs[k];
            Scaling scaling = features.Part(input.Offset, input.Shape.Size);
            _values[ValueSource.Input(k)] = ScalingExport.Standardize(new NodeScope(_graph, input.Name), input.Name, input.Shape, scaling);
        }

        for (int k = 0; k < _network.Layers.Count; k++)
        {
            if (_needed.Contains(k))
                WriteLayer(k);
        }

        GraphProto graph = _graph.Graph;
        graph.Input.AddRange(_network.Inputs.Select(static i => Tensors.Value(i.Name, i.Shape.Dimensions)));
        foreach ((OutputPart output, string name) in _network.Outputs.Zip(OutputNames))
        {
            string value = _values[output.Source];
            if (TargetsOf(output) is { } scaling)
                ScalingExport.Restore(new NodeScope(_graph, name), value, name, output.Shape, scaling);
            // What only passes on the value of another output, or an input, has no node of its own yet.
            else if (value != name)
                _graph.Add("Identity", _network.Layers[output.Source.Layer].Name + "/identity", [value], [name], []);
            graph.Output.Add(Tensors.Value(name, output.Shape.Dimensions));
        }
    }

    /// <summary>What an output is brought back to the units of the data with; null where it stays as it is.</summary>
    private Scaling? TargetsOf(OutputPart output) => output.Loss is null || _options.Targets is not { } targets ? null
        : targets.Part(_network.Trained.TakeWhile(o => o.Name != output.Name).Sum(static o => o.Shape.Size), output.Shape.Size);

    /// <summary>A layer from which an output comes, and those before it.</summary>
    private void Need(int layer)
    {
        var left = new Stack<int>([layer]);
        while (left.TryPop(out int next))
        {
            if (next < 0 || !_needed.Add(next))
                continue;
            foreach (ValueSource source in _network.Layers[next].Sources)
                left.Push(source.Layer);
        }
    }

    /// <summary>An output's name goes to the layer that makes the value: those that pass it on in inference, as dropout does, have no nodes.</summary>
    private void NameOutputs()
    {
        foreach ((OutputPart output, string name) in _network.Outputs.Zip(OutputNames).Where(o => TargetsOf(o.First) is null))
        {
            ValueSource source = output.Source;
            while (source.IsLayer && PassesOn(_network.Layers[source.Layer]))
                source = _network.Layers[source.Layer].Sources[0];
            if (!source.IsInput)
                _outputs.TryAdd(source, name);
        }
    }

    private static bool PassesOn(Layer layer) => layer is Dropout || (layer.IsTransparent && layer.Input.Dimensions == layer.Output.Dimensions);

    private void WriteLayer(int place)
    {
        Layer layer = _network.Layers[place];
        string[] inputs = [.. layer.Sources.Select(s => _values[s])];
        if (PassesOn(layer))
        {
            _values[new ValueSource(place)] = inputs[0];
            return;
        }

        var writer = new LayerWriter(_graph, layer, inputs, ReadersOf(new ValueSource(place)));
        int first = _graph.Graph.Node.Count;
        string value = LayerExports.Find(layer.Kind)?.Write(layer, writer) ?? throw new InvalidOperationException($"no export of {layer.Kind}");
        List<NodeProto> nodes = [.. _graph.Graph.Node.Skip(first)];
        // Where no node is the layer's main one, it is the last.
        if (nodes.Count > 0 && nodes.All(n => n.Name != layer.Name))
            nodes[^1].Name = layer.Name;
        Give(new ValueSource(place), value, layer.Name, nodes);
        foreach ((int part, string state) in writer.States.OrderBy(static s => s.Key))
            Give(new ValueSource(place, part), state, $"{layer.Name}.{((Recurrent)layer).Cell.States[part - 1]}", nodes);
    }

    private IEnumerable<Layer> ReadersOf(ValueSource source)
    {
        for (int k = source.Layer + 1; k < _network.Layers.Count; k++)
        {
            if (!_network.Layers[k].Sources.Contains(source))
                continue;
            if (!PassesOn(_network.Layers[k]))
                yield return _network.Layers[k];
            else
            {
                foreach (Layer reader in ReadersOf(new ValueSource(k)))
                    yield return reader;
            }
        }
    }

    /// <summary>A value of a layer gets its name: that of an output, or the layer's.</summary>
    /// <param name="value">What it was called while the layer was written.</param>
    /// <param name="nodes">Those of the layer.</param>
    private void Give(ValueSource source, string value, string name, List<NodeProto> nodes)
    {
        // Two values of a layer may be one: the state h of a layer that gives the last one.
        if (_renamed.TryGetValue(value, out string? named))
        {
            _values[source] = named;
            return;
        }

        bool isOutput = _outputs.TryGetValue(source, out string? output);
        string final = isOutput ? output! : _graph.NewName(name);
        Rename(nodes, value, final);
        _renamed.Add(value, final);
        _values[source] = final;
        if (!isOutput)
            _graph.Graph.ValueInfo.Add(Tensors.Value(final, _network.ShapeOf(source).Dimensions));
    }

    private static void Rename(IEnumerable<NodeProto> nodes, string from, string to)
    {
        foreach (NodeProto node in nodes)
        {
            for (int k = 0; k < node.Output.Count; k++)
            {
                if (node.Output[k] == from)
                    node.Output[k] = to;
            }

            for (int k = 0; k < node.Input.Count; k++)
            {
                if (node.Input[k] == from)
                    node.Input[k] = to;
            }
        }
    }
}
