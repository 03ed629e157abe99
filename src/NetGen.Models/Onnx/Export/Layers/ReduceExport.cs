using System.Linq;
using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>Means, sums, largest and smallest elements over axes.</summary>
internal static class ReduceExport
{
    public static string Write(Reduce layer, LayerWriter w)
    {
        string op = layer.Kind switch { "reduce_mean" => "ReduceMean", "reduce_sum" => "ReduceSum", "reduce_max" => "ReduceMax", _ => "ReduceMin" };
        string y = w.Nodes.Reduce(op, "reduced", w.X, [.. layer.Axes.Select(static axis => axis + 1)], layer.KeepsDimensions, isMain: true);
        // Where all axes go, one value is left.
        return layer.KeepsDimensions || layer.Axes.Count < layer.Input.Rank ? y : w.Nodes.Node("Unsqueeze", "vector", [y, w.Nodes.Longs("axes", 1)]);
    }
}
