using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>
/// Whether a number of samples that a file fixes is a batch: the first axis of every input and output, and all between is done for each sample
/// by itself. Where that is not certain, the whole input is taken for one sample.
/// </summary>
internal static class BatchAxis
{
    private static readonly HashSet<string> s_elementwise =
    [
        "Relu", "Sigmoid", "Tanh", "Softplus", "Softsign", "Mish", "HardSwish", "Exp", "Log", "Sqrt", "Abs", "Reciprocal", "Sin", "Cos", "Erf", "Neg", "Identity",
        "Dropout", "Cast", "LeakyRelu", "Elu", "Celu", "Selu", "Gelu", "HardSigmoid", "Clip", "PRelu", "Add", "Sub", "Mul", "Div", "Pow", "Sum", "Max", "Min", "Mean",
    ];

    private static readonly HashSet<string> s_perSample =
        ["Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "BatchNormalization", "InstanceNormalization", "GroupNormalization", "Upsample", "Resize", "DepthToSpace", "SpaceToDepth"];

    /// <summary>The samples that the file fixes, if they are a batch of more than one; else 1.</summary>
    public static int Of(ModelGraph graph, IReadOnlyList<ModelNode> order, IReadOnlyList<string> outputs)
    {
        if (graph.Inputs.Count == 0 || graph.Inputs.Any(static i => i.Shape.Count < 2) || graph.Inputs[0].Shape[0] is not > 1)
            return 1;
        int batch = graph.Inputs[0].Shape[0]!.Value;
        if (graph.Inputs.Any(i => i.Shape[0] != batch))
            return 1;
        var axes = graph.Inputs.ToDictionary(static i => i.Name, static _ => 0);
        var ranks = graph.Inputs.ToDictionary(static i => i.Name, static i => i.Shape.Count);
        foreach (ModelNode node in order)
        {
            if (!node.Inputs.Any(axes.ContainsKey))
                continue; // of constants alone
            if (AxisOf(graph, node, axes, ranks, batch) is not { } known)
                return 1;
            foreach (string output in node.Outputs.Where(static o => o.Length > 0))
            {
                axes[output] = known.Axis;
                ranks[output] = known.Rank;
            }
        }

        return outputs.All(o => axes.TryGetValue(o, out int axis) && axis == 0) ? batch : 1;
    }

    private static (int Axis, int Rank)? AxisOf(ModelGraph graph, ModelNode node, Dictionary<string, int> axes, Dictionary<string, int> ranks, int batch)
    {
        string first = node.Inputs[0];
        if (s_elementwise.Contains(node.Operator))
        {
            // All have the axis at the same place from the end; constants have none there.
            string[] read = [.. node.Inputs.Where(axes.ContainsKey)];
            int fromEnd = ranks[read[0]] - axes[read[0]];
            int rank = Math.Max(read.Max(r => ranks[r]), node.Inputs.Where(graph.Constants.ContainsKey).Select(i => graph.Constants[i]().Shape.Length).DefaultIfEmpty(0).Max());
            bool clashes = node.Inputs.Where(graph.Constants.ContainsKey).Select(i => graph.Constants[i]().Shape).Any(s => s.Length >= fromEnd && s[^fromEnd] != 1);
            return read.All(r => ranks[r] - axes[r] == fromEnd) && !clashes ? (rank - fromEnd, rank) : null;
        }

        if (!axes.TryGetValue(first, out int axis) || node.Inputs.Skip(1).Any(axes.ContainsKey) && node.Operator is not "Concat")
            return null;
        int inputRank = ranks[first];
        long[] Stated(string attribute, int input) => node.Integers(attribute) ?? (node.HasInput(input) && graph.Constants.TryGetValue(node.Inputs[input], out Func<Constant>? c) ? c().Integers : []);
        bool Spares(params long[] stated) => stated.Length > 0 && stated.All(a => (a < 0 ? a + inputRank : a) != axis);
        switch (node.Operator)
        {
            case var name when s_perSample.Contains(name):
                return axis == 0 ? (0, inputRank) : null;
            case "Gemm" or "MatMul":
                return axis == 0 && inputRank >= 2 && node.Integer("transA", 0) == 0 ? (0, inputRank) : null;
            case "Flatten":
                return axis == 0 && node.Integer("axis", 1) == 1 ? (0, 2) : null;
            case "Reshape":
                long[] shape = Stated("shape", 1);
                return axis == 0 && shape.Length > 0 && (shape[0] == 0 || shape[0] == batch || (shape[0] == -1 && shape.Skip(1).All(static d => d > 0))) ? (0, shape.Length) : null;
            case "Transpose":
                return (Array.IndexOf(ShapeArithmetic.Permutation(node, inputRank), axis), inputRank);
            case "Concat":
                return Spares(node.Integer("axis", 1)) && node.Inputs.All(i => axes.TryGetValue(i, out int a) && a == axis) ? (axis, inputRank) : null;
            case "Softmax" or "LogSoftmax":
                return Spares(node.Integer("axis", graph.OperatorSet < 13 ? 1 : -1)) && (graph.OperatorSet >= 13 || node.Integer("axis", 1) > axis) ? (axis, inputRank) : null;
            case "LayerNormalization":
                return axis == 0 && Spares(node.Integer("axis", -1)) ? (axis, inputRank) : null;
            case "Split":
                return Spares(node.Integer("axis", 0)) ? (axis, inputRank) : null;
            case "Gather":
                return Spares(node.Integer("axis", 0)) && axis == 0 ? (0, inputRank - (graph.Constants.TryGetValue(node.Inputs[1], out Func<Constant>? i) && i().Shape.Length == 0 ? 1 : 0)) : null;
            case "Slice":
                long[] sliced = Stated("axes", 3);
                return Spares(sliced.Length > 0 ? sliced : [.. Enumerable.Range(0, Stated("starts", 1).Length).Select(static k => (long)k)]) ? (axis, inputRank) : null;
            case "Pad":
                long[] pads = node.Integers("pads") ?? node.Integers("paddings") ?? Stated("", 1);
                return pads.Length == 2 * inputRank && pads[axis] == 0 && pads[axis + inputRank] == 0 ? (axis, inputRank) : null;
            case var name when name.StartsWith("Reduce", StringComparison.Ordinal):
                long[] reduced = Stated("axes", 1);
                int before = reduced.Count(a => (a < 0 ? a + inputRank : a) < axis);
                return !Spares(reduced) ? null : node.Integer("keepdims", 1) != 0 ? (axis, inputRank) : (axis - before, inputRank - reduced.Length);
            case "Squeeze" or "Unsqueeze":
                long[] changed = Stated("axes", 1);
                if (axis != 0 || changed.Length == 0 || changed.Any(static a => a == 0))
                    return null;
                return (0, inputRank + (node.Operator == "Squeeze" ? -changed.Length : changed.Length));
            default:
                return null;
        }
    }
}
