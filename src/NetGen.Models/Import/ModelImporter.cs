using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Import.Patterns;

namespace NetGen.Models.Import;

/// <summary>Makes a spec and its weights of a model. Whatever file it came from, its operations are ONNX's.</summary>
internal sealed class ModelImporter
{
    /// <summary>A spec has room for some thousand layers.</summary>
    private const int MostNodes = 4_000;

    private readonly ModelGraph _graph;
    private readonly SpecBuilder _spec = new();
    private readonly Dictionary<string, Value> _values = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, int> _readers = [];
    private readonly HashSet<string> _turnedOutputs = [];
    private readonly HashSet<string> _inputNames = new(StringComparer.OrdinalIgnoreCase);
    private bool _turned;

    private ModelImporter(ModelGraph graph)
    {
        _graph = graph;
        _notes.AddRange(graph.Notes);
    }

    /// <summary>The spec, its weights, and what there is to say about it.</summary>
    /// <exception cref="ImportException">It cannot be: with everything that stands in the way, node by node.</exception>
    public static ImportedModel Import(ModelGraph graph, ImportOptions options) => new ModelImporter(graph).Import(options);

    private ImportedModel Import(ImportOptions options)
    {
        IReadOnlyList<(string Name, string Value, ModelChoice Choice)> outputs = Heads.Of(_graph, _notes.Add);
        if (outputs.Count == 0)
            throw new ImportException("no output of the model is computed of its inputs; there is no network in it");
        IReadOnlyList<ModelNode> order = GraphOrder.Of(_graph, outputs.Select(static o => o.Value), _graph.Inputs.Select(static i => i.Name).ToHashSet());
        if (order.Count > MostNodes)
            throw new ImportException($"its outputs come of {order.Count:N0} operations; models of up to {MostNodes:N0} are imported");
        foreach (string read in order.SelectMany(GraphOrder.Reads).Concat(outputs.Select(static o => o.Value)))
            _readers[read] = _readers.GetValueOrDefault(read) + 1;
        ModelInput[] inputs = [.. _graph.Inputs.Where(i => _readers.ContainsKey(i.Name))];
        foreach (ModelInput unread in _graph.Inputs.Except(inputs))
            _notes.Add($"the input '{unread.Name}' is read by no layer; it is left out");

        int batch = BatchAxis.Of(_graph with { Inputs = inputs }, order, [.. outputs.Select(static o => o.Value)]);
        if (batch > 1)
            _notes.Add($"the file fixes a batch of {batch}; the network takes samples one by one, or any number of them");
        Dictionary<string, int[]> shapes = InputShapes.Of(inputs, options, batch);
        List<SpecLayer> made = [.. inputs.Select(i => AddInput(i, shapes[i.Name], order))];
        foreach (ModelNode node in order)
            Run(node, batch);
        if (_problems.Count > 0)
            throw new ImportException($"{_problems.Count} of its {order.Count} operations cannot be said in a spec", _problems);

        List<(string Name, Read Read)> results = [.. outputs.Select(o => (o.Name, Result(o.Name, o.Value)))];
        for (int i = results.Count - 1; i > 0; i--)
        {
            int same = results.FindIndex(r => r.Read == results[i].Read);
            if (same == i)
                continue;
            _notes.Add($"the outputs '{results[same].Name}' and '{results[i].Name}' are of the same values; the network gives them once");
            results.RemoveAt(i);
            outputs = [.. outputs.Where((_, k) => k != i)];
        }

        var network = new SpecGraph(made, [.. _spec.Layers], results);
        Simplification.Run(network);
        return SpecText.Write(network, _graph, options, _notes) with
        {
            Inputs = [.. inputs.Select(i => PartOf(i.Name, i.Name, isTurned: true))],
            Outputs = [.. outputs.Select(o => PartOf(o.Name, o.Value, _turnedOutputs.Contains(o.Name)) with { Choice = o.Choice })],
        };
    }

    /// <summary>An input or output as the model has it.</summary>
    private ModelPart PartOf(string name, string value, bool isTurned)
    {
        var v = (Variable)ValueOf(value)!;
        return new ModelPart(name, v.Dims, isTurned && !v.IsRowMajor && v.Base is null ? Operators.Affine.PlacesInSource(v) : null);
    }

