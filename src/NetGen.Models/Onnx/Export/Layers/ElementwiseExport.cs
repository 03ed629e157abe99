using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>What works on each element by itself, by constants or by parameters of its channel.</summary>
internal static class ElementwiseExport
{
    public static string Write(Normalization layer, LayerWriter w)
    {
        string centred = w.Nodes.Node("Sub", "centred", [w.X, w.PerChannel("mean")]);
        return w.Nodes.Main("Div", [centred, w.Nodes.Node("Sqrt", "deviation", [w.PerChannel("variance")])]);
    }

    public static string Write(Rescaling layer, LayerWriter w)
    {
        string x = w.X;
        if (layer.Scale != 1)
            x = w.Nodes.Main("Mul", [x, w.Nodes.Number("scale", layer.Scale)]);
        return layer.Offset == 0 ? x : w.Nodes.Node("Add", "sum", [x, w.Nodes.Number("offset", layer.Offset)]);
    }

    public static string Write(Clip layer, LayerWriter w) => w.Nodes.Main(
        "Clip", [w.X, layer.Min is { } min ? w.Nodes.Number("min", min) : "", layer.Max is { } max ? w.Nodes.Number("max", max) : ""]);

    public static string Write(Power layer, LayerWriter w) => w.Nodes.Main("Pow", [w.X, w.Nodes.Number("exponent", layer.Exponent)]);

    public static string Write(Prelu layer, LayerWriter w) => w.Nodes.Main("PRelu", [w.X, layer.PerChannel ? w.PerChannel("weight") : w.Parameter("weight")]);
}
