using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>
/// What a model gives beside the numbers of its network: constants, inputs that pass through, actions that are drawn or chosen. They are the caller's
/// to make, and are dropped, or replaced by what they are made of.
/// </summary>
internal static class Heads
{
    private static readonly string[] s_random = ["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial"];
    private static readonly string[] s_passing = ["Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape", "Flatten"];

    /// <summary>The values that the network gives, each with the model's name for it.</summary>
    public static IReadOnlyList<(string Name, string Value, ModelChoice Choice)> Of(ModelGraph graph, Action<string> note)
    {
        var sources = new Dictionary<string, ModelNode>();
        foreach (ModelNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
                sources.TryAdd(output, node);
        }

        HashSet<string> inputs = [.. graph.Inputs.Select(static i => i.Name)];
        List<(string Name, string Value, bool IsDrawn, ModelChoice Choice)> kept = [];
        foreach (string output in graph.Outputs)
        {
            (string value, ModelNode? source) = Behind(output, sources);
            // A model that does nothing else is taken for what it does.
            if (inputs.Contains(value) && graph.Outputs.Count > 1)
                note($"the output '{output}' is the input '{value}', passed through; it is left out");
            else if (!DependsOn(value, sources, inputs.Contains, static _ => false))
                note($"the output '{output}' is a constant of the model; it is left out");
            else if (source is { Operator: "ArgMax" or "ArgMin" })
            {
                note($"the output '{output}' is the place of the {(source.Operator == "ArgMax" ? "largest" : "smallest")} of some values; the network gives these values");
                kept.Add((output, source.Inputs[0], false, source.Operator == "ArgMax" ? ModelChoice.Largest : ModelChoice.Other));
            }
            else if (source is { Operator: "Multinomial" or "Bernoulli" })
            {
                (string from, ModelNode? log) = Behind(source.Inputs[0], sources);
                note($"the output '{output}' is drawn at random; the network gives the probabilities to draw by");
                kept.Add((output, log is { Operator: "Log" } ? log.Inputs[0] : from, false, ModelChoice.Other));
            }
            else
                kept.Add((output, output, DependsOn(value, sources, static _ => false, n => s_random.Contains(n.Operator)), ModelChoice.None));
        }

        if (kept.Any(static k => !k.IsDrawn))
        {
            foreach ((string name, _, _, _) in kept.Where(static k => k.IsDrawn))
                note($"the output '{name}' has random numbers in it; it is left out, since other outputs have none");
            kept.RemoveAll(static k => k.IsDrawn);
        }
        else if (kept.Count > 0)
            note("the outputs have random numbers in them; these are taken for their mean");

        // A label is what the caller makes of the place of the largest.
        if (kept.Any(k => !ChoosesBefore(k.Value, k.Choice)))
        {
            foreach ((string name, _, _, _) in kept.Where(k => ChoosesBefore(k.Value, k.Choice)))
                note($"the output '{name}' is made of the place of the largest of some values; it is left out, since other outputs have them");
            kept.RemoveAll(k => ChoosesBefore(k.Value, k.Choice));
        }

        bool ChoosesBefore(string value, ModelChoice choice) =>
            choice == ModelChoice.None && DependsOn(value, sources, static _ => false, static n => n.Operator is "ArgMax" or "ArgMin" or "TopK");

        // The same value twice is given once, under the name that stands for it as it is.
        var distinct = new List<(string Name, string Value, ModelChoice Choice)>();
        foreach ((string name, string value, _, ModelChoice choice) in kept)
        {
            int same = distinct.FindIndex(d => Behind(d.Value, sources).Value == Behind(value, sources).Value);
            if (same < 0)
                distinct.Add((name, value, choice));
            else
            {
                note($"the outputs '{distinct[same].Name}' and '{name}' are of the same values; the network gives them once");
                distinct[same] = (name, value, choice);
            }
        }

        return distinct;
    }

    /// <summary>What a value is before it is only named, shaped or typed anew.</summary>
    private static (string Value, ModelNode? Source) Behind(string value, Dictionary<string, ModelNode> sources)
    {
        for (int i = 0; i < 1000; i++)
        {
            ModelNode? source = sources.GetValueOrDefault(value);
            if (source is null || !(s_passing.Contains(source.Operator) || source is { Operator: "Concat", Inputs.Count: 1 }) || source.Inputs.Count == 0)
                return (value, source);
            value = source.Inputs[0];
        }

        return (value, null);
    }

    private static bool DependsOn(string value, Dictionary<string, ModelNode> sources, Func<string, bool> isValue, Func<ModelNode, bool> isNode)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([value]);
        while (open.TryPop(out string? next))
        {
            if (!seen.Add(next))
                continue;
            if (isValue(next))
                return true;
            if (!sources.TryGetValue(next, out ModelNode? node))
                continue;
            if (isNode(node))
                return true;
            foreach (string input in GraphOrder.Reads(node))
                open.Push(input);
        }

        return false;
    }
}
