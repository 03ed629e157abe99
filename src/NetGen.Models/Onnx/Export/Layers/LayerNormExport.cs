using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>What normalizes over the last axis.</summary>
internal static class LayerNormExport
{
    private const int FirstOpset = 17;

    public static string Write(LayerNorm layer, LayerWriter w)
    {
        NodeScope n = w.Nodes;
        string? weight = layer.Options.Scales ? w.Parameter("weight") : null, bias = layer.Options.Centers ? w.Parameter("bias") : null;
        if (layer.Centres && w.Opset >= FirstOpset)
        {
            string scale = weight ?? n.Filled("ones", layer.Input.Last, 1);
            return n.Main("LayerNormalization", [w.X, scale, bias ?? ""], Attributes.Of("axis", -1), Attributes.Of("epsilon", layer.Epsilon));
        }

        int[] last = [layer.Input.Rank];
        string x = w.X;
        if (layer.Centres)
            x = n.Node("Sub", "centred", [x, n.Reduce("ReduceMean", "mean", x, last, keepsDimensions: true)]);
        string meanSquare = n.Reduce("ReduceMean", "mean_square", n.Node("Mul", "square", [x, x]), last, keepsDimensions: true);
        string deviation = n.Node("Sqrt", "deviation", [n.Node("Add", "sum", [meanSquare, n.Number("epsilon", layer.Epsilon)])]);
        string y = n.Main("Div", [x, deviation]);
        if (weight is not null)
            y = n.Node("Mul", "scaled", [y, weight]);
        return bias is null ? y : n.Node("Add", "shifted", [y, bias]);
    }
}
