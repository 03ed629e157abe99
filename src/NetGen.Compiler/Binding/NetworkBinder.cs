using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
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
        OptionKeys.Of("input", "layers", "loss", "optimizer", "l2", "seed", "unroll", "weights", "budget") with { Words = RootWords.All };

    private readonly DiagnosticBag _diagnostics;
    private readonly OptionReader _root;
    private readonly MapValue _spec;
    private IReadOnlyList<LayerHeader?> _headers = [];
    private SourceReader? _sources;

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

        Shape? input = InputReader.Read(_root, _spec);
        NetworkInput? written = input is null ? null : new NetworkInput(input, InputReader.SpanOf(_spec), input.Layout != Layout.Undecided);
        (List<Layer>? layers, Shape? output) = BindLayers(written);
        Loss? loss = BindLoss(layers, output);
        Optimizer optimizer = BindOptimizer();
        float l2 = _root.Number("l2", 0, static v => v >= 0, "at least 0");
        int seed = _root.Integer("seed", int.MinValue, int.MaxValue, "42") ?? 0;
        Unroll unroll = _root.Word("unroll", "auto", "full", "none") switch { "full" => Unroll.Full, "none" => Unroll.None, _ => Unroll.Auto };
        WeightsOption? weights = WeightsReader.Read(_root, layers);
        Budget? budget = BudgetReader.Read(_root);
        if (_diagnostics.HasErrors || input is null || layers is null)
            return null;

        var network = new Network(input, layers.ToEquatable(), loss, optimizer, l2, seed, unroll) { Weights = weights };
        return new BoundSpec(network, [.. _headers.OfType<LayerHeader>()], written!, _spec, budget);
    }

    /// <summary>The layers, or null where one is wrong; and the output as far as it is known.</summary>
    private (List<Layer>? Layers, Shape? Output) BindLayers(NetworkInput? input)
    {
        switch (_root.Find("layers"))
        {
            case null:
                _root.ReportMissing("layers", "the network needs 'layers'; write e.g. layers: [ { dense: 16 }, relu ]");
                return (null, null);
            case ListValue { Items.Count: 0 } empty:
                _root.Report(Rules.OutOfRange, empty.Span, "the network: 'layers' is empty; write e.g. layers: [ { dense: 16 }, relu ]");
                return (null, null);
            case ListValue { Items.Count: > MaxLayers } list:
                _root.Report(Rules.TooLarge, list.Items[MaxLayers].Span, $"the network has {CSharpLiteral.Grouped(list.Items.Count)} layers, but can have {CSharpLiteral.Grouped(MaxLayers)}");
                return (null, null);
            case ListValue list:
                return BindLayers(list, input);
            case { } other:
                _root.Report(Rules.WrongKind, other.Span, $"the network: 'layers' is a list, not {Node.Describe(other)}; begin each layer with a dash, as in - dense: 16");
                return (null, null);
        }
    }

    private (List<Layer>?, Shape?) BindLayers(ListValue list, NetworkInput? input)
    {
        var layers = new List<Layer>();
        var above = new List<LayerAbove>();
        List<LayerHeader?> headers = [.. list.Items.Select(item => LayerHeader.Read(item, _root))];
        _headers = headers;
        LayerNames.Assign(headers, _diagnostics);

        bool failed = false;
        Shape? shape = input?.Shape;
        SourceReader sources = _sources = new SourceReader(input, headers);
        long floats = shape?.Size ?? 0;
        foreach (LayerHeader? header in headers)
        {
            if (header is null)
            {
                failed = true;
                shape = null;
                sources.Add(null, default, null);
                above.Add(new LayerAbove(null, null));
                continue;
            }

            OptionKeys own = header.Definition.Keys;
            OptionKeys keys = own with { Keys = own.Keys.Union(["name", "trainable", "from"]).ToEquatable(), Words = LayerOptionWords.All };
            OptionReader options = _root.Within(header.Node, $"layer '{header.Name}'", keys);
            (EquatableArray<int> places, IReadOnlyList<LayerInput>? inputs) = sources.Read(options, header.Definition.TakesSeveral);
            var binder = new LayerBinder(header.Definition, options, header.Name, inputs) { Above = above };
            int before = _diagnostics.Count;
            Layer? layer = header.Definition.Bind(binder);
            if (_diagnostics.Count > before && !failed && input is not null)
                _diagnostics.Trace(before, TraceOf(input.Shape, layers, places));
            shape = binder.Output;
            sources.Add(shape, places, layer);
            above.Add(new LayerAbove(header, layer));
            if (layer is null)
            {
                failed = true;
                continue;
            }

            layer = layer with { Sources = places };
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
                return (null, null);
            }
        }

        return failed ? (null, shape) : (layers, shape);
    }

    /// <summary>The shapes on the way from the input to what a layer reads: of several ways, the one of the first.</summary>
    private static string TraceOf(Shape input, IReadOnlyList<Layer> layers, EquatableArray<int> sources)
    {
        var steps = new List<string>();
        int place = sources.Count == 0 ? -1 : sources[0];
        for (; place >= 0 && place < layers.Count; place = layers[place].Sources[0])
            steps.Insert(0, $"{layers[place].Name} {layers[place].Output}");
        return string.Join(" -> ", steps.Prepend($"input {input}"));
    }

    private Loss? BindLoss(List<Layer>? layers, Shape? output)
    {
        if (_root.Find("loss") is not { } value)
        {
            foreach (string key in new[] { "optimizer", "l2" })
            {
                if (!_root.IsMisspelt("loss") && _spec.Find(key) is { } unused)
                    _root.Report(Rules.NothingToTrain, unused.Key.Span, $"the network has '{key}' but no 'loss', so there is nothing to train; add e.g. loss: cross_entropy, or leave '{key}' out");
            }

            return null;
        }

        if (_root.ReadNode(value, "a loss", "loss: cross_entropy") is not { } node || LossRegistry.Losses.Find(node.Kind, _root) is not { } definition)
            return null;
        OptionReader options = _root.Within(node, $"loss '{definition.Name}'", definition.Keys);
        if (layers is null || output is null)
        {
            // The options are still checked, against any end.
            definition.Create(options, new NetworkEnd(null, "sigmoid", "", Shape.Vector(1)));
            return null;
        }

        var end = NetworkEnd.Of(layers);
        if (definition.Misfit(end) is { } misfit)
        {
            // What the message advises.
            LossDefinition? fitting = LossRegistry.Losses.All.Where(d => d.Misfit(end) is null && misfit.Contains($"use {d.Name}")).OrderByDescending(static d => d.Name.Length).FirstOrDefault();
            options.Report(Rules.LossMismatch, node.Kind.Span, $"loss '{definition.Name}' {misfit}", fitting is null ? [] : [new Change.Replace($"Use {fitting.Name}", node.Kind.Span, fitting.Name)]);
            return null;
        }

        Loss loss = definition.Create(options, end);
        if (loss is CategoricalLoss or TermLoss { PositiveWeights.Count: > 0 } && output.Layout == Layout.Undecided)
        {
            options.Report(Rules.UndecidedLayout, node.Kind.Span, LayoutRule.Message($"loss '{definition.Name}' over {output}", _sources!.UndecidedInput(layers.Count - 1)));
        }

        return loss;
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
