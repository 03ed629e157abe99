using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Patterns;

/// <summary>Norms that exporters take apart into means, squares and roots.</summary>
internal static class NormPatterns
{
    /// <summary>d / √(mean(d²) + ε), with d = x - mean(x): a layer norm; with d = x: an rms norm.</summary>
    public static bool Layer(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "divide" or "multiply", Reads: [{ Part: null, Layer: var d }, { Part: null } divisor] })
            return false;
        SpecLayer root = Behind(divisor).Layer;
        if (layer.Kind == "multiply")
        {
            if (root is { Kind: "reciprocal" })
                root = Behind(root.Reads[0]).Layer;
            else if (!(root.Kind == "power" && root.Option("exponent") is -0.5))
                return false;
        }

        if (root.Kind != "sqrt" && !(root.Kind == "power" && root.Option("exponent") is 0.5 or -0.5))
            return false;
        if (AffineRewrites.Uniform(Behind(root.Reads[0]).Layer) is not { Scale: 1, Offset: > 0 and var epsilon })
            return false;
        SpecLayer mean = Behind(Behind(root.Reads[0]).Layer.Reads[0]).Layer;
        if (!IsMean(mean, out Read squared) || squared is not { Part: null, Layer.Kind: "square" } || Behind(squared.Layer.Reads[0]) != Behind(new Read(d)))
            return false;
        Read x = new(d);
        bool centers = d is { Kind: "subtract", Reads: [var from, { Part: null, Layer: var taken }] }
            && IsMean(Behind(new Read(taken)).Layer, out Read of) && Behind(of) == Behind(from) && (x = from) == from;
        int[] shape = layer.Shape;
        // The means are over the last axis: as many as there are rows.
        if (Sizes.Product(mean.Shape) * shape[^1] != Sizes.Product(shape) || shape.Length > 2 || !AreRows(mean, shape.Length))
            return false;
        var norm = new SpecLayer(centers ? "layer_norm" : "rms_norm", [x], shape, layer.Layout);
        Operators.Norms.SetEpsilon(norm, epsilon);
        norm.Set("scale", false);
        if (centers)
            norm.Set("center", false);
        norm.Origins.AddRange(layer.Origins);
        graph.InsertBefore(layer, norm);
        graph.Replace(new Read(layer), new Read(norm));
        return true;
    }

    /// <summary>What a value was before it got another shape.</summary>
    private static Read Behind(Read read)
    {
        while (read is { Part: null, Layer: { Kind: "reshape" or "flatten", Reads: [var before] } })
            read = before;
        return read;
    }

    private static bool IsMean(SpecLayer layer, out Read of)
    {
        of = layer.Reads.FirstOrDefault();
        return layer.Kind == "reduce_mean";
    }

    private static bool AreRows(SpecLayer mean, int rank) => mean.Option("axes") switch
    {
        null => true,
        int axis => axis == mean.Reads[0].Shape.Length - 1 || rank == 1,
        _ => false,
    };
}
