using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Shapes;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>From the units of the data to what the network was trained on, and back.</summary>
internal static class ScalingExport
{
    /// <summary>(x - mean) / scale.</summary>
    public static string Standardize(NodeScope n, string input, Shape shape, Scaling scaling)
    {
        string centred = n.Node("Sub", "centred", [input, Constant(n, "mean", shape, scaling.Means)]);
        return n.Node("Div", "standardized", [centred, Constant(n, "scale", shape, scaling.Scales)]);
    }

    /// <summary>y scale + mean.</summary>
    /// <param name="output">The name of what comes of it.</param>
    public static void Restore(NodeScope n, string value, string output, Shape shape, Scaling scaling)
    {
        string scaled = n.Node("Mul", "scaled", [value, Constant(n, "scale", shape, scaling.Scales)]);
        n.Graph.Add("Add", output + "/restored", [scaled, Constant(n, "mean", shape, scaling.Means)], [output], []);
    }

    private static string Constant(NodeScope n, string what, Shape shape, IEnumerable<double> values) => n.Graph.Constant(
        n.NameOf(what), name => Tensors.Floats(name, shape.Dimensions.Select(static d => (long)d), [.. values.Select(static v => (float)v)]));
}
