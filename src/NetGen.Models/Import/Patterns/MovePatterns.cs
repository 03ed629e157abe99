using System.Linq;

namespace NetGen.Models.Import.Patterns;

/// <summary>Moves that lead back to where they began.</summary>
internal static class MovePatterns
{
    private static readonly string[] s_perElement =
    [
        "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "sigmoid", "hard_sigmoid", "hard_swish", "tanh", "softplus", "softsign",
        "exp", "log", "sqrt", "square", "abs", "reciprocal", "sin", "cos", "clip", "power", "rescaling", "softmax", "log_softmax",
    ];

    /// <summary>Rows that are cut apart and joined one behind the other, as the last states of both directions are: the rows as they were.</summary>
    public static bool JoinedParts(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "concat", Shape.Length: 2 } || layer.Option("axis") is not 1 || layer.Reads[0] is not { Part: null, Layer: { Kind: "slice", Reads: [var whole] } }
            || whole.Shape is not [var rows, var width] || rows != layer.Reads.Count)
            return false;
        for (int i = 0; i < rows; i++)
        {
            if (layer.Reads[i] is not { Part: null, Layer: { Kind: "slice" } part } || part.Reads[0] != whole || part.Option("axis") is not null || part.Option("step") is not null
                || (part.Option("start") as int? ?? 0) != i || part.Shape is not [1, _])
                return false;
        }

        Read from = whole;
        while (from is { Part: null, Layer: { Kind: "reshape" or "flatten", Reads: [var before] } })
            from = before;
        layer.Kind = "reshape";
        layer.Options.Clear();
        layer.Set("shape", layer.Shape);
        layer.Layout = new LayoutGroup();
        layer.Reads.Clear();
        layer.Reads.Add(from);
        return true;
    }

    /// <summary>A vector that is made a sequence of one step, for layers that take vectors as well.</summary>
    public static bool SingleStep(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "reshape", Shape: [1, _], Reads: [{ Shape.Length: 1 } vector] } || graph.Outputs.Exists(o => o.Read.Layer == layer) || graph.ReadersOf(layer) is not [_, ..] readers
            || !readers.All(r => TakesVector(graph, r)))
            return false;
        foreach (SpecLayer reader in readers)
            MakeVector(graph, reader);
        graph.Replace(new Read(layer), vector);
        return true;
    }

    private static bool TakesVector(SpecGraph graph, SpecLayer layer) =>
        layer is { Reads.Count: 1, Shape: [1, _] } && (layer.Kind == "dense" || s_perElement.Contains(layer.Kind)) && graph.ReadersOf(layer).All(r => TakesVector(graph, r) || r.Kind is "flatten" or "reshape");

    private static void MakeVector(SpecGraph graph, SpecLayer layer)
    {
        if (layer.Shape.Length == 1 || layer.Kind is "flatten" or "reshape")
            return;
        layer.Shape = [layer.Shape[1]];
        layer.Layout = new LayoutGroup();
        foreach (SpecLayer reader in graph.ReadersOf(layer))
            MakeVector(graph, reader);
        // What made a vector of it has nothing to do.
        foreach (SpecLayer reader in graph.ReadersOf(layer).Where(static r => r.Kind == "flatten" || (r.Kind == "reshape" && r.Shape.Length == 1)).ToList())
            graph.Replace(new Read(reader), new Read(layer));
    }
}
