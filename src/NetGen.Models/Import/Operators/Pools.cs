using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Pools, and operations over all places of a channel.</summary>
internal static class Pools
{
    public static IEnumerable<(string, Action<OperatorContext>)> All =>
    [
        ("MaxPool", static c => Pool(c, isMax: true)), ("AveragePool", static c => Pool(c, isMax: false)),
        ("GlobalAveragePool", static c => Global(c, "global_average_pool")), ("GlobalMaxPool", static c => Global(c, "global_max_pool")),
        ("Upsample", Resize), ("Resize", Resize),
    ];

    private static void Pool(OperatorContext c, bool isMax)
    {
        if (isMax && c.IsUsed(1))
            throw new UnsupportedNodeException("its second output, the places of the largest, is read");
        if (c.Variable(0).Dims.Length == 5)
        {
            Volume(c, c.Variable(0), isMax);
            return;
        }

        Read source = Conv.Channels(c, c.Variable(0), decides: false);
        int axes = source.Shape.Length - 1;
        int[] sizes = [.. source.Shape.Skip(1)], kernel = c.Node.Sizes("kernel_shape", axes, 1), strides = c.Node.Sizes("strides", axes, 1);
        if (c.Node.Sizes("dilations", axes, 1).Any(static d => d != 1))
            throw new UnsupportedNodeException("its windows have holes (dilations)");
        (int[] before, int[] after) = Conv.Pads(c.Node, sizes, kernel, strides);
        bool ceils = c.Node.Integer("ceil_mode", 0) != 0, counts = c.Node.Integer("count_include_pad", 0) != 0;
        bool isSame = c.Node.Text("auto_pad", "NOTSET") == "SAME_UPPER";
        var layer = new SpecLayer($"{(isMax ? "max" : "average")}_pool{axes}d", [], [], new LayoutGroup());
        layer.Set("pool_size", Conv.Written(kernel));
        if (!strides.SequenceEqual(kernel))
            layer.Set("strides", Conv.Written(strides));
        bool isEven = before.SequenceEqual(after) && Enumerable.Range(0, axes).All(k => before[k] < kernel[k]);
        if (before.Any(static p => p != 0) || after.Any(static p => p != 0))
        {
            isSame = (isMax || !counts) && (isSame || (!ceils && !isEven && Conv.Padding(sizes, kernel, strides, before, after) is "same"));
            if (isSame)
                layer.Set("padding", "same");
            else if (isEven)
            {
                layer.Set("padding", Conv.Written(before));
                if (!isMax && !counts)
                    layer.Set("count_include_pad", false);
            }
            else if (!counts && !ceils && Enumerable.Range(0, axes).All(k => before[k] < kernel[k] && before[k] <= after[k]
                && Windows(sizes[k], kernel[k], strides[k], before[k], after[k], false) == Windows(sizes[k], kernel[k], strides[k], before[k], before[k], true)))
            {
                // More padding at the end, which does not count, only keeps the last window.
                (ceils, after) = (true, before);
                if (before.Any(static p => p != 0))
                {
                    layer.Set("padding", Conv.Written(before));
                    if (!isMax)
                        layer.Set("count_include_pad", false);
                }
            }
            else if (isMax || counts)
            {
                // A largest never is a number that stands for nothing; a mean that counts zeros may as well have them before it.
                source = Conv.Padded(c, source, before, after, isMax ? -float.MaxValue : null);
                sizes = [.. source.Shape.Skip(1)];
                before = after = new int[axes];
                isSame = false;
            }
            else
                throw new UnsupportedNodeException($"its padding is uneven ({string.Join(", ", before)} before, {string.Join(", ", after)} after) and does not count");
        }

        if (ceils)
            layer.Set("ceil_mode", true);
        int[] output = [.. Enumerable.Range(0, axes).Select(k => isSame ? (sizes[k] + strides[k] - 1) / strides[k] : Windows(sizes[k], kernel[k], strides[k], before[k], after[k], ceils))];
        layer.Shape = [source.Shape[0], .. output];
        layer.Reads.Add(source);
        SpecBuilder.GroupOf(source).TryDecide(AxisOrder.Channels, decides: true);
        layer.Layout.TryDecide(AxisOrder.Channels, decides: true);
        c.Give(Conv.Given(c.Spec.Add(layer)));
    }

    /// <summary>A pool over depth, height and width: over the latter for each depth, then over depth for each place.</summary>
    private static void Volume(OperatorContext c, Variable x, bool isMax)
    {
        int[] kernel = c.Node.Sizes("kernel_shape", 3, 1), strides = c.Node.Sizes("strides", 3, 1);
        (int[] before, int[] after) = Conv.Pads(c.Node, x.Dims[2..], kernel, strides);
        bool isPlain = c.Node.Integer("ceil_mode", 0) == 0 && c.Node.Sizes("dilations", 3, 1).All(static d => d == 1) && (isMax || c.Node.Integer("count_include_pad", 0) != 0 || before.Concat(after).All(static p => p == 0));
        if (x.Dims[0] != 1 || !isPlain || !before.SequenceEqual(after) || before.Zip(kernel).Any(static p => p.First >= p.Second))
            throw new UnsupportedNodeException($"it works over 3 axes of {Sizes.Text(x.Dims)}, with padding or windows that layers over one and two axes cannot say");
        string kind = isMax ? "max_pool" : "average_pool";
        Read Layer(Read source, int[] axes)
        {
            var layer = new SpecLayer($"{kind}{axes.Length}d", [source], [source.Shape[0], .. axes.Select((a, k) => Windows(source.Shape[k + 1], kernel[a], strides[a], before[a], after[a], ceils: false))], new LayoutGroup());
            layer.Set("pool_size", Conv.Written([.. axes.Select(a => kernel[a])]));
            if (axes.Any(a => strides[a] != kernel[a]))
                layer.Set("strides", Conv.Written([.. axes.Select(a => strides[a])]));
            if (axes.Any(a => before[a] != 0))
                layer.Set("padding", Conv.Written([.. axes.Select(a => before[a])]));
            layer.Layout.TryDecide(AxisOrder.Channels, decides: true);
            return new Read(c.Spec.Add(layer));
        }

        int channels = x.Dims[1], depth = x.Dims[2];
        Read planes = Layer(c.Spec.Arranged(x, [1, 2, 3, 4], [channels * depth, x.Dims[3], x.Dims[4]]), [1, 2]);
        int[] plane = planes.Shape[1..];
        var stacked = Variable.RowMajor(planes, [channels, depth, .. plane]);
        Read lines = Layer(c.Spec.Arranged(stacked, [0, 2, 3, 1], [channels * plane[0] * plane[1], depth], AxisOrder.Channels, decides: true), [0]);
        c.Give(Variable.RowMajor(lines, [1, channels, plane[0], plane[1], lines.Shape[1]]).Transposed([0, 1, 4, 2, 3]));
    }

