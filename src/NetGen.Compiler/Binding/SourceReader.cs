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
/// Reads what each layer reads: what stands before it, or what <c>from</c> names. A layer names layers that stand before it, their states,
/// or inputs; so there are no cycles.
/// </summary>
/// <param name="inputs">The network's inputs; empty after an error in them.</param>
/// <param name="isNamed">They have names; else there is one, which is called <c>input</c>.</param>
/// <param name="headers">Every layer with its name.</param>
internal sealed class SourceReader(IReadOnlyList<NetworkInput> inputs, bool isNamed, IReadOnlyList<LayerHeader?> headers)
{
    private readonly List<Shape?> _shapes = [];
    private readonly List<LayerHeader?> _lastStates = [];
    private readonly List<(LayerHeader Header, Shape Before)?> _flattened = [];
    private readonly List<NetworkInput?> _origins = [];
    private readonly LayoutDecisions _layouts = new();

    /// <summary>The next layer: its output as far as it is known, and what it reads.</summary>
    /// <param name="layer">Null after an error.</param>
    public void Add(Shape? output, EquatableArray<ValueSource> sources, Layer? layer)
    {
        int place = _shapes.Count;
        LayerHeader? header = headers[place];
        ValueSource? first = sources.Count > 0 ? sources[0] : null;
        int? layerBefore = first is { IsLayer: true } before ? before.Layer : null;
        _lastStates.Add(output?.Rank != 1 || header is null ? null
            : header.Definition.ReturningSequences(header.Node) is not null ? header
            : header.Definition.WorksAtEachStep && layerBefore is { } p ? _lastStates[p] : null);
        _flattened.Add(header?.Definition switch
        {
            FlattenDefinition when first is { } flat && ShapeOf(flat) is { } shape => (header, shape),
            { WorksAtEachStep: true } and not DenseDefinition when layerBefore is { } at => _flattened[at],
            _ => null,
        });
        _origins.Add(header is { Definition.KeepsAxes: true } && first is { } source ? OriginOf(source) : null);
        _shapes.Add(output);
        if (layer is null)
            return;
        foreach (ValueSource read in sources)
        {
            if (ShapeOf(read)?.Layout != Layout.Undecided)
                continue;
            if (layer.Input.Layout != Layout.Undecided)
                _layouts.Decide(read, layer.Input.Layout, layer.Name);
            else if (output?.Layout == Layout.Undecided && layer is not Reshape)
                _layouts.Join(read, new ValueSource(place), layer is Permute { IsTransparent: false });
        }
    }

    private Shape? ShapeOf(ValueSource source) => source switch
    {
        { IsInput: true } => source.Part < inputs.Count && !inputs[source.Part].IsUnknown ? inputs[source.Part].Shape : null,
        { IsState: true } => _shapes[source.Layer] is { } shape ? Shape.Vector(headers[source.Layer]!.Definition.UnitsOf(shape)) : null,
        _ => _shapes[source.Layer],
    };

    private string NameOf(ValueSource source) => source switch
    {
        { IsInput: true } => source.Part < inputs.Count ? inputs[source.Part].Name : "input",
        { IsState: true } => $"{headers[source.Layer]!.Name}.{headers[source.Layer]!.Definition.States[source.Part - 1]}",
        _ => headers[source.Layer]?.Name ?? "",
    };

    private LayerInput InputAt(ValueSource source, SourceSpan span)
    {
        Shape? shape = ShapeOf(source);
        (Layout Layout, string By)? decided = shape?.Layout == Layout.Undecided ? _layouts.Of(source) : null;
        return new LayerInput(NameOf(source), decided is null ? shape : shape! with { Layout = decided.Value.Layout }, span)
        {
            DecidedBy = decided?.By,
            Undecided = shape?.Layout == Layout.Undecided ? UndecidedInput(source) : null,
            LastState = source.IsLayer ? _lastStates[source.Layer] : null,
            Flattened = source.IsLayer ? _flattened[source.Layer] : null,
            Origin = OriginOf(source),
        };
    }

