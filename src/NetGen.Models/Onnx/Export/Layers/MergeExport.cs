using System.Linq;
using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>What joins several values; ONNX stretches axes of one element by itself.</summary>
internal static class MergeExport
{
    public static string Write(Merge layer, LayerWriter w) => layer.Kind switch
    {
        "maximum" => w.Nodes.Main("Max", w.Inputs),
        "minimum" => w.Nodes.Main("Min", w.Inputs),
        "average" => w.Nodes.Main("Mean", w.Inputs),
        "add" when w.Inputs.Count > 2 => w.Nodes.Main("Sum", w.Inputs),
        "add" => FromLeft(w, "Add"),
        "subtract" => FromLeft(w, "Sub"),
        "multiply" => FromLeft(w, "Mul"),
        _ => FromLeft(w, "Div"),
    };

    public static string Write(Concat layer, LayerWriter w) => w.Nodes.Main("Concat", w.Inputs, Attributes.Of("axis", layer.Axis + 1));

    private static string FromLeft(LayerWriter w, string op)
    {
        string x = w.Inputs[0];
        foreach (string more in w.Inputs.Skip(1).SkipLast(1))
            x = w.Nodes.Node(op, "part", [x, more]);
        return w.Nodes.Main(op, [x, w.Inputs[^1]]);
    }
}
