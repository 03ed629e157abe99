using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Binding;

/// <summary>
/// Spec and registries to a <see cref="Network"/>. Every check of the grammar happens below this call, and each mistake is
/// reported once: where an error leaves a shape unknown, what depends on it is not checked, and all else is.
/// </summary>
internal sealed class NetworkBinder
{
    private const int MaxLayers = 1_024;
    private const long MaxFloats = 1L << 28;

    public static readonly OptionKeys RootKeys =
        OptionKeys.Of("input", "inputs", "layers", "outputs", "loss", "optimizer", "l2", "seed", "unroll", "weights", "budget") with { Words = RootWords.All };

    private readonly DiagnosticBag _diagnostics;
    private readonly OptionReader _root;
    private readonly MapValue _spec;
    private IReadOnlyList<LayerHeader?> _headers = [];
    private SourceReader? _sources;
    private bool _namesInputs;

    private NetworkBinder(MapValue spec, DiagnosticBag diagnostics)
    {
        _spec = spec;
        _diagnostics = diagnostics;
        // The root's own name is never shown: what is missing from it is reported at its first key.
        SourceSpan start = spec.Entries.Count == 0 ? spec.Span : spec.Entries[0].Key.Span;
        _root = new OptionReader(new Node(new Spanned<string>("network", start), null, spec.Entries), "the network", RootKeys, diagnostics, new Elsewhere());
    }

    /// <summary>Null where anything was wrong, here or before.</summary>
    public static BoundSpec? Bind(MapValue spec, DiagnosticBag diagnostics) => new NetworkBinder(spec, diagnostics).Bind();

    private BoundSpec? Bind()
    {
        if (_spec.Entries.Count == 0)
        {
            _diagnostics.Report(Rules.NotANetwork, _spec.Span, "the spec is empty; a network has at least an input and layers, as in { input: 4, layers: [ { dense: 3 } ] }");
            return null;
        }

        IReadOnlyList<NetworkInput>? inputs = InputReader.Read(_root, _spec, out bool namesInputs);
        _namesInputs = namesInputs;
        List<Layer>? layers = BindLayers(inputs ?? []);
        IReadOnlyList<OutputPart>? outputs = new OutputBinder(_root, _spec, _sources, _headers).Bind(layers);
        Optimizer optimizer = BindOptimizer();
        float l2 = _root.Number("l2", 0, static v => v >= 0, "at least 0");
        int seed = _root.Integer("seed", int.MinValue, int.MaxValue, "42") ?? 0;
        Unroll unroll = _root.Word("unroll", "auto", "full", "none") switch { "full" => Unroll.Full, "none" => Unroll.None, _ => Unroll.Auto };
        WeightsOption? weights = WeightsReader.Read(_root, layers);
        Budget? budget = BudgetReader.Read(_root);
        if (_diagnostics.HasErrors || inputs is not { Count: > 0 } || layers is null || outputs is null)
            return null;

        int offset = 0;
        var parts = new List<InputPart>();
        foreach ((NetworkInput input, string member) in inputs.Zip(PartNames.Of(inputs.Select(static i => i.Name)), static (i, m) => (i, m)))
        {
            parts.Add(new InputPart(input.Name, member, input.Shape, offset));
            offset += input.Shape.Size;
        }

        var network = new Network(parts.ToEquatable(), WithStatesRead(layers, outputs), outputs.ToEquatable(), optimizer, l2, seed, unroll)
        {
            Weights = weights,
            NamesInputs = namesInputs,
            NamesOutputs = _root.Find("outputs") is not null,
        };
        return new BoundSpec(network, [.. _headers.OfType<LayerHeader>()], inputs, _spec, budget);
    }

    /// <summary>The layers, or null where one is wrong.</summary>
    private List<Layer>? BindLayers(IReadOnlyList<NetworkInput> inputs)
    {
        switch (_root.Find("layers"))
        {
            case null:
                _root.ReportMissing("layers", "the network needs 'layers'; write e.g. layers: [ { dense: 16 }, relu ]");
                return null;
            case ListValue { Items.Count: 0 } empty:
                _root.Report(Rules.OutOfRange, empty.Span, "the network: 'layers' is empty; write e.g. layers: [ { dense: 16 }, relu ]");
                return null;
            case ListValue { Items.Count: > MaxLayers } list:
                _root.Report(Rules.TooLarge, list.Items[MaxLayers].Span, $"the network has {CSharpLiteral.Grouped(list.Items.Count)} layers, but can have {CSharpLiteral.Grouped(MaxLayers)}");
                return null;
            case ListValue list:
                return BindLayers(list, inputs);
            case { } other:
                _root.Report(Rules.WrongKind, other.Span, $"the network: 'layers' is a list, not {Node.Describe(other)}; begin each layer with a dash, as in - dense: 16");
                return null;
        }
    }

