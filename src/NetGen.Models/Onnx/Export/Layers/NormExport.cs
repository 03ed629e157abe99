using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>Norms over channels, which ONNX has on the first axis behind the batch: of a sequence, the features go there and back.</summary>
internal static class NormExport
{
    public static string Write(BatchNorm layer, LayerWriter w)
    {
        int channels = LayerWriter.ChannelsOf(layer.Input);
        string weight = layer.Options.Scales ? w.Parameter("weight") : w.Nodes.Filled("ones", channels, 1);
        string bias = layer.Options.Centers ? w.Parameter("bias") : w.Nodes.Filled("zeros", channels, 0);
        return OverChannels(layer, w, x => w.Nodes.Main(
            "BatchNormalization", [x, weight, bias, w.Parameter("running_mean"), w.Parameter("running_var")], Attributes.Of("epsilon", layer.Epsilon)));
    }

    public static string Write(GroupNorm layer, LayerWriter w)
    {
        int channels = LayerWriter.ChannelsOf(layer.Input);
        string Of(string what, bool isThere, int count, float otherwise) => isThere ? w.Parameter(what) : w.Nodes.Filled(what, count, otherwise);
        if (layer.Groups == channels)
        {
            string weight = Of("weight", layer.Options.Scales, channels, 1), bias = Of("bias", layer.Options.Centers, channels, 0);
            return OverChannels(layer, w, x => Instance(layer, w, x, weight, bias));
        }

        return OverChannels(layer, w, x =>
        {
            // A group as one channel, of which all that it holds is one instance.
            IReadOnlyList<int> sizes = layer.Input.Layout == Layout.Sequence ? [layer.Input.Last, layer.Input.Dimensions[0]] : [.. layer.Input.Dimensions];
            string groups = w.Reshape("groups", x, [layer.Groups, layer.Input.Size / layer.Groups]);
            string y = Instance(layer, w, groups, w.Nodes.Filled("ones", layer.Groups, 1), w.Nodes.Filled("zeros", layer.Groups, 0));
            y = w.Reshape("channels", y, sizes);
            int[] axes = [channels, .. Enumerable.Repeat(1, sizes.Count - 1)];
            if (layer.Options.Scales)
                y = w.Nodes.Node("Mul", "scaled", [y, w.Parameter("weight", axes)]);
            return layer.Options.Centers ? w.Nodes.Node("Add", "shifted", [y, w.Parameter("bias", axes)]) : y;
        });
    }

    private static string Instance(GroupNorm layer, LayerWriter w, string x, string weight, string bias) =>
        w.Nodes.Main("InstanceNormalization", [x, weight, bias], Attributes.Of("epsilon", layer.Epsilon));

    private static string OverChannels(Layer layer, LayerWriter w, Func<string, string> write)
    {
        if (layer.Input.Layout != Layout.Sequence)
            return write(w.X);
        return w.Transpose("sequence", write(w.Transpose("transposed", w.X, 0, 2, 1)), 0, 2, 1);
    }
}