    /// <summary>The input whose layout, were it said, would be that of a value; null where that has a layout of its own.</summary>
    public NetworkInput? UndecidedInput(ValueSource source)
    {
        for (int k = 0; k < inputs.Count; k++)
        {
            if (_layouts.AreJoined(source, ValueSource.Input(k)))
                return inputs[k];
        }

        return null;
    }

    /// <summary>The input whose axes a value has.</summary>
    private NetworkInput? OriginOf(ValueSource source) => source.IsInput ? source.Part < inputs.Count ? inputs[source.Part] : null : source.IsLayer ? _origins[source.Layer] : null;

    /// <summary>What the next layer reads, and the same with shapes; null after an error.</summary>
    public (EquatableArray<ValueSource> Sources, IReadOnlyList<LayerInput>? Inputs) Read(OptionReader options, bool takesSeveral)
    {
        if (options.Find("from") is not { } from)
        {
            if (!takesSeveral)
                return Before(options) is { } before ? Known([before], _ => options.Node.Kind.Span) : default;
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
        ValueSource?[] sources = [.. items.Select(item => Find(options, "from", item))];
        return sources.All(static s => s is not null) ? Known([.. sources.Select(static s => s!.Value)], k => items[k].Span) : default;
    }

    /// <summary>The same with what the states of the next layer begin from, which <c>initial_state</c> names.</summary>
    /// <param name="states">What its states are called.</param>
    public (EquatableArray<ValueSource> Sources, IReadOnlyList<LayerInput>? Inputs) WithStates(
        OptionReader options, EquatableArray<string> states, (EquatableArray<ValueSource> Sources, IReadOnlyList<LayerInput>? Inputs) read)
    {
        const string Key = RecurrentDefinition.InitialState;
        if (states.Count == 0 || options.Find(Key) is not { } value)
            return read;
        IReadOnlyList<SpecValue> items = value is ListValue list ? list.Items : [value];
        if (items.Count != states.Count)
        {
            string example = string.Join(", ", states.Select(static s => s + "0"));
            options.Report(Rules.OutOfRange, value.Span,
                $"{options.Owner} keeps {(states.Count == 1 ? "one state, h" : $"{states.Count} states, {string.Join(" and ", states)}")}, but '{Key}' names {(items.Count == 0 ? "none" : items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))}; write e.g. {Key}: [{example}], inputs or layers that give them");
            return default;
        }

        ValueSource?[] found = [.. items.Select(item => Find(options, Key, item))];
        if (found.Any(static f => f is null) || read.Inputs is null)
            return default;
        return (read.Sources.Concat(found.Select(static f => f!.Value)).ToEquatable(), [.. read.Inputs, .. found.Select((f, k) => InputAt(f!.Value, items[k].Span))]);
    }

    /// <summary>What stands before the next layer; null, with a report, where several inputs do.</summary>
    private ValueSource? Before(OptionReader options)
    {
        if (_shapes.Count > 0)
            return new ValueSource(_shapes.Count - 1);
        if (inputs.Count <= 1)
            return ValueSource.Input();
        options.Report(Rules.MissingKey, options.Node.Kind.Span,
            $"{options.Owner} is the first layer, and the network has {inputs.Count} inputs: say which it reads, as in from: {inputs[0].Name}; they are {string.Join(", ", inputs.Select(static i => i.Name))}");
        return null;
    }

    private (EquatableArray<ValueSource>, IReadOnlyList<LayerInput>) Known(ValueSource[] sources, Func<int, SourceSpan> span) => (
        sources.ToEquatable(),
        [.. sources.Select((s, k) => InputAt(s, span(k)))]);

    /// <summary>What a name stands for; null, with a report, where it is none of what stands before the next layer.</summary>
    /// <param name="key">The option that names it.</param>
    private ValueSource? Find(OptionReader options, string key, SpecValue item)
    {
        if (item is not ScalarValue { IsNull: false } name)
        {
            options.Report(Rules.WrongKind, item.Span, $"{options.Owner}: '{key}' names a layer or a list of them, not {Node.Describe(item)}; write e.g. {key}: {Example().First()}");
            return null;
        }

        if (Find(name.Text) is { } known)
            return known;

        LayerHeader?[] below = [.. headers.Skip(_shapes.Count)];
        string layer = name.Text.Split('.')[0];
        if (below.Any(h => h?.Name == layer))
        {
            string where = below[0]?.Name == layer ? "is this layer itself" : "stands below it";
            options.Report(Rules.UnknownSource, item.Span, $"{options.Owner} reads from '{name.Text}', which {where}; a layer reads what stands before it: {Listed()}");
            return null;
        }

        if (NoState(name.Text) is { } noState)
        {
            options.Report(Rules.UnknownSource, item.Span, $"{options.Owner} reads from '{Node.Shorten(name.Text)}', but {noState}");
            return null;
        }

        if (name.Text == "input")
        {
            options.Report(Rules.UnknownSource, item.Span, $"{options.Owner} reads from 'input', but the network's inputs have names: {string.Join(", ", inputs.Select(static i => i.Name))}; write one of them");
            return null;
        }

        var meant = Suggestion.Of(name.Text, Before(), Glossary.Empty);
        options.Report(Rules.UnknownSource, item.Span,
            $"{options.Owner} reads from '{Node.Shorten(name.Text)}', but no layer before it has that name; {meant.Remedy($"before it stand {Listed()}")}", meant.Spell(item.Span));
        return null;
    }

    /// <summary>What a name stands for among the inputs, the layers so far, and their states.</summary>
    public ValueSource? Find(string name)
    {
        if (!isNamed && name == "input")
            return ValueSource.Input();
        for (int k = 0; isNamed && k < inputs.Count; k++)
        {
            if (inputs[k].Name == name)
                return ValueSource.Input(k);
        }

        for (int k = 0; k < _shapes.Count; k++)
        {
            if (headers[k]?.Name is not { } layer || !name.StartsWith(layer, StringComparison.Ordinal))
                continue;
            if (name.Length == layer.Length)
                return new ValueSource(k);
            if (name[layer.Length] == '.' && headers[k]!.Definition.States.ToList().IndexOf(name.Substring(layer.Length + 1)) is >= 0 and int state)
                return new ValueSource(k, state + 1);
        }

        return null;
    }

    /// <summary>Why a name of the form LAYER.STATE stands for nothing; null where it is no such name, or no layer has it.</summary>
    public string? NoState(string name)
    {
        int dot = name.IndexOf('.');
        if (dot < 0 || headers.FirstOrDefault(h => h?.Name == name.Substring(0, dot)) is not { } header)
            return null;
        string[] states = [.. header.Definition.States.Select(s => $"{header.Name}.{s}")];
        return $"layer '{header.Name}' {(states.Length == 0 ? "keeps no state, which recurrent layers do; write " + header.Name : "has no such state; write " + string.Join(" or ", states))}";
    }

    private IEnumerable<string> Before() =>
        [.. isNamed ? inputs.Select(static i => i.Name) : ["input"], .. headers.Take(_shapes.Count).Where(static h => h is not null).Select(static h => h!.Name)];

    /// <summary>The nearest of what it could read.</summary>
    private IEnumerable<string> Example() => Before().Reverse().Take(2).Reverse();

    private string Listed()
    {
        string[] names = [.. Before()];
        int first = isNamed ? inputs.Count : 1;
        return string.Join(", ", names.Take(first).Concat(names.Skip(first).Reverse().Take(5).Reverse())) + (names.Length > first + 5 ? ", …" : "");
    }
}
