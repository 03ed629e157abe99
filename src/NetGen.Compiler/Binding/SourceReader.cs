using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Binding;

/// <summary>
/// Reads what each layer reads: what stands before it, or what <c>from</c> names. A layer names layers that stand before it, or
/// <c>input</c>; so there are no cycles.
/// </summary>
/// <param name="input">The network's input, or null after an error in it.</param>
/// <param name="headers">Every layer with its name.</param>
internal sealed class SourceReader(NetworkInput? input, IReadOnlyList<LayerHeader?> headers)
{
    private readonly List<Shape?> _shapes = [];
    private readonly List<LayerHeader?> _lastStates = [];
    private readonly List<(LayerHeader Header, Shape Before)?> _flattened = [];
    private readonly List<bool> _haveInputsAxes = [];
    private readonly LayoutDecisions _layouts = new();

    /// <summary>The next layer: its output as far as it is known, and what it reads.</summary>
    /// <param name="layer">Null after an error.</param>
    public void Add(Shape? output, EquatableArray<int> sources, Layer? layer)
    {
        int place = _shapes.Count;
        LayerHeader? header = headers[place];
        int? first = sources.Count > 0 ? sources[0] : null;
        _lastStates.Add(output?.Rank != 1 || header is null ? null
            : header.Definition.ReturningSequences(header.Node) is not null ? header
            : header.Definition.WorksAtEachStep && first >= 0 ? _lastStates[first.Value] : null);
        _flattened.Add(header?.Definition switch
        {
            FlattenDefinition when first is { } flat && ShapeAt(flat) is { } shape => (header, shape),
            { WorksAtEachStep: true } and not DenseDefinition when first >= 0 => _flattened[first.Value],
            _ => null,
        });
        _haveInputsAxes.Add(header is { Definition.KeepsAxes: true } && first is { } before && HasInputsAxes(before));
        _shapes.Add(output);
        if (layer is null)
            return;
        foreach (int source in sources)
        {
            if (ShapeAt(source)?.Layout != Layout.Undecided)
                continue;
            if (layer.Input.Layout != Layout.Undecided)
                _layouts.Decide(source, layer.Input.Layout, layer.Name);
            else if (output?.Layout == Layout.Undecided && layer is not Reshape)
                _layouts.Join(source, place, layer is Permute { IsTransparent: false });
        }
    }

    private Shape? ShapeAt(int place) => place < 0 ? input?.Shape : _shapes[place];

    private LayerInput InputAt(int place, SourceSpan span)
    {
        Shape? shape = ShapeAt(place);
        (Layout Layout, string By)? decided = shape?.Layout == Layout.Undecided ? _layouts.Of(place) : null;
        return new LayerInput(place < 0 ? "input" : headers[place]?.Name ?? "", decided is null ? shape : shape! with { Layout = decided.Value.Layout }, span)
        {
            DecidedBy = decided?.By,
            Undecided = shape?.Layout == Layout.Undecided ? UndecidedInput(place) : null,
            LastState = place < 0 ? null : _lastStates[place],
            Flattened = place < 0 ? null : _flattened[place],
            Origin = HasInputsAxes(place) ? input : null,
        };
    }

    /// <summary>The network's input, where saying its layout would say that of the value at a place; null where that has a layout of its own.</summary>
    public NetworkInput? UndecidedInput(int place) => _layouts.AreJoined(place, -1) ? input : null;

    private bool HasInputsAxes(int place) => place < 0 || _haveInputsAxes[place];

    /// <summary>The places of what the next layer reads, -1 for the input, and the same with shapes; null after an error.</summary>
    public (EquatableArray<int> Places, IReadOnlyList<LayerInput>? Inputs) Read(OptionReader options, bool takesSeveral)
    {
        if (options.Find("from") is not { } from)
        {
            if (!takesSeveral)
                return Known([_shapes.Count - 1], _ => options.Node.Kind.Span);
            options.ReportMissing("from", $"{options.Owner} needs 'from', the names of what it reads; write {options.Node.Kind.Value}: {{ from: [{string.Join(", ", Example())}] }}");
            return default;
        }

        if (from is ListValue list ? list.Items.Count < (takesSeveral ? 2 : 1) : takesSeveral && from is ScalarValue)
        {
            options.Report(Rules.OutOfRange, from.Span, $"{options.Owner} reads {(from is ListValue { Items.Count: 0 } ? "nothing" : "one value")}, but takes at least {(takesSeveral ? "two" : "one")}; write from: [{string.Join(", ", Example())}]");
            return default;
        }

        if (from is ListValue { Items.Count: > 1 } several && !takesSeveral)
        {
            options.Report(Rules.OutOfRange, from.Span, $"{options.Owner} reads one value, but 'from' lists {several.Items.Count}; put add, multiply or concat before it, which join them");
            return default;
        }

        IReadOnlyList<SpecValue> items = from is ListValue l ? l.Items : [from];
        int?[] places = [.. items.Select(item => Find(options, item))];
        return places.All(static p => p is not null) ? Known([.. places.Select(static p => p!.Value)], k => items[k].Span) : default;
    }

    private (EquatableArray<int>, IReadOnlyList<LayerInput>) Known(int[] places, Func<int, SourceSpan> span) => (
        places.ToEquatable(),
        [.. places.Select((p, k) => InputAt(p, span(k)))]);

    private int? Find(OptionReader options, SpecValue item)
    {
        if (item is not ScalarValue { IsNull: false } name)
        {
            options.Report(Rules.WrongKind, item.Span, $"{options.Owner}: 'from' names a layer or a list of them, not {Node.Describe(item)}; write e.g. from: {Example().First()}");
            return null;
        }

        if (name.Text == "input")
            return -1;
        for (int k = 0; k < _shapes.Count; k++)
        {
            if (headers[k]?.Name == name.Text)
                return k;
        }

        LayerHeader?[] below = [.. headers.Skip(_shapes.Count)];
        if (below.Any(h => h?.Name == name.Text))
        {
            string where = below[0]?.Name == name.Text ? "is this layer itself" : "stands below it";
            options.Report(Rules.UnknownSource, item.Span, $"{options.Owner} reads from '{name.Text}', which {where}; a layer reads what stands before it: {Listed()}");
            return null;
        }

        var meant = Suggestion.Of(name.Text, Before(), Glossary.Empty);
        options.Report(Rules.UnknownSource, item.Span,
            $"{options.Owner} reads from '{Node.Shorten(name.Text)}', but no layer before it has that name; {meant.Remedy($"before it stand {Listed()}")}", meant.Spell(item.Span));
        return null;
    }

    private IEnumerable<string> Before() => ["input", .. headers.Take(_shapes.Count).Where(static h => h is not null).Select(static h => h!.Name)];

    /// <summary>The nearest of what it could read.</summary>
    private IEnumerable<string> Example() => Before().Reverse().Take(2).Reverse();

    private string Listed()
    {
        string[] names = [.. Before()];
        return string.Join(", ", names.Take(1).Concat(names.Skip(1).Reverse().Take(5).Reverse())) + (names.Length > 6 ? ", …" : "");
    }
}
