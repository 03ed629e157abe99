using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Import.Patterns;

/// <summary>Activations that exporters take apart, and activations that belong to the layer before them.</summary>
internal static class ActivationPatterns
{
    private static readonly string[] s_activations =
    [
        "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "sigmoid", "hard_sigmoid", "hard_swish", "tanh", "softplus", "softsign",
        "exp", "log", "sqrt", "square", "abs", "reciprocal", "sin", "cos",
    ];

    private static readonly string[] s_takers = ["dense", "conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d"];

    /// <summary>clip(x / 6 + 1/2, 0, 1), or relu6(x + 3) / 6.</summary>
    public static bool HardSigmoid(SpecGraph graph, SpecLayer layer)
    {
        if (layer.Kind == "clip" && layer.Option("min") is 0.0 && layer.Option("max") is 1.0 && Before(layer) is { } line && Near(line, 1 / 6.0, 0.5))
        {
            Become(layer, "hard_sigmoid", line.Reads[0]);
            return true;
        }

        if (Near(layer, 1 / 6.0, 0) && Before(layer) is { Kind: "relu6" } six && Before(six) is { } shifted && Near(shifted, 1, 3))
        {
            Become(layer, "hard_sigmoid", shifted.Reads[0]);
            return true;
        }

        return false;
    }

    /// <summary>x times a function of x: silu, mish, hard_swish.</summary>
    public static bool Products(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "multiply", Reads: [var a, var b] })
            return false;
        foreach ((Read x, Read y) in new[] { (a, b), (b, a) })
        {
            if (y.Part is not null)
                continue;
            SpecLayer f = y.Layer;
            string? kind = f.Kind switch
            {
                "sigmoid" when f.Reads[0] == x => "silu",
                "hard_sigmoid" when f.Reads[0] == x => "hard_swish",
                "tanh" when f.Reads[0] is { Part: null, Layer: { Kind: "softplus" } plus } && plus.Reads[0] == x => "mish",
                _ => null,
            };
            if (kind is not null)
            {
                Become(layer, kind, x);
                return true;
            }

            // x relu6(x + 3), a sixth of which is wanted.
            if (f.Kind == "relu6" && Before(f) is { } shifted && Near(shifted, 1, 3) && shifted.Reads[0] == x && graph.OnlyReader(layer) is { } sixth && Near(sixth, 1 / 6.0, 0))
            {
                Become(sixth, "hard_swish", x);
                return true;
            }
        }

        return false;
    }

    /// <summary>x (1 + erf(x / √2)) / 2, or with tanh(√(2/π) (x + 0.044715 x³)) in the place of erf.</summary>
    public static bool Gelu(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "multiply", Reads: [var a, var b] })
            return false;
        foreach ((Read u, Read v) in new[] { (a, b), (b, a) })
        {
            if (v.Part is not null || AffineRewrites.Uniform(v.Layer) is not { } outer || Math.Abs(outer.Scale - outer.Offset) > 1e-6 || Before(v.Layer) is not { } function)
                continue;
            bool IsErfOf(Read of) => function.Kind == Interim.Erf && Before(function) is { } inner && Near(inner, Math.Sqrt(0.5), 0) && inner.Reads[0] == of;
            bool IsTanhOf(Read of) => function.Kind == "tanh" && IsCubic(function.Reads[0], of);
            // Half of it may stand at the other factor already.
            (Read x, double factor) = !IsErfOf(u) && !IsTanhOf(u) && u.Part is null && AffineRewrites.Uniform(u.Layer) is { Offset: 0 } scaled ? (u.Layer.Reads[0], scaled.Scale) : (u, 1);
            bool isErf = IsErfOf(x);
            if (!isErf && !IsTanhOf(x))
                continue;
            // What is left of the factors stands behind it; mostly nothing does.
            double left = 2 * factor * outer.Scale;
            var gelu = new SpecLayer("gelu", [x], layer.Shape, layer.Layout);
            if (!isErf)
                gelu.Set("approximate", "tanh");
            gelu.Origins.AddRange(layer.Origins);
            graph.InsertBefore(layer, gelu);
            layer.Kind = Interim.Affine;
            layer.Reads.Clear();
            layer.Reads.Add(new Read(gelu));
            layer.Affine = new AffineNumbers([.. layer.Shape.Select(static _ => 1)], [left], [0], Standardizes: false);
            if (graph.OnlyReader(layer) is { } next && AffineRewrites.Uniform(next) is not null)
                AffineRewrites.Merge(graph, next);
            foreach (SpecLayer rest in graph.Layers.Where(l => l.Reads.Count == 1 && l.Reads[0] == new Read(gelu) && AffineRewrites.Uniform(l) is { Offset: 0 } r && Math.Abs(r.Scale - 1) < 1e-6).ToList())
                graph.Replace(new Read(rest), new Read(gelu));
            return true;
        }

        return false;
    }

    /// <summary>Into the layer before it, where that alone is read by it.</summary>
    public static bool FoldActivation(SpecGraph graph, SpecLayer layer)
    {
        if (!s_activations.Contains(layer.Kind) || layer.Reads[0] is not { Part: null, Layer: var before } || !s_takers.Contains(before.Kind)
            || before.Option("activation") is not null || graph.OnlyReader(before) is null)
            return false;
        before.Set("activation", layer.Options.Count == 0 ? layer.Kind : new List<KeyValuePair<string, object>> { new(layer.Kind, layer.Options) });
        graph.Replace(new Read(layer), new Read(before));
        return true;
    }

    /// <summary>√(2/π) (x + 0.044715 x³).</summary>
    private static bool IsCubic(Read read, Read x)
    {
        if (read.Part is not null || !Near(read.Layer, Math.Sqrt(2 / Math.PI), 0) || Before(read.Layer) is not { Kind: "add", Reads: [var a, var b] })
            return false;
        Read other = a == x ? b : a;
        return (a == x || b == x) && other.Part is null && Near(other.Layer, 0.044715, 0) && Before(other.Layer) is { } cube
            && (cube.Kind == "power" && cube.Option("exponent") is 3.0 && cube.Reads[0] == x
                || cube is { Kind: "multiply", Reads: [var p, var q] } && (IsSquare(p, x) && q == x || IsSquare(q, x) && p == x));
    }

    private static bool IsSquare(Read read, Read x) => read is { Part: null, Layer.Kind: "square" } && read.Layer.Reads[0] == x;

    private static SpecLayer? Before(SpecLayer layer) => layer.Reads is [{ Part: null, Layer: { IsInput: false } before }] ? before : null;

    private static bool Near(SpecLayer layer, double scale, double offset) =>
        AffineRewrites.Uniform(layer) is { } n && Math.Abs(n.Scale - scale) < 1e-5 && Math.Abs(n.Offset - offset) < 1e-5;

    private static void Become(SpecLayer layer, string kind, Read x)
    {
        layer.Kind = kind;
        layer.Options.Clear();
        layer.Affine = null;
        layer.Reads.Clear();
        layer.Reads.Add(x);
    }
}
