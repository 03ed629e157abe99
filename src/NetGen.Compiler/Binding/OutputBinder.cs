using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Binding;

/// <summary>
/// Reads <c>outputs</c> and <c>loss</c>: what the network gives, which without <c>outputs</c> is what its last layer gives; and what of that is trained, by one
/// loss, or with <c>outputs</c> by a map with a loss for each.
/// </summary>
/// <param name="sources">What stands for a name; null where there are no layers.</param>
/// <param name="headers">Every layer with its name.</param>
internal sealed class OutputBinder(OptionReader root, MapValue spec, SourceReader? sources, IReadOnlyList<LayerHeader?> headers)
{
    private const int MaxOutputs = 64;

    /// <summary>The loss of an output as it is written; null where there is none.</summary>
    public static SpecValue? LossOf(MapValue spec, Network network, OutputPart output)
    {
        SpecValue? loss = spec.Find("loss")?.Value;
        return network.NamesOutputs && loss is MapValue each && each.Find(output.Name) is { } own ? own.Value : loss;
    }

    /// <summary>The outputs with their losses; null after an error.</summary>
    /// <param name="layers">Null after an error in one: names and the options of losses are still checked.</param>
    public IReadOnlyList<OutputPart>? Bind(IReadOnlyList<Layer>? layers)
    {
        bool isNamed = root.Find("outputs") is not null;
        IReadOnlyList<(string Name, ValueSource Source)>? outputs = isNamed ? ReadNames(root.Find("outputs")!)
            : layers is { Count: > 0 } ? [(layers[layers.Count - 1].Name, new ValueSource(layers.Count - 1))] : null;
        if (root.Find("loss") is not { } loss)
        {
            ReportNothingToTrain();
            return outputs is null || layers is null ? null : Place(outputs, layers, new Loss?[outputs.Count]);
        }

        if (isNamed && outputs is null)
            return null;
        if (!isNamed && IsForOutputs(loss))
        {
            string[] names = [.. ((MapValue)loss).Entries.Select(static e => e.Key.Value)];
            root.Report(Rules.WrongKind, ((MapValue)loss).Entries[0].Key.Span, $"the network: 'loss' is a map with a loss for each output, but no 'outputs' says what those are; write outputs: [{string.Join(", ", names)}]");
            return null;
        }

        if (isNamed && IsByOutput(loss, outputs!))
            return BindEach((MapValue)loss, outputs!, layers);
        if (isNamed && outputs!.Count > 1)
        {
            string example = string.Join(", ", outputs.Take(2).Select(static o => $"{o.Name}: mean_squared_error"));
            root.Report(Rules.WrongKind, loss.Span, $"the network has {outputs.Count} outputs, so 'loss' is a map with a loss for each that is trained, not {Node.Describe(loss)}; write e.g. loss: {{ {example} }}");
            return null;
        }

        Loss? one = BindLoss(loss, layers, outputs is null ? null : outputs[0], isNamed);
        return outputs is null || layers is null ? null : Place(outputs, layers, [one]);
    }

