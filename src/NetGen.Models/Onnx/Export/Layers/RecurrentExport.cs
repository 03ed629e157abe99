using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Cells;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>
/// Recurrent layers as ONNX's RNN, GRU and LSTM, which have time before the batch. Cells with an activation that those have no word for are a Scan over the
/// steps (<see cref="ScannedCell"/>).
/// </summary>
internal static class RecurrentExport
{
    private const int First = 0, Second = 1;

    public static string Write(Recurrent layer, LayerWriter w)
    {
        NodeScope n = w.Nodes;
        string[] initials = [.. w.Inputs.Skip(1)];
        if (RecurrentActivations.Of(layer, 1) is not { } attributes)
        {
            (string all, string[] last) = ScannedCell.Write(layer, w, n, w.X, initials, "");
            foreach (int part in layer.StatesRead)
                w.SetState(part, last[part - 1]);
            return layer.ReturnsSequences ? all : last[0];
        }

        bool IsRead(int part) => layer.StatesRead.Contains(part);
        string Begin(string state, string letter) => n.Node("Unsqueeze", letter + "_0", [state, n.Longs(letter + "_0_axes", First)]);
        string[] begins = [.. initials.Select((state, k) => Begin(state, layer.Cell.States[k]))];
        string[] outputs = AddNode(layer, w, [""], attributes, begins, layer.ReturnsSequences, !layer.ReturnsSequences || IsRead(1), IsRead(2));
        string? h = outputs[1].Length == 0 ? null : n.Node("Squeeze", "h", [outputs[1], n.Longs("h_axes", First)]);
        if (h is not null)
            w.SetState(1, h);
        if (IsRead(2))
            w.SetState(2, n.Node("Squeeze", "c", [outputs[2], n.Longs("c_axes", First)]));
        return layer.ReturnsSequences ? w.Transpose("sequence", n.Node("Squeeze", "steps", [outputs[0], n.Longs("steps_axes", Second)]), 1, 0, 2) : h!;
    }

    public static string WriteBidirectional(Bidirectional layer, LayerWriter w)
    {
        Recurrent inner = layer.Inner;
        string[] directions = ["", Recurrent.Reverse];
        NodeScope n = w.Nodes;
        if (RecurrentActivations.Of(inner, 2) is not { } attributes)
        {
            string[] both = [.. directions.Select(ending =>
            {
                (string all, string[] last) = ScannedCell.Write(inner, w, n.Within(ending.Length == 0 ? "forward" : "reverse"), w.X, [], ending);
                return inner.ReturnsSequences ? all : last[0];
            })];
            return layer.MergeMode switch
            {
                MergeMode.Concat => n.Main("Concat", both, Attributes.Of("axis", layer.Output.Rank)),
                MergeMode.Sum => n.Main("Add", both),
                MergeMode.Multiply => n.Main("Mul", both),
                _ => n.Main("Mean", both),
            };
        }

        string[] outputs = AddNode(inner, w, directions, [Attributes.Of("direction", "bidirectional"), .. attributes], [],
            inner.ReturnsSequences, !inner.ReturnsSequences, hasCell: false);
        // Y is [time, directions, batch, units], Y_h without the time.
        string y = inner.ReturnsSequences ? outputs[0] : outputs[1];
        int axis = inner.ReturnsSequences ? Second : First;
        if (layer.MergeMode == MergeMode.Concat)
        {
            string apart = inner.ReturnsSequences ? w.Transpose("directions", y, 2, 0, 1, 3) : w.Transpose("directions", y, 1, 0, 2);
            return w.Reshape("joined", apart, layer.Output.Dimensions);
        }

        string op = layer.MergeMode switch { MergeMode.Sum => "ReduceSum", MergeMode.Multiply => "ReduceProd", _ => "ReduceMean" };
        string merged = n.Reduce(op, "merged", y, [axis], keepsDimensions: false);
        return inner.ReturnsSequences ? w.Transpose("sequence", merged, 1, 0, 2) : merged;
    }

    /// <summary>Adds the node; gives back Y, Y_h and Y_c, empty where they are not wanted.</summary>
    private static string[] AddNode(
        Recurrent layer, LayerWriter w, IReadOnlyList<string> directions, IEnumerable<AttributeProto> attributes, string[] begins,
        bool hasAll, bool hasLast, bool hasCell)
    {
        string op = layer.Cell switch { LstmCell => "LSTM", GruCell => "GRU", _ => "RNN" };
        string x = w.Transpose("time_first", w.X, 1, 0, 2);
        List<AttributeProto> all = [Attributes.Of("hidden_size", layer.Units), .. attributes];
        if (layer.Cell is GruCell gru)
            all.Add(Attributes.Of("linear_before_reset", gru.ResetsState ? 0 : 1));
        // Every sequence has all of the steps: no lengths.
        string[] inputs = [x, .. RecurrentWeights.Of(layer, w.Nodes.Graph, directions), "", .. begins];
        string[] outputs = [hasAll ? "Y" : "", hasLast ? "Y_h" : "", .. layer.Cell is LstmCell ? [hasCell ? "Y_c" : ""] : System.Array.Empty<string>()];
        return w.Nodes.MainOf(op, inputs, outputs, all);
    }
}
