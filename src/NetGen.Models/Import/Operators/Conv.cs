using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Convolutions, and the convolutions that they are the gradients of.</summary>
internal static class Conv
{
    public static IEnumerable<(string, Action<OperatorContext>)> All => [("Conv", Convolve), ("ConvTranspose", Transpose)];

    /// <summary>Remembers what the model calls a layer by its weight.</summary>
    public static void AddOrigin(SpecLayer layer, Constant weight)
    {
        if (weight.Name is not null)
            layer.Origins.Add(weight.Name);
    }

    /// <summary>One or two numbers, as they are written of a layer: one where they are alike.</summary>
    public static object Written(int[] values) => Array.TrueForAll(values, v => v == values[0]) ? values[0] : values;

    /// <summary>The value as channels with so many axes behind them.</summary>
    /// <param name="decides">The layer that reads it takes nothing but channels.</param>
    public static Read Channels(OperatorContext c, Variable x, bool decides = true)
    {
        int axes = x.Dims.Length - 2;
        if (axes is not (1 or 2))
            throw new UnsupportedNodeException($"it works over {axes} axes of {Sizes.Text(x.Dims)}; layers are there for one and for two");
        if (x.Dims[0] != 1)
            throw new UnsupportedNodeException($"its samples are {x.Dims[0]} parts of one, [{string.Join(", ", x.Dims)}]; a layer takes one at a time");
        return c.Spec.Arranged(x, [.. Enumerable.Range(1, axes + 1)], [.. x.Dims.Skip(1)], AxisOrder.Channels, decides);
    }

    /// <summary>What a layer over channels gives, as the model shapes it.</summary>
    public static Variable Given(SpecLayer layer) => Variable.RowMajor(new Read(layer), [1, .. layer.Shape]);

    /// <summary>The padding before and after each axis.</summary>
    /// <param name="extents">What a kernel spans along each axis.</param>
    public static (int[] Before, int[] After) Pads(ModelNode node, int[] sizes, int[] extents, int[] strides)
    {
        int axes = sizes.Length;
        string auto = node.Text("auto_pad", "NOTSET");
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            int[] total = [.. Enumerable.Range(0, axes).Select(k => Math.Max(((sizes[k] + strides[k] - 1) / strides[k] - 1) * strides[k] + extents[k] - sizes[k], 0))];
            int[] small = [.. total.Select(static t => t / 2)], large = [.. total.Select(static t => t - t / 2)];
            return auto == "SAME_UPPER" ? (small, large) : (large, small);
        }