    /// <summary>The outputs as <c>outputs</c> names them.</summary>
    private IReadOnlyList<(string Name, ValueSource Source)>? ReadNames(SpecValue value)
    {
        string example = $"write e.g. outputs: [{string.Join(", ", headers.Where(static h => h is not null).Reverse().Take(2).Reverse().Select(static h => h!.Name))}]";
        IReadOnlyList<SpecValue> items = value is ListValue list ? list.Items : [value];
        if (items.Count is 0 or > MaxOutputs)
        {
            root.Report(Rules.OutOfRange, value.Span, $"the network: 'outputs' has {items.Count} names, but must have 1 to {MaxOutputs}; {example}");
            return null;
        }

        var outputs = new List<(string Name, ValueSource Source)>();
        bool failed = false;
        foreach (SpecValue item in items)
        {
            if (item is not ScalarValue { IsNull: false } name)
            {
                root.Report(Rules.WrongKind, item.Span, $"the network: 'outputs' names layers, not {Node.Describe(item)}; {example}");
                failed = true;
            }
            else if (sources?.Find(name.Text) is not { } source)
            {
                failed = true;
                if (sources is not null)
                    ReportUnknown(name);
            }
            else if (source.IsInput)
            {
                root.Report(Rules.UnknownSource, item.Span, $"output '{name.Text}' is an input, but outputs are what layers give; leave it out, or let a layer read it: linear gives it on as it is");
                failed = true;
            }
            else if (outputs.Any(o => o.Source == source))
            {
                root.Report(Rules.DuplicateName, item.Span, $"the output '{name.Text}' stands twice in 'outputs'; leave one of them out");
                failed = true;
            }
            else
                outputs.Add((name.Text, source));
        }

        return failed ? null : outputs;
    }

    private void ReportUnknown(ScalarValue name)
    {
        // Where an error ended the reading of layers, one of those behind it may be meant.
        if (headers.Any(h => h?.Name == name.Text || (h is not null && h.Definition.States.Any(s => $"{h.Name}.{s}" == name.Text))))
            return;
        if (sources!.NoState(name.Text) is { } noState)
        {
            root.Report(Rules.UnknownSource, name.Span, $"the network has the output '{Node.Shorten(name.Text)}', but {noState}");
            return;
        }

        string[] names = [.. headers.Where(static h => h is not null).Select(static h => h!.Name)];
        var meant = Suggestion.Of(name.Text, names, Glossary.Empty);
        root.Report(Rules.UnknownSource, name.Span,
            $"the network has the output '{Node.Shorten(name.Text)}', but no layer has that name; {meant.Remedy($"the last are {string.Join(", ", names.Reverse().Take(5).Reverse())}")}", meant.Spell(name.Span));
    }

    /// <summary>A loss is a map by output, and not the name of a loss with its options, where a key is an output's, or none is a loss's.</summary>
    private static bool IsByOutput(SpecValue loss, IReadOnlyList<(string Name, ValueSource Source)> outputs) => loss is MapValue map
        && (map.Entries.Any(e => outputs.Any(o => o.Name == e.Key.Value)) || !map.Entries.Any(static e => LossRegistry.Losses.All.Any(d => d.Name == e.Key.Value)));

    /// <summary>A loss without <c>outputs</c> whose keys are all names of layers, or of their states.</summary>
    private bool IsForOutputs(SpecValue loss) => loss is MapValue { Entries.Count: > 0 } map && sources is not null && map.Entries.All(
        e => !LossRegistry.Losses.All.Any(d => d.Name == e.Key.Value) && sources.Find(e.Key.Value) is { IsInput: false });

    private IReadOnlyList<OutputPart>? BindEach(MapValue map, IReadOnlyList<(string Name, ValueSource Source)> outputs, IReadOnlyList<Layer>? layers)
    {
        var losses = new Loss?[outputs.Count];
        if (map.Entries.Count == 0)
            root.Report(Rules.OutOfRange, map.Span, $"the network: 'loss' is an empty map; write e.g. loss: {{ {outputs[0].Name}: mean_squared_error }}, or leave it out");
        (Loss Loss, string Output)? first = null;
        foreach (SpecEntry entry in map.Entries)
        {
            int k = outputs.ToList().FindIndex(o => o.Name == entry.Key.Value);
            if (k < 0)
            {
                bool isLayer = sources?.Find(entry.Key.Value) is { IsInput: false };
                var meant = Suggestion.Of(entry.Key.Value, outputs.Select(static o => o.Name), Glossary.Empty);
                root.Report(Rules.UnknownSource, entry.Key.Span, isLayer
                    ? $"the network has a loss for '{entry.Key.Value}', which is no output; add it to 'outputs', or write one of {string.Join(", ", outputs.Select(static o => o.Name))}"
                    : $"the network has a loss for '{Node.Shorten(entry.Key.Value)}', but no output has that name; {meant.Remedy($"the outputs are {string.Join(", ", outputs.Select(static o => o.Name))}")}",
                    isLayer ? [] : meant.Spell(entry.Key.Span));
                continue;
            }

            losses[k] = BindLoss(entry.Value, layers, outputs[k], isNamed: true);
            if (losses[k] is not { } loss)
                continue;
            if (first is { } other && other.Loss.Reduction != loss.Reduction)
            {
                root.Report(Rules.LossMismatch, entry.Value.Span,
                    $"the loss of output '{outputs[k].Name}' has reduction: {Word(loss.Reduction)}, and that of '{other.Output}' reduction: {Word(other.Loss.Reduction)}, but they add up over the same samples; write the same in both, and weight: … for a loss that counts for more");
            }

            first ??= (loss, outputs[k].Name);
        }

        return layers is null ? null : Place(outputs, layers, losses);
    }

