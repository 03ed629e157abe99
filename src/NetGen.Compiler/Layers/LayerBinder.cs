using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers;

/// <summary>One layer of the grammar: its name and options, its shape rule with all its checks.</summary>
internal abstract class LayerDefinition : IDefinition
{
    public abstract string Name { get; }

    /// <summary>Its own options; <c>name</c>, <c>trainable</c> and <c>from</c> are every layer's.</summary>
    public abstract OptionKeys Keys { get; }

    /// <summary>It reads several values, which <c>from</c> lists.</summary>
    public virtual bool TakesSeveral => false;

    /// <summary>What it gives at a step, or of an element, it makes of that alone, and in the same layout.</summary>
    public virtual bool WorksAtEachStep => false;

    /// <summary>Its output has the axes of its input, in the same order.</summary>
    public virtual bool KeepsAxes => WorksAtEachStep;

    /// <summary>It has the key <c>trainable</c>, as every layer has but those whose parameters are statistics alone.</summary>
    public virtual bool TakesTrainable => true;

    /// <summary>What its parameters are called, for <c>trainable: [weight]</c>.</summary>
    public virtual EquatableArray<string> ParameterNames => default;

    /// <summary>What its states are called, which <c>from</c> and <c>outputs</c> name as <c>NAME.h</c>; none where it keeps none.</summary>
    public virtual EquatableArray<string> States => default;

    /// <summary>How many numbers each of its states is.</summary>
    /// <param name="output">What it gives.</param>
    public virtual int UnitsOf(Shape output) => output.Last;

    /// <summary>Of a layer that gives its last state unless <c>return_sequences</c> says otherwise, where that key stands; else null.</summary>
    public virtual (Node Node, OptionKeys Keys)? ReturningSequences(Node node) => null;

    /// <summary>
    /// Reads the options and applies the shape rule. Null after an error; what is known of the output all the same goes to
    /// <see cref="LayerBinder.Output"/>, so that the layers after it are still checked.
    /// </summary>
    public abstract Layer? Bind(LayerBinder binder);
}

/// <summary>What a layer reads: the network's input, or what another layer gives.</summary>
/// <param name="Shape">Null where an error leaves it unknown.</param>
/// <param name="Span">Where it is named; of what simply stands before, the layer itself.</param>
internal sealed record LayerInput(string Name, Shape? Shape, SourceSpan Span)
{
    /// <summary>The recurrent layer of whose last state it is made, step by step; null where it is made of something else.</summary>
    public LayerHeader? LastState { get; init; }

    /// <summary>The flatten that it comes of, element by element, and the shape before that; null where it comes of something else.</summary>
    public (LayerHeader Header, Shape Before)? Flattened { get; init; }

    /// <summary>The layer that reads it as a sequence, or as channels, and so decides which it is; null where it says so itself.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The network's input, where saying its layout would say that of this.</summary>
    public NetworkInput? Undecided { get; init; }

    /// <summary>The network's input, where its axes are still those.</summary>
    public NetworkInput? Origin { get; init; }
}

/// <summary>A layer that stands above another.</summary>
/// <param name="Header">Null where it is no layer of the grammar.</param>
/// <param name="Layer">Null after an error.</param>
internal sealed record LayerAbove(LayerHeader? Header, Layer? Layer);

/// <summary>What a layer binds with: its options, the shape before it, and where to report.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="inputs">What it reads; null after an error in that.</param>
internal sealed class LayerBinder(LayerDefinition definition, OptionReader options, string name, IReadOnlyList<LayerInput>? inputs)
{
    public OptionReader Options => options;

    public string Name => name;

    /// <summary>The layers above it, from the first.</summary>
    public IReadOnlyList<LayerAbove> Above { get; init; } = [];

    /// <summary>What it reads; empty after an error in that.</summary>
    public IReadOnlyList<LayerInput> Inputs => inputs ?? [];

    /// <summary>The shape of what it reads; null where an error leaves it unknown.</summary>
    public Shape? Input => inputs?[0].Shape;