        if (auto == "VALID" || node.Integers("pads") is not { } pads)
            return (new int[axes], new int[axes]);
        if (pads.Length != 2 * axes || pads.Any(static p => p is < 0 or > 1 << 20))
            throw new UnsupportedNodeException($"its pads are [{string.Join(", ", pads)}]");
        return ([.. pads.Take(axes).Select(static p => (int)p)], [.. pads.Skip(axes).Select(static p => (int)p)]);
    }

    private static void Convolve(OperatorContext c)
    {
        Constant weight = c.Constant(1, "weight");
        Read source = Channels(c, c.Variable(0), decides: false);
        int axes = source.Shape.Length - 1, groups = (int)c.Node.Integer("group", 1);
        if (weight.Shape.Length != axes + 2)
            throw new UnsupportedNodeException($"its weight has the shape {Sizes.Text(weight.Shape)}, its input {Sizes.Text(source.Shape)}");
        int[] kernel = [.. weight.Shape.Skip(2)], strides = c.Node.Sizes("strides", axes, 1), dilations = c.Node.Sizes("dilations", axes, 1);
        if (weight.Shape[1] * groups != source.Shape[0])
            throw new UnsupportedNodeException($"its weight is for {weight.Shape[1] * groups} channels, but {source.Shape[0]} come to it");
        int[] sizes = [.. source.Shape.Skip(1)], extents = [.. kernel.Zip(dilations, static (k, d) => (k - 1) * d + 1)];
        (int[] before, int[] after) = Pads(c.Node, sizes, extents, strides);
        int[] output = [.. Enumerable.Range(0, axes).Select(k => (sizes[k] + before[k] + after[k] - extents[k]) / strides[k] + 1)];
        if (Enumerable.Range(0, axes).Any(k => sizes[k] + before[k] + after[k] < extents[k]))
            throw new UnsupportedNodeException($"its kernel spans {Sizes.Text(extents)}, more than {Sizes.Text(sizes)} with its padding");
        var layer = new SpecLayer(axes == 1 ? "conv1d" : "conv2d", [], [weight.Shape[0], .. output], new LayoutGroup());
        layer.Set("filters", weight.Shape[0]);
        layer.Set("kernel_size", Written(kernel));
        if (strides.Any(static s => s != 1))
            layer.Set("strides", Written(strides));
        object? padding = c.Node.Text("auto_pad", "") == "SAME_UPPER" && before.Concat(after).Any(static p => p != 0) ? "same" : Padding(sizes, extents, strides, before, after);
        if (padding is null)
        {
            // What is uneven is padded before.
            source = Padded(c, source, before, after);
            padding = 0;
        }

        if (padding is not 0)
            layer.Set("padding", padding);
        if (dilations.Any(static d => d != 1))
            layer.Set("dilation_rate", Written(dilations));
        if (groups != 1)
            layer.Set("groups", groups);
        Finish(c, layer, source, weight, weight.Shape[0]);
    }

    private static void Finish(OperatorContext c, SpecLayer layer, Read source, Constant weight, int filters)
    {
        layer.Reads.Add(source);
        SpecBuilder.GroupOf(source).TryDecide(AxisOrder.Channels, decides: true);
        layer.Layout.TryDecide(AxisOrder.Channels, decides: true);
        layer.SetParameter(new NamedTensor("weight", weight.Shape, weight.Floats));
        if (c.Optional(2, "bias") is { } bias)
        {
            if (bias.Count != filters)
                throw new UnsupportedNodeException($"its bias has {bias.Count} elements for {filters} filters");
            layer.SetParameter(new NamedTensor("bias", [filters], bias.Floats));
        }
        else
            layer.Set("use_bias", false);
        AddOrigin(layer, weight);
        c.Give(Given(c.Spec.Add(layer)));
    }

    /// <summary>As a layer says it: numbers, or a word; null where it cannot.</summary>
    public static object? Padding(int[] sizes, int[] extents, int[] strides, int[] before, int[] after)
    {
        if (before.SequenceEqual(after))
            return Written(before);
        if (before.Length == 1 && after[0] == 0 && before[0] == extents[0] - 1 && strides[0] == 1)
            return "causal";
        int[] total = [.. Enumerable.Range(0, sizes.Length).Select(k => Math.Max(((sizes[k] + strides[k] - 1) / strides[k] - 1) * strides[k] + extents[k] - sizes[k], 0))];
        return before.SequenceEqual(total.Select(static t => t / 2)) && after.SequenceEqual(total.Select(static t => t - t / 2)) ? "same" : null;
    }

    /// <summary>Zeros, or another number, around the axes behind the channels.</summary>
    /// <param name="mode">Null for zeros, or a number.</param>
    public static Read Padded(OperatorContext c, Read source, int[] before, int[] after, double? value = null, string? mode = null)
    {
        // Nothing says that these are channels with a length: with a second axis of 1, there is no doubt.
        bool isOpen = source.Shape.Length == 2 && !SpecBuilder.GroupOf(source).IsKnown;
        if (isOpen)
            (source, before, after) = (c.Spec.Shaped(source, [.. source.Shape, 1]), [before[0], 0], [after[0], 0]);
        object padding = before.Length == 1 ? new[] { before[0], after[0] } : new[] { before[0], after[0], before[1], after[1] };
        int[] shape = [source.Shape[0], .. Enumerable.Range(0, before.Length).Select(k => source.Shape[k + 1] + before[k] + after[k])];
        Read read = mode is not null ? c.Spec.Add("pad", [source], shape, keepsAxes: true, ("padding", padding), ("mode", mode))
            : value is { } v ? c.Spec.Add("pad", [source], shape, keepsAxes: true, ("padding", padding), ("value", v))
            : c.Spec.Add("zero_pad", [source], shape, keepsAxes: true, ("padding", padding));
        return isOpen ? c.Spec.Shaped(read, shape[..2], AxisOrder.Channels) : read;
    }

    private static void Transpose(OperatorContext c)
    {
        Constant weight = c.Constant(1, "weight");
        Read source = Channels(c, c.Variable(0));
        int axes = source.Shape.Length - 1, groups = (int)c.Node.Integer("group", 1);
        if (weight.Shape.Length != axes + 2 || weight.Shape[0] != source.Shape[0])
            throw new UnsupportedNodeException($"its weight has the shape {Sizes.Text(weight.Shape)}, its input {Sizes.Text(source.Shape)}");
        int[] kernel = [.. weight.Shape.Skip(2)], strides = c.Node.Sizes("strides", axes, 1), dilations = c.Node.Sizes("dilations", axes, 1);
        int[] extra = c.Node.Sizes("output_padding", axes, 0), sizes = [.. source.Shape.Skip(1)];
        int[] extents = [.. kernel.Zip(dilations, static (k, d) => (k - 1) * d + 1)];
        int[] before, after, full = [.. Enumerable.Range(0, axes).Select(k => (sizes[k] - 1) * strides[k] + extents[k] + extra[k])];
        string auto = c.Node.Text("auto_pad", "NOTSET");
        long[]? stated = c.Node.Integers("output_shape");
        if (stated is not null || auto is "SAME_UPPER" or "SAME_LOWER")
        {
            int[] wanted = [.. Enumerable.Range(0, axes).Select(k => stated is null ? sizes[k] * strides[k] : (int)stated[stated.Length - axes + k])];
            int[] total = [.. full.Zip(wanted, static (f, w) => f - w)];
            int[] small = [.. total.Select(static t => t / 2)], large = [.. total.Select(static t => t - t / 2)];
            (before, after) = auto == "SAME_UPPER" ? (small, large) : (large, small);
        }
        else
            (before, after) = Pads(c.Node, sizes, extents, strides);
        if (before.Concat(after).Any(static p => p < 0))
            throw new UnsupportedNodeException("its output is larger than what it computes");
        // An uneven crop: the smaller part by the layer, the rest by slices behind it.
        int[] padding = [.. before.Zip(after, Math.Min)];
        int[] output = [.. full.Zip(padding, static (f, p) => f - 2 * p)];
        var layer = new SpecLayer(axes == 1 ? "conv_transpose1d" : "conv_transpose2d", [], [weight.Shape[1] * groups, .. output], new LayoutGroup());
        layer.Set("filters", weight.Shape[1] * groups);
        layer.Set("kernel_size", Written(kernel));
        if (strides.Any(static s => s != 1))
            layer.Set("strides", Written(strides));
        if (padding.Any(static p => p != 0))
            layer.Set("padding", Written(padding));
        if (extra.Any(static e => e != 0))
            layer.Set("output_padding", Written(extra));
        if (dilations.Any(static d => d != 1))
            layer.Set("dilation_rate", Written(dilations));
        if (groups != 1)
            layer.Set("groups", groups);
        Finish(c, layer, source, weight, weight.Shape[1] * groups);
        if (before.SequenceEqual(after))
            return;
        Variable y = Given(layer);
        for (int k = 0; k < axes; k++)
        {
            int start = before[k] - padding[k], count = output[k] - start - (after[k] - padding[k]);
            y = Moves.Sliced(c, y, new SliceRange(k + 2, start, 1, count));
        }

        c.Give(y);
    }
}
