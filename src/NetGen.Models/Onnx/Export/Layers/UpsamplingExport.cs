using System.Linq;
using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>What makes images and signals larger, or of more channels.</summary>
internal static class UpsamplingExport
{
    public static string Write(Upsampling layer, LayerWriter w)
    {
        float[] scales = [1, 1, .. layer.Sizes.Select(static s => (float)s)];
        string scale = w.Nodes.Graph.Constant(w.Nodes.NameOf("scales"), name => Tensors.Floats(name, [scales.Length], scales));
        // Place o of the output is place floor(o / size) of the input; or it lies where o + 1/2 does among the input's centres.
        return layer.IsLinear
            ? w.Nodes.Main("Resize", [w.X, "", scale], Attributes.Of("mode", "linear"), Attributes.Of("coordinate_transformation_mode", "half_pixel"))
            : w.Nodes.Main("Resize", [w.X, "", scale], Attributes.Of("mode", "nearest"), Attributes.Of("coordinate_transformation_mode", "asymmetric"),
                Attributes.Of("nearest_mode", "floor"));
    }

    public static string Write(PixelShuffle layer, LayerWriter w)
    {
        if (!layer.IsBack)
            return w.Nodes.Main("DepthToSpace", [w.X], Attributes.Of("blocksize", layer.Factor), Attributes.Of("mode", "CRD"));
        // SpaceToDepth has the squares' places before the channels: here they stand behind them.
        int channels = layer.Input.Dimensions[0], rows = layer.Output.Dimensions[1], columns = layer.Output.Dimensions[2], r = layer.Factor;
        string squares = w.Transpose("squares", w.Reshape("places", w.X, [channels, rows, r, columns, r]), 0, 1, 3, 5, 2, 4);
        return w.Nodes.Main("Reshape", [squares, w.Nodes.Longs("shape", [0, .. layer.Output.Dimensions.Select(static d => (long)d)])]);
    }
}
