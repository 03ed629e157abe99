using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>Pools, with pads that make the windows fit: what runtimes take ceil_mode for, and what they divide by then, is not the same everywhere.</summary>
internal static class PoolingExport
{
    public static string Write(Pooling layer, LayerWriter w)
    {
        IReadOnlyList<WindowAxis> axes = layer.Axes;
        string x = w.X;
        IEnumerable<long> before = axes.Select(static a => a.Before), after = axes.Select(static a => a.After + a.Beyond);
        bool counts = !layer.IsMax && layer.CountsPadding;
        if (counts && axes.Any(static a => a.Beyond > 0))
        {
            // The padding counts, but not what lies behind it: so the one is made of elements, and the other is padding that does not count.
            long[] edges = [0, 0, .. before, 0, 0, .. axes.Select(static a => a.After)];
            if (edges.Any(static e => e != 0))
                x = w.Nodes.Node("Pad", "padded", [x, w.Nodes.Longs("pads", edges), w.Nodes.ZeroBeforePool("zero")]);
            (before, after, counts) = (axes.Select(static _ => 0L), axes.Select(static a => (long)a.Beyond), false);
        }

        List<AttributeProto> attributes =
        [
            Attributes.Of("kernel_shape", axes.Select(static a => (long)a.Size)), Attributes.Of("strides", axes.Select(static a => (long)a.Stride)),
            Attributes.Of("pads", before.Concat(after)),
        ];
        if (!layer.IsMax)
            attributes.Add(Attributes.Of("count_include_pad", counts ? 1 : 0));
        return w.Nodes.Main(layer.IsMax ? "MaxPool" : "AveragePool", [x], attributes);
    }

    public static string WriteGlobal(GlobalPooling layer, LayerWriter w)
    {
        if (layer.Input.Rank > 3)
        {
            // Runtimes have these for images at most.
            int[] places = [.. Enumerable.Range(2, layer.Input.Rank - 1)];
            return w.Nodes.Reduce(layer.IsMax ? "ReduceMax" : "ReduceMean", "reduced", w.X, places, keepsDimensions: false, isMain: true);
        }

        string pooled = w.Nodes.Main(layer.IsMax ? "GlobalMaxPool" : "GlobalAveragePool", [w.X]);
        return w.Nodes.Node("Flatten", "flatten", [pooled], Attributes.Of("axis", 1));
    }
}