    /// <summary>An input; one that the model only reads with its channels last is given channels first.</summary>
    private SpecLayer AddInput(ModelInput input, int[] dims, IReadOnlyList<ModelNode> order)
    {
        string name = SpecNames.Identifier(input.Name, "input"), own = name;
        for (int n = 2; !_inputNames.Add(name); n++)
            name = $"{own}_{n}";
        int skipped = dims.Length > 1 && dims[0] == 1 ? 1 : 0;
        int[]? turned = ChannelsFirst.Of(input.Name, dims.Length, order, _graph.Producer);
        if (turned is null || dims.Length - skipped < 2)
        {
            SpecLayer layer = _spec.AddInput(name, dims.Length == 0 ? [1] : [.. dims.Skip(skipped)]);
            layer.Origins.Add(input.Name);
            _values.Add(input.Name, Variable.RowMajor(new Read(layer), dims));
            return layer;
        }

        int[] shape = [.. turned.Select(k => dims[k])];
        SpecLayer first = _spec.AddInput(name, [.. shape.Skip(skipped)]);
        first.Origins.Add(input.Name);
        _values.Add(input.Name, Variable.RowMajor(new Read(first), shape).Transposed([.. Enumerable.Range(0, dims.Length).Select(k => Array.IndexOf(turned, k))]));
        _turned = true;
        if (dims.Count(static d => d > 1) > 1 && !turned.Where(k => dims[k] > 1).SequenceEqual(Enumerable.Range(0, dims.Length).Where(k => dims[k] > 1)))
            _notes.Add($"the model reads '{input.Name}' with its channels last, {Sizes.Text(dims.Skip(skipped))}; the network reads {Sizes.Text(shape.Skip(skipped))}, channels first");
        return first;
    }

    private void Run(ModelNode node, int batch)
    {
        Value?[] inputs = [.. node.Inputs.Select(ValueOf)];
        if (inputs.Any(static v => v is UnknownValue))
        {
            // What only follows is not reported; what is unknown by itself is.
            foreach (string output in node.Outputs)
                _values[output] = new UnknownValue();
            if (OperatorTable.Find(node.Operator) is null && !OperatorTable.IsFolded(node.Operator))
                _problems.Add($"{node.Title}: {NoLayer(node)}");
            return;
        }

        try
        {
            _spec.Origin = node.Name.Length > 0 ? node.Name : null;
            RunKnown(node, inputs, batch);
        }
        catch (Exception e) when (e is UnsupportedNodeException or ArithmeticException or ArgumentException or IndexOutOfRangeException or InvalidOperationException or KeyNotFoundException)
        {
            // What is no reason of ours is a setting that no exporter writes.
            _problems.Add($"{node.Title}: {(e is UnsupportedNodeException ? e.Message : "its settings and the shapes that it reads do not fit together")}");
            foreach (string output in node.Outputs)
                _values[output] = new UnknownValue();
        }
    }

    private void RunKnown(ModelNode node, Value?[] inputs, int batch)
    {
        if (node.Operator is "Shape" or "Size" && inputs is [Variable measured])
        {
            Constant shape = ConstantOperators.ShapeOf(measured.Dims, node);
            _values[node.Outputs[0]] = new ConstantValue(node.Operator == "Shape" ? shape : Constant.Scalar(Sizes.Product(measured.Dims), ElementKind.Integer));
            return;
        }

        if (node.Operator.StartsWith("Random", StringComparison.Ordinal))
        {
            // What is drawn is taken for its mean.
            int[] shape = inputs is [{ } like, ..] ? like.Shape : [.. (node.Integers("shape") ?? [1]).Select(static d => (int)d)];
            double mean = node.Operator.Contains("Normal", StringComparison.Ordinal) ? node.Number("mean", 0) : (node.Number("low", 0) + node.Number("high", 1)) / 2;
            _values[node.Outputs[0]] = new ConstantValue(new Constant(shape, [.. Enumerable.Repeat(mean, Sizes.Product(shape))], ElementKind.Float));
            return;
        }

        if (node.Operator == "If")
        {
            Branch(node, inputs, batch);
            return;
        }

        Constant?[] constants = [.. inputs.Select(static v => (v as ConstantValue)?.Constant)];
        if (inputs.All(static v => v is null or ConstantValue) && ConstantOperators.Evaluate(node, constants, _graph.OperatorSet) is { } results)
        {
            for (int i = 0; i < Math.Min(results.Length, node.Outputs.Count); i++)
                _values[node.Outputs[i]] = new ConstantValue(results[i]);
            return;
        }

        // A batch that the file fixes stands in shapes too.
        if (batch > 1 && node.Operator == "Reshape" && inputs is [Variable, ConstantValue { Constant: var wanted }] && wanted.Count > 0 && wanted.Integers[0] == batch)
            inputs[1] = new ConstantValue(Constant.List([1, .. wanted.Integers.Skip(1)]));
        Action<OperatorContext> import = OperatorTable.Find(node.Operator) ?? throw new UnsupportedNodeException(NoLayer(node));
        import(new OperatorContext(
            _graph, node, inputs, _spec, i => node.HasOutput(i) && _readers.ContainsKey(node.Outputs[i]), (i, value) =>
            {
                if (node.HasOutput(i))
                    _values[node.Outputs[i]] = value;
            },
            text =>
            {
                if (!_notes.Contains(text))
                    _notes.Add(text);
            }));
        foreach (string output in node.Outputs.Where(o => o.Length > 0 && _readers.ContainsKey(o) && !_values.ContainsKey(o)))
            throw new UnsupportedNodeException($"its output '{output}' is not known");
    }