    /// <summary>The name of what it reads.</summary>
    public string Before => inputs?[0].Name ?? "";

    /// <summary>The shape of the output as far as it is known.</summary>
    public Shape? Output { get; set; }

    public bool Failed => options.Failed || inputs is null;

    public void Report(Rule rule, SourceSpan span, string message, params Change[] changes) => options.Report(rule, span, message, changes);

    /// <summary>What it reads, as messages say it: <c>'relu_1' before it gives [channels 6, 100]</c>.</summary>
    public string Given => $"'{Before}' before it gives {Input}{(DecidedBy is { } by ? $", as '{by}' reads it" : "")}";

    /// <summary>The layer that has read the same as a sequence, or as channels, before; null where the value itself says it.</summary>
    public string? DecidedBy => inputs?[0].DecidedBy;

    /// <summary>The network's input, where saying its layout would say that of what it reads.</summary>
    public NetworkInput? Undecided => inputs?[0].Undecided;

    /// <summary>The network's input, from which what it reads has its axes; null where something between gave it others.</summary>
    public NetworkInput? Origin => inputs?[0].Origin;

    /// <summary>A layer that is put before this one; none where this one says itself what it reads.</summary>
    public Change[] InsertBefore(string kind, string? main = null) => options.Find("from") is not null ? []
        : [new Change.InsertLayer($"Put {kind}{(main is null ? "" : ": " + main)} before '{Name}'", options.Node.Kind.Span, kind, main)];

    /// <summary>The data has the wrong layout; exchanging its axes makes it right, unless another layer reads the same in the other.</summary>
    /// <param name="message">Up to what is wrong.</param>
    /// <param name="purpose">What the exchange is good for.</param>
    public void ReportLayout(string message, string purpose = "", params Change[] others)
    {
        bool isShared = DecidedBy is not null;
        Report(Rules.WrongLayout, options.Node.Kind.Span,
            $"{message}; {(isShared ? "put permute: [1, 0] before the one of the two that reads it the wrong way round" : "put permute: [1, 0] before it" + purpose)}",
            isShared ? [] : [.. others, .. InsertBefore("permute", "[1, 0]")]);
    }

    /// <summary>
    /// Where what it reads comes of the last state of a recurrent layer: reports that this should give the states of all steps, and gives true.
    /// </summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="asChannels">The sequence has to be channels first here.</param>
    public bool ReportLastState(Rule rule, SourceSpan span, string message, bool asChannels = false) => ReportLastState(inputs?[0], rule, span, message, asChannels);

    /// <summary>The same where a value is joined to another, and one of them is a sequence.</summary>
    public bool ReportLastStateBeside(Shape first, Shape other, LayerInput input, string message) =>
        first.Rank != other.Rank && (first.Rank == 1 ? other : first).Layout == Layout.Sequence
        && ReportLastState(other.Rank == 1 ? input : inputs?[0], Rules.ShapeMismatch, input.Span, message, asChannels: false);

    private bool ReportLastState(LayerInput? input, Rule rule, SourceSpan span, string message, bool asChannels)
    {
        if (input?.LastState is not { } recurrent || recurrent.Definition.ReturningSequences(recurrent.Node) is not var (node, keys))
            return false;
        Change all = node.Find("return_sequences") is { } written
            ? new Change.Replace($"Write return_sequences: true in '{recurrent.Name}'", written.Span, "true")
            : new Change.AddOption($"Write return_sequences: true in '{recurrent.Name}'", node, keys.Main, "return_sequences", "true");
        Change[] exchange = asChannels ? InsertBefore("permute", "[1, 0]") : [];
        Change[] changes = !asChannels ? [all] : exchange.Length == 0 ? [] : [new Change.All($"{all.Title}, and put permute: [1, 0] before '{Name}'", EquatableArray.Of(all, exchange[0]))];
        Report(rule, span,
            $"{message}; '{recurrent.Name}' gives only its last state: write return_sequences: true in it{(asChannels ? $", and put permute: [1, 0] before '{Name}'" : "")}", changes);
        return true;
    }

