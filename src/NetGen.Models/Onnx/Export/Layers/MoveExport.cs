using System;
using System.Linq;
using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>What gives the same values other axes or places.</summary>
internal static class MoveExport
{
    public static string Write(Flatten layer, LayerWriter w) => w.Nodes.Main("Flatten", [w.X], Attributes.Of("axis", 1));

    public static string Write(Reshape layer, LayerWriter w) =>
        w.Nodes.Main("Reshape", [w.X, w.Nodes.Longs("shape", [0, .. layer.Output.Dimensions.Select(static d => (long)d)])]);

    public static string Write(Permute layer, LayerWriter w) =>
        w.Nodes.Main("Transpose", [w.X], Attributes.Of("perm", layer.Axes.Select(static axis => axis + 1L).Prepend(0)));

    public static string Write(Pad layer, LayerWriter w)
    {
        long[] edges = [0, .. layer.Edges.Select(static e => (long)e.Before), 0, .. layer.Edges.Select(static e => (long)e.After)];
        string mode = layer.Mode switch { PadMode.Reflect => "reflect", PadMode.Edge => "edge", _ => "constant" };
        string value = layer.Mode != PadMode.Constant ? ""
            : layer.Constant == 0 && w.Readers.Any(static r => r is Pooling) ? w.Nodes.ZeroBeforePool("value")
            : w.Nodes.Number("value", layer.Constant);
        return w.Nodes.Main("Pad", [w.X, w.Nodes.Longs("pads", edges), value], Attributes.Of("mode", mode));
    }

    public static string Write(Slice layer, LayerWriter w)
    {
        // The first place that is not taken; going back, that may stand before the first of all, where a negative number would count from the end.
        long end = layer.Start + ((layer.Output.Dimensions[layer.Axis] - 1L) * layer.Step) + Math.Sign(layer.Step);
        return w.Nodes.Main("Slice",
        [
            w.X, w.Nodes.Longs("start", layer.Start), w.Nodes.Longs("end", end < 0 ? -long.MaxValue : end), w.Nodes.Longs("axis", layer.Axis + 1),
            w.Nodes.Longs("step", layer.Step),
        ]);
    }

    public static string Write(RepeatVector layer, LayerWriter w)
    {
        int steps = layer.Output.Dimensions[0];
        string step = w.Nodes.Node("Unsqueeze", "step", [w.X, w.Nodes.Longs("axes", 1)]);
        return steps == 1 ? step : w.Nodes.Main("Expand", [step, w.Nodes.Longs("shape", 1, steps, 1)]);
    }
}