    /// <summary>Of two branches the one that a constant chooses.</summary>
    private void Branch(ModelNode node, Value?[] inputs, int batch)
    {
        if (inputs is not [ConstantValue { Constant: { Count: 1 } condition }] ||
            node.Attributes.GetValueOrDefault(condition.Values[0] != 0 ? "then_branch" : "else_branch") is not ModelGraph branch)
            throw new UnsupportedNodeException("what it does depends on the input, but a network does the same for every input");
        foreach ((string name, Func<Constant> constant) in branch.Constants)
            _values[name] = new ConstantValue(constant());
        HashSet<string> known = [.. _values.Keys, .. _graph.Constants.Keys];
        IReadOnlyList<ModelNode> order = GraphOrder.Of(branch, branch.Outputs, known);
        foreach (string read in order.SelectMany(GraphOrder.Reads).Concat(branch.Outputs))
            _readers[read] = _readers.GetValueOrDefault(read) + 1;
        foreach (ModelNode inner in order)
            Run(inner, batch);
        for (int i = 0; i < node.Outputs.Count; i++)
            _values[node.Outputs[i]] = ValueOf(branch.Outputs[i])!;
    }

    private Value? ValueOf(string name)
    {
        if (name.Length == 0)
            return null;
        if (_values.TryGetValue(name, out Value? value))
            return value;
        Constant constant = _graph.Constants[name]();
        value = new ConstantValue(constant.Name is null ? constant with { Name = name } : constant);
        _values.Add(name, value);
        return value;
    }

    private static string NoLayer(ModelNode node) => node.Operator switch
    {
        "Loop" or "Scan" => "it is a loop of the file; export the model with a fixed number of steps, or with its own recurrent layers",
        "QLinearConv" or "QLinearMatMul" or "QuantizeLinear" or "DequantizeLinear" or "ConvInteger" or "MatMulInteger" or "DynamicQuantizeLinear" =>
            "it computes in 8-bit numbers; export the model before it was quantized, in float32",
        "ArgMax" or "ArgMin" or "TopK" => "it gives places of values, which no layer computes with",
        _ when node.Operator.Contains('.', StringComparison.Ordinal) => "the operator is not of ONNX itself; export the model without it, or before it was optimized for a runtime",
        _ => "there is no layer for this operator",
    };

    /// <summary>What holds an output, in the model's order; channels stay first where the input's do.</summary>
    private Read Result(string name, string valueName)
    {
        if (ValueOf(valueName) is not Variable v)
            throw new ImportException($"the output '{name}' is a constant");
        int skipped = v.Dims.Length > 1 && v.Dims[0] == 1 ? 1 : 0;
        int[] shape = v.Dims.Length == 0 ? [1] : [.. v.Dims.Skip(skipped)];
        if (_turned && !v.IsRowMajor && v.Base is null && !v.Repeats && v.Source.Shape.Length == shape.Length && shape.Length >= 2)
        {
            _notes.Add($"the model gives '{name}' with its channels last, {Sizes.Text(shape)}; the network gives {Sizes.Text(v.Source.Shape)}, channels first");
            _turnedOutputs.Add(name);
            return v.Source;
        }

        // A vector under any shape is one as it stands.
        if (v is { IsRowMajor: true, Source: { Part: null, Layer.IsInput: true } })
            return _spec.Add("linear", [v.Source], v.Source.Shape, keepsAxes: true);
        return v.IsRowMajor ? v.Source : _spec.Arranged(v, [.. Enumerable.Range(0, v.Dims.Length)], shape);
    }
}
