using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers;

/// <summary>A layer as far as it is known before shapes: what it is, and its name.</summary>
internal sealed class LayerHeader(Node node, LayerDefinition definition)
{
    public Node Node => node;

    public LayerDefinition Definition => definition;

    public string Name { get; set; } = definition.Name;

    /// <summary>Null where it is no layer of the grammar.</summary>
    public static LayerHeader? Read(SpecValue item, OptionReader root)
    {
        if (root.ReadNode(item, "a layer", "- dense: 16") is not { } node)
            return null;
        // A dense layer is called linear elsewhere; here that is the identity, which takes nothing.
        if (Glossary.Key(node.Kind.Value) == "linear" && (node.Main is not null || node.Options.Any(static o => o.Key.Value is not ("name" or "trainable" or "from"))))
        {
            string value = node.Main is ScalarValue main ? $": {Node.Shorten(main.Text)}" : "";
            root.Diagnostics.Report(Rules.UnknownLayer, node.Kind.Span,
                $"layer '{node.Kind.Value}' is the identity and takes no units; did you mean 'dense{value}'?", Change.Spell(node.Kind.Span, "dense"));
            return null;
        }

        return LayerRegistry.Layers.Find(node.Kind, root) is { } definition ? new LayerHeader(node, definition) : null;
    }
}