    private static string Word(Reduction reduction) => reduction == Reduction.Sum ? "sum" : "mean";

    private static IReadOnlyList<OutputPart> Place(IReadOnlyList<(string Name, ValueSource Source)> outputs, IReadOnlyList<Layer> layers, Loss?[] losses)
    {
        var parts = new List<OutputPart>();
        int offset = 0;
        IReadOnlyList<string> members = PartNames.Of(outputs.Select(static o => o.Name));
        for (int k = 0; k < outputs.Count; k++)
        {
            Shape shape = layers[outputs[k].Source.Layer].ShapeOf(outputs[k].Source.Part);
            parts.Add(new OutputPart(outputs[k].Name, members[k], outputs[k].Source, shape, offset, losses[k]));
            offset += shape.Size;
        }

        return parts;
    }

    private void ReportNothingToTrain()
    {
        foreach (string key in new[] { "optimizer", "l2" })
        {
            if (!root.IsMisspelt("loss") && spec.Find(key) is { } unused)
                root.Report(Rules.NothingToTrain, unused.Key.Span, $"the network has '{key}' but no 'loss', so there is nothing to train; add e.g. loss: cross_entropy, or leave '{key}' out");
        }
    }

    private Loss? BindLoss(SpecValue value, IReadOnlyList<Layer>? layers, (string Name, ValueSource Source)? output, bool isNamed)
    {
        if (root.ReadNode(value, "a loss", "loss: cross_entropy") is not { } node || LossRegistry.Losses.Find(node.Kind, root) is not { } definition)
            return null;
        OptionReader options = root.Within(node, $"loss '{definition.Name}'", definition.Keys);
        if (layers is null || output is not { } given)
        {
            // The options are still checked, against any end.
            definition.Create(options, new NetworkEnd(null, "sigmoid", "", Shape.Vector(1)));
            return null;
        }

        var end = NetworkEnd.Of(layers, given.Name, given.Source, isNamed);
        if (definition.Misfit(end) is { } misfit)
        {
            // What the message advises.
            LossDefinition? fitting = LossRegistry.Losses.All.Where(d => d.Misfit(end) is null && misfit.Contains($"use {d.Name}")).OrderByDescending(static d => d.Name.Length).FirstOrDefault();
            options.Report(Rules.LossMismatch, node.Kind.Span, $"loss '{definition.Name}' {misfit}", fitting is null ? [] : [new Change.Replace($"Use {fitting.Name}", node.Kind.Span, fitting.Name)]);
            return null;
        }

        Loss loss = definition.Create(options, end);
        if (loss is CategoricalLoss or TermLoss { PositiveWeights.Count: > 0 } && end.Output.Layout == Layout.Undecided)
            options.Report(Rules.UndecidedLayout, node.Kind.Span, LayoutRule.Message($"loss '{definition.Name}' over {end.Output}", sources!.UndecidedInput(given.Source)));
        return loss;
    }
}
