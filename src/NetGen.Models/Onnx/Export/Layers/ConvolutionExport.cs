using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>Convolutions, whose weights ONNX has as PyTorch does: [out, in/groups, k…], of a transposed one [in, out/groups, k…].</summary>
internal static class ConvolutionExport
{
    public static string Write(Convolution layer, LayerWriter w)
    {
        IReadOnlyList<WindowAxis> axes = layer.Windows;
        List<AttributeProto> attributes =
        [
            Attributes.Of("kernel_shape", axes.Select(static a => (long)a.Size)), Attributes.Of("strides", axes.Select(static a => (long)a.Stride)),
            Attributes.Of("pads", axes.Select(static a => a.Before).Concat(axes.Select(static a => a.After))),
            Attributes.Of("dilations", axes.Select(static a => (long)a.Dilation)), Attributes.Of("group", layer.Groups),
        ];
        string x = w.X;
        if (layer.IsTransposed)
        {
            // Runtimes take less than a stride of it; a stride is what one more element of the input makes, and a 0 adds nothing.
            long[] extra = [.. axes.Select((a, k) => OutputPadding(a, layer.Input.Dimensions[k + 1]))];
            long[] elements = [.. axes.Select((a, k) => extra[k] / a.Stride)], rest = [.. axes.Select((a, k) => extra[k] % a.Stride)];
            if (elements.Any(static e => e != 0))
                x = w.Nodes.Node("Pad", "padded", [x, w.Nodes.Longs("pads", [.. new long[axes.Count + 4], .. elements]), w.Nodes.Number("zero", 0)]);
            if (rest.Any(static r => r != 0))
                attributes.Add(Attributes.Of("output_padding", rest));
        }

        string[] inputs = [x, w.Parameter("weight"), .. layer.UseBias ? [w.Parameter("bias")] : System.Array.Empty<string>()];
        string sum = w.Nodes.Main(layer.IsTransposed ? "ConvTranspose" : "Conv", inputs, attributes);
        return ActivationExports.Write(layer.Activation, w.Nodes.Within("activation"), sum, layer.Output);
    }

    /// <summary>What the output has beyond the windows: (length - 1) stride + extent - the padding on both sides.</summary>
    private static long OutputPadding(WindowAxis axis, int length) => axis.Padded - (((length - 1L) * axis.Stride) + axis.Extent);
}
