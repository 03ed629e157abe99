using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers;

/// <summary><c>bidirectional: { gru: { units: 8 }, merge_mode: concat }</c>.</summary>
/// <param name="cells">Of the layers that it may hold.</param>
internal sealed class BidirectionalDefinition(params RecurrentCell[] cells) : LayerDefinition
{
    private const string MergeKey = "merge_mode";

    private static readonly string[] s_outerKeys = ["name", "trainable", "from"];

    public override string Name => "bidirectional";

    /// <summary>The layers that it may hold.</summary>
    public EquatableArray<string> Kinds => cells.Select(static c => c.Kind).ToEquatable();

    public override OptionKeys Keys => OptionKeys.Of([.. Kinds, MergeKey]) with { Example = "{ lstm: { units: 16 } }" };

    public override EquatableArray<string> ParameterNames => Recurrent.Names.Concat(Recurrent.Names.Select(static n => n + Recurrent.Reverse)).ToEquatable();

    /// <summary>The options of a layer within it.</summary>
    public static OptionKeys KeysWithin(RecurrentCell cell) => RecurrentOptions.KeysOf(cell, isAlone: false) with { Words = LayerOptionWords.All };

    public override (Node Node, OptionKeys Keys)? ReturningSequences(Node node) =>
        HeldBy(node) is { Length: 1 } held ? (NodeOf(held[0].Entry), KeysWithin(held[0].Cell)) : null;

    public override Layer? Bind(LayerBinder b)
    {
        MergeMode mode = b.Options.Word(MergeKey, "concat", "sum", "multiply", "average") switch
        {
            "sum" => MergeMode.Sum,
            "multiply" => MergeMode.Multiply,
            "average" => MergeMode.Average,
            _ => MergeMode.Concat,
        };
        Shape? input = RecurrentOptions.CheckInput(b);
        if (Held(b) is not var (cell, entry))
        {
            b.ReadTrainable();
            return null;
        }

        OptionReader options = b.Options.Within(WithoutOuterKeys(b, NodeOf(entry)), $"{cell.Kind} of {b.Options.Owner}", KeysWithin(cell));
        (Shape? each, Recurrent? inner) = RecurrentOptions.Read(options, cell, b.Name, input);
        if (options.Failed)
            b.Options.Fail();
        if (each is not null)
            b.Output = mode == MergeMode.Concat ? each with { Dimensions = each.Dimensions.Take(each.Rank - 1).Append(2 * each.Last).ToEquatable() } : each;
        EquatableArray<string> trained = b.ReadTrainable(inner is not { UseBias: false } ? []
            : [.. ParameterNames.Where(static n => n.StartsWith("bias", System.StringComparison.Ordinal)).Select(static n => (n, "use_bias: false"))]);
        return b.Failed || inner is null || b.Output is null ? null : new Bidirectional(b.Name, inner with { TrainedParameters = trained }, b.Output, mode);
    }

    /// <summary>The one recurrent layer that it holds; null where that is not one.</summary>
    private (RecurrentCell Cell, SpecEntry Entry)? Held(LayerBinder b)
    {
        (RecurrentCell Cell, SpecEntry Entry)[] held = HeldBy(b.Options.Node);
        if (held.Length == 1)
            return held[0];
        if (held.Length > 1)
        {
            b.Report(Rules.UnknownKey, held[1].Entry.Key.Span,
                $"{b.Options.Owner} holds '{held[1].Entry.Key.Value}' beside '{held[0].Entry.Key.Value}', but reads a sequence in both directions with one kind of layer; "
                + "leave one of them out, or write two layers, one below the other");
        }
        else if (b.Options.Node.Main is null && b.Options.Node.Options.All(o => Keys.Keys.Contains(o.Key.Value) || s_outerKeys.Contains(o.Key.Value)))
        {
            b.Report(
                Rules.MissingKey, b.Options.Node.Kind.Span, $"{b.Options.Owner} holds no recurrent layer ({string.Join(", ", Kinds)}); write e.g. {Name}: {Keys.Example}");
        }

        b.Options.Fail();
        return null;
    }

    private (RecurrentCell Cell, SpecEntry Entry)[] HeldBy(Node node) =>
        [.. node.Options.SelectMany(o => cells.Where(c => c.Kind == o.Key.Value).Select(c => (c, o)))];

    private static Node NodeOf(SpecEntry entry) => entry.Value switch
    {
        MapValue map => new Node(entry.Key, null, map.Entries),
        ScalarValue { IsNull: true } => new Node(entry.Key, null, default),
        var main => new Node(entry.Key, main, default),
    };

    /// <summary>What every layer takes belongs to the whole.</summary>
    private static Node WithoutOuterKeys(LayerBinder b, Node node)
    {
        foreach (SpecEntry option in node.Options.Where(static o => s_outerKeys.Contains(o.Key.Value)))
        {
            b.Report(Rules.UnknownKey, option.Key.Span,
                $"{node.Kind.Value} of {b.Options.Owner} has no option '{option.Key.Value}': that is of both directions; write it beside '{node.Kind.Value}'");
        }

        return node with { Options = node.Options.Where(static o => !s_outerKeys.Contains(o.Key.Value)).ToEquatable() };
    }
}