    /// <summary>Where what it reads is a vector by a flatten alone, of a shape that this layer would take: reports that, and gives true.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="ranks">The ranks that the layer takes.</param>
    public bool ReportFlattened(string message, params int[] ranks)
    {
        if (inputs?[0].Flattened is not { } flattened || !ranks.Contains(flattened.Before.Rank))
            return false;
        LayerHeader flatten = flattened.Header;
        Report(Rules.WrongRank, options.Node.Kind.Span,
            $"{message}; '{flatten.Name}' has made that of {flattened.Before}: leave it out, or put it behind '{Name}'",
            flatten.Node.Find("name") is null && options.Find("from") is null ? [new Change.RemoveLayer($"Leave '{flatten.Name}' out", flatten.Node.Whole)] : []);
        return true;
    }

    /// <summary>
    /// A window is larger than the last axis: where that is one of the input's that looks like its channels, reports it there, once, and gives true.
    /// </summary>
    /// <param name="what">The window: <c>kernel_size of 3</c>.</param>
    public bool ReportChannelsLast(string what, string axis)
    {
        if (Origin is not { ChannelsFirst: { } right } input)
            return false;
        if (options.Diagnostics.Has(Rules.ChannelsLast))
        {
            options.Fail();
            return true;
        }

        Report(Rules.ChannelsLast, input.Span,
            $"the first axis of the input {input.Shape.Sizes} is its channels, and its last the {axis}, for which the {what} of '{Name}' is too large; if the {(input.Shape.Rank == 2 ? "steps come first" : "channels come last")} in it, write input: {right} and give the channels first; else make the window smaller",
            new Change.Replace($"Write {right}", input.Span, right));
        return true;
    }

    /// <summary>Which of the layer's parameters the step changes.</summary>
    /// <param name="absent">Parameters that it does not have, because an option leaves them out: <c>use_bias: false</c>.</param>
    public EquatableArray<string> ReadTrainable(params (string Parameter, string Because)[] absent)
    {
        EquatableArray<string> all = definition.ParameterNames.Where(p => !absent.Any(a => a.Parameter == p)).ToEquatable();
        SpecValue? value = options.Find("trainable");
        switch (value)
        {
            case null:
                return all;
            case ScalarValue scalar when CoreSchema.TryBoolean(scalar, out bool flag):
                return flag ? all : default;
            case ListValue list:
                var names = new List<string>();
                foreach (SpecValue item in list.Items)
                {
                    if (item is ScalarValue left && absent.FirstOrDefault(a => a.Parameter == left.Text) is { Because: { } because })
                        Report(Rules.UnknownWord, item.Span,
                            $"{options.Owner}: 'trainable' lists '{left.Text}', but the layer has {because}; {(all.Count == 0 ? "it has no parameters of its own" : $"its parameters are {string.Join(", ", all)}")}");
                    else if (item is not ScalarValue parameter || !all.Contains(parameter.Text))
                        ReportParameter(item, all);
                    else if (names.Contains(parameter.Text))
                        Report(Rules.DuplicateName, item.Span, $"{options.Owner}: 'trainable' lists '{parameter.Text}' twice; once is enough");
                    else
                        names.Add(parameter.Text);
                }

                return names.ToEquatable();
            default:
                Report(Rules.WrongKind, value.Span, $"{options.Owner}: 'trainable' is true, false or a list of parameters, not {Node.Describe(value)}; write e.g. trainable: {(all.Count == 0 ? "false" : $"[{all[0]}]")}");
                return all;
        }
    }

    private void ReportParameter(SpecValue item, EquatableArray<string> all)
    {
        string known = all.Count == 0 ? "the layer has no parameters" : "its parameters are " + string.Join(", ", all);
        Suggestion? meant = item is ScalarValue s && all.Count > 0 ? Suggestion.Of(s.Text, all, ValueWords.Parameters) : null;
        Report(Rules.UnknownWord, item.Span, $"{options.Owner}: 'trainable' lists {Node.Describe(item)}, but {known}{meant?.Hint}", meant?.Spell(item.Span) ?? []);
    }
}
