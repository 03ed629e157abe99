using System.Linq;

namespace NetGen.Models.Import.Patterns;

/// <summary>Padding before a convolution, and the last step of a sequence.</summary>
internal static class WindowPatterns
{
    /// <summary>Zeros that a convolution adds itself, where they are even.</summary>
    public static bool Padding(SpecGraph graph, SpecLayer layer)
    {
        if (layer.Kind is not ("conv1d" or "conv2d") || layer.Option("padding") is not null || layer.Reads[0] is not { Part: null, Layer: { Kind: "zero_pad" } pad } || graph.OnlyReader(pad) is null)
            return false;
        int[] padding = (int[])pad.Option("padding")!;
        int axes = layer.Kind == "conv1d" ? 1 : 2;
        if (padding.Length != 2 * axes)
            return false;
        int[] before = [.. Enumerable.Range(0, axes).Select(k => padding[2 * k])], after = [.. Enumerable.Range(0, axes).Select(k => padding[2 * k + 1])];
        object? written = before.SequenceEqual(after) ? Operators.Conv.Written(before) : IsCausal(layer, before, after) ? "causal" : null;
        if (written is null)
            return false;
        int at = layer.Options.FindIndex(static o => o.Key is "dilation_rate" or "groups" or "use_bias");
        layer.Options.Insert(at < 0 ? layer.Options.Count : at, new("padding", written));
        layer.Reads[0] = pad.Reads[0];
        return true;
    }

    /// <summary>Of a recurrent layer that gives every state, the last one alone is read: then it gives that.</summary>
    public static bool LastState(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "slice", Reads: [{ Part: null, Layer: { Kind: "lstm" or "gru" or "simple_rnn" } cell }] } || graph.OnlyReader(cell) is null)
            return false;
        int steps = cell.Shape[0];
        if (cell.Option("return_sequences") is not true || layer.Option("axis") is not null || layer.Option("start") is not int start || start != steps - 1 || layer.Option("step") is not null)
            return false;
        cell.Options.RemoveAll(static o => o.Key == "return_sequences");
        cell.Shape = [cell.Shape[1]];
        cell.Layout = new LayoutGroup();
        // What made a vector of the one step reads a vector now.
        foreach (SpecLayer reader in graph.ReadersOf(layer).Where(r => r.Kind is "flatten" or "reshape" && r.Shape.Length == 1).ToList())
            graph.Replace(new Read(reader), new Read(cell));
        if (graph.ReadersOf(layer).Count > 0 || graph.Outputs.Exists(o => o.Read.Layer == layer))
        {
            layer.Kind = "reshape";
            layer.Options.Clear();
            layer.Set("shape", layer.Shape);
        }

        return true;
    }

    private static bool IsCausal(SpecLayer layer, int[] before, int[] after) =>
        layer.Kind == "conv1d" && after[0] == 0 && layer.Option("strides") is null && layer.Option("kernel_size") is int k && before[0] == (k - 1) * (layer.Option("dilation_rate") as int? ?? 1);
}
