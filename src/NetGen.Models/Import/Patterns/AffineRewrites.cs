using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Import.Operators;

namespace NetGen.Models.Import.Patterns;

/// <summary>What becomes of x scale + offset: part of a layer before it, or a layer of its own.</summary>
internal static class AffineRewrites
{
    private static readonly string[] s_products = ["dense", "conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d"];

    /// <summary>Two of them, one behind the other, are one.</summary>
    public static bool Merge(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: Interim.Affine, Affine: { } second } || layer.Reads[0] is not { Part: null, Layer: { Kind: Interim.Affine, Affine: { } first } before } || graph.OnlyReader(before) is null)
            return false;
        int[] shape = [.. first.Shape.Zip(second.Shape, Math.Max)];
        double[] s1 = Affine.At(first, first.Scale, shape), t1 = Affine.At(first, first.Offset, shape);
        double[] s2 = Affine.At(second, second.Scale, shape), t2 = Affine.At(second, second.Offset, shape);
        layer.Affine = new AffineNumbers(shape, [.. s1.Zip(s2, static (a, b) => a * b)], [.. t1.Select((t, i) => t * s2[i] + t2[i])], first.Standardizes);
        layer.Reads[0] = before.Reads[0];
        layer.Origins.AddRange(before.Origins);
        return true;
    }

    /// <summary>One number for all elements, if that is what it is.</summary>
    public static (double Scale, double Offset)? Uniform(SpecLayer layer) =>
        layer is { Kind: Interim.Affine, Affine: { Scale: [var s], Offset: [var t] } } ? (s, t) : null;

    /// <summary>Into the weight and bias of a product before it, per unit or channel.</summary>
    public static bool FoldIntoProduct(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: Interim.Affine, Affine: { } numbers } || layer.Reads[0] is not { Part: null, Layer: var product } || !s_products.Contains(product.Kind)
            || product.Option("activation") is not null || graph.OnlyReader(product) is null)
            return false;
        int units = product.Kind == "dense" ? product.Shape[^1] : product.Shape[0], axis = product.Kind == "dense" ? product.Shape.Length - 1 : 0;
        if (numbers.Shape.Where((d, k) => k != axis && d > 1).Any() || (numbers.Scale.Length == 1 && numbers.Scale[0] != 1 && units > 1))
            return false; // a factor for all is a rescaling, which is easier to read than weights that were changed
        if (numbers.Scale.Length == 1 && product.Parameter("bias") is not null && units > 1)
            return false;
        double[] Wide(double[] values) => values.Length == 1 ? [.. Enumerable.Repeat(values[0], units)] : values;
        double[] scale = Wide(numbers.Scale), offset = Wide(numbers.Offset);
        NamedTensor weight = product.Parameter("weight")!;
        if (scale.Any(static s => s != 1))
        {
            bool isTransposed = product.Kind.StartsWith("conv_transpose", StringComparison.Ordinal);
            int inputs = weight.Shape[0], perGroup = isTransposed ? weight.Shape[1] : 0, inner = isTransposed ? Sizes.Product(weight.Shape.Skip(2)) : weight.Values.Length / units;
            // A transposed convolution's weight is [in, out / groups, …]: a group's inputs come before the next group's.
            int UnitOf(int place) => !isTransposed ? place / inner : place / inner % perGroup + place / (inner * perGroup) / (inputs / (units / perGroup)) * perGroup;
            product.SetParameter(weight with { Values = [.. weight.Values.Select((w, i) => (float)(w * scale[UnitOf(i)]))] });
        }

        float[]? bias = product.Parameter("bias")?.Values;
        product.Options.RemoveAll(static o => o.Key == "use_bias");
        product.SetParameter(new NamedTensor("bias", [units], [.. offset.Select((t, u) => (float)((bias?[u] ?? 0) * scale[u] + t))]));
        graph.Replace(new Read(layer), new Read(product));
        return true;
    }

    /// <summary>Into the weight and bias of a norm before it that has none yet.</summary>
    public static bool FoldIntoNorm(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: Interim.Affine, Affine: { } numbers } || layer.Reads[0] is not { Part: null, Layer: var norm } || graph.OnlyReader(norm) is null)
            return false;
        bool isChannels = norm.Kind is "instance_norm" or "group_norm" && norm.Shape.Length != 2;
        bool hasCenter = norm.Kind != "rms_norm";
        if (!isChannels && norm.Kind is not ("layer_norm" or "rms_norm") || norm.Option("scale") is not false || (hasCenter && norm.Option("center") is not false))
            return false;
        int axis = isChannels ? 0 : norm.Shape.Length - 1, count = norm.Shape[axis];
        if (numbers.Shape.Where((d, k) => k != axis && d > 1).Any() || (!hasCenter && numbers.Offset.Any(static t => t != 0)))
            return false;
        float[] Wide(double[] values) => [.. values.Length == 1 ? Enumerable.Repeat((float)values[0], count) : values.Select(static v => (float)v)];
        norm.Options.RemoveAll(static o => o.Key is "scale" or "center");
        norm.SetParameter(new NamedTensor("weight", [count], Wide(numbers.Scale)));
        if (hasCenter)
            norm.SetParameter(new NamedTensor("bias", [count], Wide(numbers.Offset)));
        norm.Origins.AddRange(layer.Origins);
        graph.Replace(new Read(layer), new Read(norm));
        return true;
    }

    /// <summary>As a layer: rescaling, normalization, or a frozen batch norm, which scales and shifts each channel.</summary>
    public static bool Write(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: Interim.Affine, Affine: { } numbers })
            return false;
        if (Uniform(layer) is { } uniform)
        {
            if (uniform == (1, 0) && !graph.Outputs.Exists(o => o.Read.Layer == layer && layer.Reads[0].Layer.IsInput))
            {
                graph.Replace(new Read(layer), layer.Reads[0]);
                return true;
            }

            if (uniform.Scale == 0)
                throw new ImportException("it multiplies a value by 0, so that nothing is left of it");
            layer.Kind = "rescaling";
            layer.Set("scale", uniform.Scale);
            if (uniform.Offset != 0)
                layer.Set("offset", uniform.Offset);
            layer.Affine = null;
            return true;
        }

        int[] varying = [.. Enumerable.Range(0, numbers.Shape.Length).Where(k => numbers.Shape[k] > 1)];
        bool isVector = layer.Shape.Length == 1, isSequence = layer is { Shape.Length: 2, Layout: { Order: AxisOrder.Sequence, IsKnown: true } };
        bool isChannels = layer.Shape.Length > 2 || layer is { Shape.Length: 2, Layout: { Order: AxisOrder.Channels, IsKnown: true } };
        bool fits = varying.Length == 1 && (isVector || (isSequence && varying[0] == 1) || (isChannels && varying[0] == 0));
        if (!fits)
        {
            // Element by element, as a vector.
            int size = Sizes.Product(layer.Shape);
            double[] Flat(double[] values) => Affine.At(numbers, values, layer.Shape);
            var flat = new SpecLayer("flatten", [layer.Reads[0]], [size], new LayoutGroup());
            var back = new SpecLayer("reshape", [new Read(layer)], layer.Shape, layer.Layout) { Options = { KeyValuePair.Create("shape", (object)layer.Shape) } };
            graph.Replace(new Read(layer), new Read(back));
            back.Reads[0] = new Read(layer);
            graph.InsertBefore(layer, flat);
            graph.InsertBehind(layer, back);
            layer.Reads[0] = new Read(flat);
            layer.Affine = new AffineNumbers([size], Flat(numbers.Scale), Flat(numbers.Offset), numbers.Standardizes);
            layer.Shape = [size];
            layer.Layout = new LayoutGroup();
            return true;
        }

        int count = numbers.Scale.Length;
        NamedTensor Tensor(string name, Func<int, double> value) => new(name, [count], [.. Enumerable.Range(0, count).Select(i => (float)value(i))]);
        if (numbers.Standardizes && numbers.Scale.All(static s => s > 0))
        {
            layer.Kind = "normalization";
            layer.SetParameter(Tensor("mean", i => -numbers.Offset[i] / numbers.Scale[i]));
            layer.SetParameter(Tensor("variance", i => 1 / (numbers.Scale[i] * numbers.Scale[i])));
        }
        else
        {
            layer.Kind = "batch_norm";
            layer.Set("epsilon", 1e-20);
            layer.Set("trainable", false);
            layer.Comment = "scales and shifts by constants of the model";
            layer.SetParameter(Tensor("weight", i => numbers.Scale[i]));
            layer.SetParameter(Tensor("bias", i => numbers.Offset[i]));
            layer.SetParameter(Tensor("running_mean", static _ => 0));
            layer.SetParameter(Tensor("running_var", static _ => 1));
        }

        layer.Affine = null;
        return true;
    }
}
