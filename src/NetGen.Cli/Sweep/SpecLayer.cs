using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>A layer as a spec's text has it.</summary>
/// <param name="Name">As stated, or its kind and ordinal.</param>
/// <param name="Value">The item of the list.</param>
/// <param name="Node">The same as a named thing.</param>
/// <param name="Definition">What it is.</param>
/// <param name="IsAlias">It stands elsewhere, and is repeated here.</param>
internal sealed record SpecLayer(string Name, SpecValue Value, Node Node, LayerDefinition Definition, bool IsAlias)
{
    /// <summary>All that are layers of the grammar, by the names that the compiler gives them.</summary>
    public static IReadOnlyList<SpecLayer> Of(MapValue spec)
    {
        var layers = new List<SpecLayer>();
        if (spec.Find("layers")?.Value is not ListValue list)
            return layers;
        var ordinals = new Dictionary<string, int>();
        int reached = list.Span.Start;
        foreach (SpecValue item in list.Items)
        {
            // What is repeated was written before.
            bool isAlias = item.Span.Start < reached;
            if (!isAlias)
                reached = item.Span.Start + item.Span.Length;
            if (Node.Of(item) is not { } node || LayerRegistry.Layers.All.FirstOrDefault(d => d.Name == node.Kind.Value) is not { } definition)
                continue;
            int ordinal = ordinals[definition.Name] = ordinals.GetValueOrDefault(definition.Name) + 1;
            string name = node.Find("name") is ScalarValue { IsNull: false } stated ? stated.Text : Invariant($"{definition.Name}_{ordinal}");
            layers.Add(new SpecLayer(name, item, node, definition, isAlias));
        }

        return layers;
    }
}
