using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>Whether an input is only read with its axes exchanged: TensorFlow's models have channels last, and turn them for each convolution.</summary>
internal static class ChannelsFirst
{
    private static readonly string[] s_producers = ["tf2onnx", "keras", "OnnxMLTools", "TensorFlow"];
    private static readonly string[] s_passing =
        ["Identity", "Cast", "Sub", "Div", "Mul", "Add", "Relu", "Clip", "Neg", "Sqrt", "Tanh", "Sigmoid", "Dropout", "BatchNormalization"];

    /// <summary>How all that reads the input orders its axes; null where something reads it as it is.</summary>
    public static int[]? Of(string input, int rank, IReadOnlyList<ModelNode> order, string producer)
    {
        // What others exchange, their users mean.
        if (!s_producers.Any(p => producer.Contains(p, StringComparison.OrdinalIgnoreCase)))
            return null;
        int[]? found = null;
        var values = new HashSet<string> { input };
        foreach (ModelNode node in order)
        {
            if (!GraphOrder.Reads(node).Any(values.Contains))
                continue;
            if (node.Operator == "Transpose" && rank >= 3 && node.Integers("perm") is { } stated && stated.Length == rank)
            {
                int[] permutation = [.. stated.Select(static a => (int)a)];
                if (found is not null && !found.SequenceEqual(permutation))
                    return null;
                found = permutation;
            }
            else if (s_passing.Contains(node.Operator))
                values.UnionWith(node.Outputs);
            else
                return null;
        }

        return found is [0, var second, ..] && second == rank - 1 && !found.SequenceEqual(Enumerable.Range(0, rank)) ? found : null;
    }
}