    private List<Layer>? BindLayers(ListValue list, IReadOnlyList<NetworkInput> inputs)
    {
        var layers = new List<Layer>();
        var above = new List<LayerAbove>();
        List<LayerHeader?> headers = [.. list.Items.Select(item => LayerHeader.Read(item, _root))];
        _headers = headers;
        LayerNames.Assign(headers, _namesInputs ? inputs.Select(static i => i.Name) : [], _diagnostics);

        bool failed = false;
        SourceReader sources = _sources = new SourceReader(inputs, _namesInputs, headers);
        long floats = inputs.Sum(static i => (long)i.Shape.Size);
        foreach (LayerHeader? header in headers)
        {
            if (header is null)
            {
                failed = true;
                sources.Add(null, default, null);
                above.Add(new LayerAbove(null, null));
                continue;
            }

            OptionKeys own = header.Definition.Keys;
            OptionKeys keys = own with { Keys = own.Keys.Union(["name", "trainable", "from"]).ToEquatable(), Words = LayerOptionWords.All };
            OptionReader options = _root.Within(header.Node, $"layer '{header.Name}'", keys);
            (EquatableArray<ValueSource> read, IReadOnlyList<LayerInput>? given) =
                sources.WithStates(options, header.Definition.States, sources.Read(options, header.Definition.TakesSeveral));
            var binder = new LayerBinder(header.Definition, options, header.Name, given) { Above = above };
            int before = _diagnostics.Count;
            Layer? layer = header.Definition.Bind(binder);
            if (_diagnostics.Count > before && !failed && inputs.Count > 0)
                _diagnostics.Trace(before, TraceOf(inputs, layers, read));
            sources.Add(binder.Output, read, layer);
            above.Add(new LayerAbove(header, layer));
            if (layer is null)
            {
                failed = true;
                continue;
            }

            layer = layer with { Sources = read };
            if (layer is Embedding && !failed && IndexSource.Find(layers, layer) is { } other)
            {
                _diagnostics.Report(Rules.WrongKind, header.Node.Kind.Span,
                    $"layer '{header.Name}' takes indices, but '{other.Name}' before it computes its numbers; let it read the network's input, as in from: input");
                failed = true;
                continue;
            }

            layers.Add(layer);
            floats += LayerSize.Of(layer);
            if (floats > MaxFloats)
            {
                _root.Report(Rules.TooLarge, header.Node.Kind.Span,
                    $"layer '{header.Name}' brings the network to {CSharpLiteral.Grouped(floats)} floats of parameters and values, above the {CSharpLiteral.Grouped(MaxFloats)} that one may have; use fewer units");
                return null;
            }
        }

        return failed ? null : layers;
    }

    /// <summary>The shapes on the way from an input to what a layer reads: of several ways, the one of the first.</summary>
    private static string TraceOf(IReadOnlyList<NetworkInput> inputs, IReadOnlyList<Layer> layers, EquatableArray<ValueSource> sources)
    {
        var steps = new List<string>();
        ValueSource source = sources.Count == 0 ? ValueSource.Input() : sources[0];
        for (; !source.IsInput && source.Layer < layers.Count; source = layers[source.Layer].Sources[0])
            steps.Insert(0, $"{layers[source.Layer].Name} {layers[source.Layer].Output}");
        NetworkInput input = inputs[source.IsInput ? source.Part : 0];
        return string.Join(" -> ", steps.Prepend($"{input.Name} {input.Shape}"));
    }

    /// <summary>The layers, each recurrent one with which of its states are read after the last step.</summary>
    private static EquatableArray<Layer> WithStatesRead(IReadOnlyList<Layer> layers, IReadOnlyList<OutputPart> outputs)
    {
        ILookup<int, int> read = layers.SelectMany(static l => l.Sources).Concat(outputs.Select(static o => o.Source))
            .Where(static s => s.IsState).Distinct().ToLookup(static s => s.Layer, static s => s.Part);
        return layers.Select((layer, k) => layer is Recurrent recurrent && read.Contains(k) ? recurrent with { StatesRead = read[k].OrderBy(static part => part).ToEquatable() } : layer).ToEquatable();
    }

    private Optimizer BindOptimizer()
    {
        if (_root.Find("optimizer") is not { } value
            || _root.ReadNode(value, "an optimizer", "optimizer: { sgd: { learning_rate: 0.1 } }") is not { } node
            || OptimizerRegistry.Optimizers.Find(node.Kind, _root) is not { } definition)
            return Optimizer.Default;
        return definition.Bind(_root.Within(node, $"optimizer '{definition.Name}'", definition.Keys));
    }
}
