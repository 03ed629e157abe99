using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Reductions over axes, and softmaxes.</summary>
internal static class Reductions
{
    public static IEnumerable<(string, Action<OperatorContext>)> All =>
    [
        ("ReduceMean", static c => Reduce(c, "reduce_mean")), ("ReduceSum", static c => Reduce(c, "reduce_sum")),
        ("ReduceMax", static c => Reduce(c, "reduce_max")), ("ReduceMin", static c => Reduce(c, "reduce_min")),
        ("ReduceSumSquare", static c => c.Give(Reduced(c, c.Map(c.Variable(0), "square"), "reduce_sum"))),
        ("ReduceL2", static c => c.Give(c.Map(Reduced(c, c.Map(c.Variable(0), "square"), "reduce_sum"), "sqrt"))),
        ("ReduceL1", static c => c.Give(Reduced(c, c.Map(c.Variable(0), "abs"), "reduce_sum"))),
        ("ReduceProd", Product),
        ("Softmax", static c => Softmax(c, "softmax")), ("LogSoftmax", static c => Softmax(c, "log_softmax")),
    ];

    /// <summary>Without axes, or with one element on each.</summary>
    public static Variable Reduce(OperatorContext c, Variable x, string kind, int[] axes, bool keeps)
    {
        int[] dims = [.. Enumerable.Range(0, x.Dims.Length).Where(k => keeps || !axes.Contains(k)).Select(k => axes.Contains(k) ? 1 : x.Dims[k])];
        if (axes.All(k => x.Dims[k] == 1))
            return SpecBuilder.Reshaped(x, dims);
        x = c.Spec.Strided(x);
        if (x.Repeats)
            x = Variable.RowMajor(c.Spec.Flat(x), x.Dims);
        int[] order = x.MemoryOrder, left = [.. order.Where(k => !axes.Contains(k))];
        Read source = Moves.ByAxes(c, x, order, out int[] netAxes);
        int[] reduced = [.. order.Select((k, i) => (k, i)).Where(p => axes.Contains(p.k)).Select(p => netAxes[p.i])];
        int[] shape = left.Length == 0 ? [1] : [.. Enumerable.Range(0, source.Shape.Length).Where(k => !reduced.Contains(k) && source.Shape[k] > 1).Select(k => source.Shape[k])];
        // Axes of one element go as well.
        int[] gone = left.Length == 0 ? [] : [.. Enumerable.Range(0, source.Shape.Length).Where(k => reduced.Contains(k) || source.Shape[k] == 1)];
        bool isPlaces = source.Shape.Length is 2 or 3 && source.Shape[0] > 1 && gone.SequenceEqual(Enumerable.Range(1, source.Shape.Length - 1))
            && (source.Shape.Length == 3 || SpecBuilder.GroupOf(source) is { Order: AxisOrder.Channels, IsKnown: true });
        Read result = isPlaces && kind is ("reduce_mean" or "reduce_max")
            ? c.Spec.Add(kind == "reduce_mean" ? "global_average_pool" : "global_max_pool", [source], shape, keepsAxes: false)
            : gone.Length == 0 ? c.Spec.Add(kind, [source], shape, keepsAxes: false)
            : c.Spec.Add(kind, [source], shape, keepsAxes: false, ("axes", gone.Length == 1 ? gone[0] : gone));
        if (shape.Length == 2 && gone.Length == 1 && gone[0] > 0 && source.Shape.Length == 3)
            result.Layer.Layout.TryDecide(AxisOrder.Channels, decides: true);
        int[] kept = [.. Enumerable.Range(0, x.Dims.Length).Where(k => keeps || !axes.Contains(k))];
        return Variable.InOrder(result, dims, [.. left.Select(k => Array.IndexOf(kept, k))]);
    }

    private static void Reduce(OperatorContext c, string kind) => c.Give(Reduced(c, c.Variable(0), kind));

    private static Variable Reduced(OperatorContext c, Variable x, string kind)
    {
        long[]? stated = c.Integers("axes", 1);
        if (stated is not { Length: > 0 } && c.Node.Integer("noop_with_empty_axes", 0) != 0)
            return x;
        int[] axes = stated is { Length: > 0 } ? [.. stated.Select(a => Sizes.Axis(a, x.Dims.Length)).Distinct()] : [.. Enumerable.Range(0, x.Dims.Length)];
        return Reduce(c, x, kind, axes, c.Node.Integer("keepdims", 1) != 0);
    }

    /// <summary>The product over an axis of few places: they are cut apart and multiplied.</summary>
    private static void Product(OperatorContext c)
    {
        Variable x = c.Variable(0);
        if (c.Integers("axes", 1) is not [var stated] || x.Dims[Sizes.Axis(stated, x.Dims.Length)] is not (<= 16 and var count))
            throw new UnsupportedNodeException("it multiplies more than 16 places, or those of several axes");
        int axis = Sizes.Axis(stated, x.Dims.Length);
        Variable y = Moves.Sliced(c, x, new SliceRange(axis, 0, 1, 1));
        for (int k = 1; k < count; k++)
            y = Joins.Join(c, "multiply", [y, Moves.Sliced(c, x, new SliceRange(axis, k, 1, 1))]);
        c.Give(c.Node.Integer("keepdims", 1) != 0 ? y : SpecBuilder.Reshaped(y, [.. y.Dims.Where((_, k) => k != axis)]));
    }

    private static void Softmax(OperatorContext c, string kind)
    {
        Variable x = c.Spec.Strided(c.Variable(0));
        int rank = x.Dims.Length;
        int axis = Sizes.Axis(c.Node.Integer("axis", c.OperatorSet < 13 ? 1 : -1), Math.Max(rank, 1));
        // Before set 13, all axes from that one on are one.
        int[] over = c.OperatorSet < 13 ? [.. Enumerable.Range(axis, rank - axis)] : [axis];
        int[] order = x.MemoryOrder, features = [.. over.Where(k => x.Dims[k] > 1)], rest = [.. order.Except(features)];
        int count = Sizes.Product(features.Select(k => x.Dims[k])), rows = Sizes.Product(rest.Select(k => x.Dims[k]));
        int[] shape = x.Source.Shape;
        bool isVector = rows == 1;
        // Over the channels as they stand.
        bool isChannels = !isVector && features.Length == 1 && order[0] == features[0] && shape[0] == count
            && (shape.Length > 2 || (shape.Length == 2 && SpecBuilder.GroupOf(x.Source) is { Order: AxisOrder.Channels, IsKnown: true }));
        if (isVector || isChannels)
        {
            Read read = isVector ? c.Spec.Arranged(x, features, [count]) : x.Source;
            c.Give(Variable.InOrder(c.Spec.Add(kind, [read], read.Shape, keepsAxes: true), x.Dims, isVector ? features : order));
            return;
        }

        Read steps = c.Spec.Arranged(x, [.. rest, .. features], [rows, count], AxisOrder.Sequence);
        if (SpecBuilder.GroupOf(steps).IsKnown)
        {
            c.Give(Variable.InOrder(c.Spec.Add(kind, [steps], steps.Shape, keepsAxes: true), x.Dims, [.. rest, .. features]));
            return;
        }

        // Nothing says that these are steps: as channels with places of two axes, there is no doubt.
        Read channels = c.Spec.Arranged(x, [.. features, .. rest], [count, rows, 1]);
        c.Give(Variable.InOrder(c.Spec.Add(kind, [channels], channels.Shape, keepsAxes: true), x.Dims, [.. features, .. rest]));
    }
}