    private static int Windows(int size, int kernel, int stride, int before, int after, bool ceils)
    {
        int span = size + before + after - kernel;
        if (span < 0)
            throw new UnsupportedNodeException($"its window of {kernel} is larger than {size + before + after}, its input with the padding");
        int count = (ceils ? (span + stride - 1) / stride : span / stride) + 1;
        // A last window begins within the input, or the padding before it.
        return ceils && (count - 1) * stride >= size + before ? count - 1 : count;
    }

    private static void Global(OperatorContext c, string kind)
    {
        Variable x = c.Variable(0);
        if (x.Dims.Length < 2)
            throw new UnsupportedNodeException($"it reads {Sizes.Text(x.Dims)}, which has no places");
        int[] dims = [x.Dims[0], x.Dims[1], .. x.Dims.Skip(2).Select(static _ => 1)];
        if (x.Dims.Length is 3 or 4 && x.Dims[0] == 1 && x.Dims.Skip(2).Any(static d => d > 1))
        {
            Read source = Conv.Channels(c, x);
            c.Give(Variable.RowMajor(c.Spec.Add(kind, [source], [x.Dims[1]], keepsAxes: false), dims));
        }
        else
            c.Give(Reductions.Reduce(c, x, kind == "global_max_pool" ? "reduce_max" : "reduce_mean", [.. Enumerable.Range(2, x.Dims.Length - 2)], keeps: true));
    }

    private static void Resize(OperatorContext c)
    {
        Variable x = c.Variable(0);
        int rank = x.Dims.Length;
        bool isNew = c.Node.Operator == "Resize" && c.OperatorSet >= 11;
        double[]? scales = c.Node.Numbers("scales") ?? (c.Optional(isNew ? 2 : 1, "scales") is { Count: > 0 } stated ? stated.Values : null);
        long[]? sizes = isNew ? c.Optional(3, "sizes") is { Count: > 0 } given ? given.Integers : null : null;
        if (c.Node.Integers("axes") is not null)
            throw new UnsupportedNodeException("it lists the axes that it works on");
        scales = sizes is { Length: var n } && n == rank ? [.. sizes.Select((size, k) => (double)size / x.Dims[k])] : scales;
        if (scales is null || scales.Length != rank || rank is not (3 or 4))
            throw new UnsupportedNodeException($"it has no scale for each axis of {Sizes.Text(x.Dims)}");
        if (scales[0] != 1 || scales[1] != 1 || scales.Skip(2).Any(static f => f < 1 || f != Math.Floor(f) || f > 1 << 16))
            throw new UnsupportedNodeException($"it scales by [{string.Join(", ", scales)}], but a layer repeats the places behind the channels a whole number of times");
        string mode = c.Node.Text("mode", "nearest"), centres = c.Node.Text("coordinate_transformation_mode", isNew ? "half_pixel" : "asymmetric");
        string rounding = c.Node.Text("nearest_mode", isNew ? "round_prefer_floor" : "floor");
        int[] factors = [.. scales.Skip(2).Select(static f => (int)f)];
        if (mode == "nearest")
        {
            // By whole factors, these take the same places.
            bool same = centres == "asymmetric" && rounding == "floor" || centres is "half_pixel" or "half_pixel_symmetric" or "pytorch_half_pixel" && rounding is "round_prefer_floor" or "round_prefer_ceil";
            if (!same)
                throw new UnsupportedNodeException($"it takes the nearest place by '{centres}' and '{rounding}'");
        }
        else if (mode is not ("linear" or "bilinear") || centres is not ("half_pixel" or "half_pixel_symmetric" or "pytorch_half_pixel"))
            throw new UnsupportedNodeException($"it resizes by '{mode}' and '{centres}'; layers know nearest, and linear with half_pixel");
        Read source = Conv.Channels(c, x);
        var layer = new SpecLayer($"upsample{rank - 2}d", [source], [source.Shape[0], .. source.Shape.Skip(1).Zip(factors, static (d, f) => d * f)], new LayoutGroup());
        layer.Set("size", Conv.Written(factors));
        if (mode != "nearest")
            layer.Set("interpolation", rank == 3 ? "linear" : "bilinear");
        layer.Layout.TryDecide(AxisOrder.Channels, decides: true);
        c.Give(Conv.Given(c.Spec.Add(layer)));
    }
}
