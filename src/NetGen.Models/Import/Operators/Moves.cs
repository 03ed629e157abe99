using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Operations that move elements, take some of them, or name them anew.</summary>
internal static class Moves
{
    public static IEnumerable<(string, Action<OperatorContext>)> All =>
    [
        ("Transpose", Transpose),
        ("Reshape", static c => Give(c, ShapeArithmetic.Reshape(c.Variable(0).Dims, c.Node.Integers("shape") ?? c.Constant(1, "shape").Integers, c.Node.Integer("allowzero", 0) != 0))),
        ("Flatten", static c => Give(c, ShapeArithmetic.Flatten(c.Variable(0).Dims, c.Node.Integer("axis", 1)))),
        ("Squeeze", static c => Give(c, ShapeArithmetic.Squeeze(c.Variable(0).Dims, c.Integers("axes", 1)))),
        ("Unsqueeze", static c => Give(c, ShapeArithmetic.Unsqueeze(c.Variable(0).Dims, c.Integers("axes", 1) ?? throw new UnsupportedNodeException("it lacks its axes")))),
        ("Expand", Expand), ("Tile", Tile),
        ("Slice", Slice), ("Split", Split), ("Gather", Gather), ("ScatterND", Scatter),
        ("Pad", Pad),
        ("DepthToSpace", DepthToSpace), ("SpaceToDepth", SpaceToDepth),
    ];

    /// <summary>What holds a value by its own axes, and which axis of that each is.</summary>
    /// <param name="order">The axes of more than one element, and any others that are wanted, the outermost first.</param>
    public static Read ByAxes(OperatorContext c, Variable x, int[] order, out int[] netAxes)
    {
        int[] sizes = [.. order.Select(k => x.Dims[k])], source = x.Source.Shape;
        bool stands = x.Base is null && !x.Repeats && order.All(k => x.Dims[k] > 1) && x.MemoryOrder.SequenceEqual(order)
            && Sizes.AreEqual([.. source.Where(static d => d > 1)], sizes);
        if (stands)
        {
            netAxes = [.. Enumerable.Range(0, source.Length).Where(k => source[k] > 1)];
            return x.Source;
        }

        netAxes = [.. Enumerable.Range(0, order.Length)];
        return c.Spec.Arranged(x, order, sizes.Length == 0 ? [1] : sizes);
    }

    /// <summary>Some places along an axis.</summary>
    public static Variable Sliced(OperatorContext c, Variable x, SliceRange range)
    {
        if (range.IsWhole(x.Dims[range.Axis]))
            return x;
        int[] dims = [.. x.Dims];
        dims[range.Axis] = range.Count;
        if (x.Dims[range.Axis] == 1)
            return x with { Dims = dims };
        x = c.Spec.Strided(x);
        if (x.Strides[range.Axis] == 0)
            return x with { Dims = dims };
        if (x.Repeats)
            x = Variable.RowMajor(c.Spec.Flat(x), x.Dims);
        int[] order = x.MemoryOrder;
        Read read = ByAxes(c, x, order, out int[] netAxes);
        int axis = netAxes[Array.IndexOf(order, range.Axis)], size = x.Dims[range.Axis], end = range.Start + range.Step * range.Count;
        int[] shape = [.. read.Shape];
        shape[axis] = range.Count;
        var options = new List<(string, object)>();
        if (axis != 0)
            options.Add(("axis", axis));
        if (range.Step > 0 ? range.Start != 0 : range.Start != size - 1)
            options.Add(("start", range.Start));
        if (range.Step > 0 ? end < size : end >= 0)
            options.Add(("stop", range.Step > 0 ? Math.Min(range.Start + range.Step * (range.Count - 1) + 1, size) : end));
        if (range.Step != 1)
            options.Add(("step", range.Step));
        return Variable.InOrder(c.Spec.Add("slice", [read], shape, keepsAxes: true, [.. options]), dims, order);
    }

    private static void Give(OperatorContext c, int[] dims) => c.Give(SpecBuilder.Reshaped(c.Variable(0), dims));

    private static void Transpose(OperatorContext c)
    {
        Variable x = c.Variable(0);
        int[] permutation = ShapeArithmetic.Permutation(c.Node, x.Dims.Length);
        // An exchange of axes of one element moves nothing.
        if (permutation.Where(k => x.Dims[k] > 1).SequenceEqual(Enumerable.Range(0, x.Dims.Length).Where(k => x.Dims[k] > 1)))
            c.Give(SpecBuilder.Reshaped(x, [.. permutation.Select(k => x.Dims[k])]));
        else
            c.Give(c.Spec.Strided(x).Transposed(permutation));
    }

    private static void Expand(OperatorContext c)
    {
        Variable x = c.Variable(0);
        int[] wanted = [.. c.Constant(1, "shape").Integers.Select(static d => d is >= 1 and <= 1 << 28 ? (int)d : throw new UnsupportedNodeException($"it asks for the size {d}"))];
        c.Give(Joins.Stretched(x, Sizes.Broadcast(x.Dims, wanted)));
    }

    private static void Tile(OperatorContext c)
    {
        Variable x = c.Variable(0);
        long[] repeats = c.Constant(1, "repeats").Integers;
        for (int k = 0; k < x.Dims.Length; k++)
        {
            if (repeats[k] == 1)
                continue;
            if (repeats[k] is < 1 or > 256)
                throw new UnsupportedNodeException($"it repeats {repeats[k]} times");
            x = Joins.Concatenated(c, [.. Enumerable.Repeat(x, (int)repeats[k])], k);
        }

        c.Give(x);
    }

    private static void Slice(OperatorContext c)
    {
        Variable x = c.Variable(0);
        foreach (SliceRange range in SliceRange.Of(c.Node, x.Dims, i => c.Optional(i, "range")))
            x = Sliced(c, x, range);
        c.Give(x);
    }

    private static void Split(OperatorContext c)
    {
        Variable x = c.Variable(0);
        int axis = Sizes.Axis(c.Node.Integer("axis", 0), x.Dims.Length), at = 0, output = 0;
        foreach (int size in ShapeArithmetic.Split(c.Node, x.Dims[axis], c.Optional(1, "split")))
        {
            if (output < c.Node.Outputs.Count && c.IsUsed(output))
                c.Give(Sliced(c, x, new SliceRange(axis, at, 1, size)), output);
            output++;
            at += size;
        }
    }

    private static void Gather(OperatorContext c)
    {
        if (c.Input(0) is ConstantValue { Constant: var table })
        {
            Embed(c, table);
            return;
        }

        Variable x = c.Variable(0);
        int axis = Sizes.Axis(c.Node.Integer("axis", 0), x.Dims.Length);
        Constant indices = c.Constant(1, "indices");
        int[] places = [.. indices.Integers.Select(i => Sizes.Axis(i, x.Dims[axis]))];
        List<(int Start, int Step, int Count)> runs = Runs(places);
        if (places.Length == 0 || runs.Count > 256)
            throw new UnsupportedNodeException($"it takes {places.Length} places in no order that slices have");
        Variable[] parts = [.. runs.Select(r => Sliced(c, x, new SliceRange(axis, r.Start, r.Step, r.Count)))];
        Variable y = parts.Length == 1 ? parts[0] : Joins.Concatenated(c, parts, axis);
        // The axis becomes those of the indices.
        c.Give(SpecBuilder.Reshaped(y, [.. y.Dims.Take(axis), .. indices.Shape, .. y.Dims.Skip(axis + 1)]));
    }

    /// <summary>Places as stretches that are equally far apart.</summary>
    private static List<(int Start, int Step, int Count)> Runs(int[] places)
    {
        var runs = new List<(int Start, int Step, int Count)>();
        foreach (int place in places)
        {
            if (runs.Count > 0)
            {
                (int start, int step, int count) = runs[^1];
                int distance = place - (start + (count - 1) * step);
                if ((count == 1 && distance != 0) || (count > 1 && distance == step))
                {
                    runs[^1] = (start, distance, count + 1);
                    continue;
                }
            }

            runs.Add((place, 1, 1));
        }

        return runs;
    }

    /// <summary>A block of a value in the place of its own.</summary>
    private static void Scatter(OperatorContext c)
    {
        Variable x = c.Input(0) is ConstantValue { Constant: var filled } ? Constants.Layer(c, filled) : c.Variable(0);
        Constant indices = c.Constant(1, "indices");
        Variable updates = c.Input(2) is ConstantValue { Constant: var written } ? Constants.Layer(c, written) : c.Variable(2);
        if (c.Node.Text("reduction", "none") != "none")
            throw new UnsupportedNodeException("it adds where it writes");
        int depth = indices.Shape[^1], rank = x.Dims.Length, count = indices.Count / Math.Max(depth, 1);
        long[] all = indices.Integers;
        int[] first = new int[rank], last = [.. x.Dims.Select(static d => d - 1)];
        for (int k = 0; k < depth; k++)
        {
            int axis = k;
            int[] places = [.. Enumerable.Range(0, count).Select(i => Sizes.Axis(all[i * depth + axis], x.Dims[axis]))];
            (first[k], last[k]) = (places.Min(), places.Max());
        }

        // All places of a block, in its order.
        int[] block = [.. first.Zip(last, static (a, b) => b - a + 1)];
        int[] strides = Sizes.RowMajor(block[..depth]);
        bool isBlock = Sizes.Product(block.Take(depth)) == count && Enumerable.Range(0, count).All(i => Enumerable.Range(0, depth).All(k => Sizes.Axis(all[i * depth + k], x.Dims[k]) == first[k] + i / strides[k] % block[k]));
        if (!isBlock)
            throw new UnsupportedNodeException($"it writes to {count} places that are no block");
        c.Give(Within(x, 0));

        Variable Within(Variable part, int axis)
        {
            while (axis < rank && block[axis] == x.Dims[axis])
                axis++;
            if (axis == rank)
                return SpecBuilder.Reshaped(updates, block);
            var parts = new List<Variable>();
            if (first[axis] > 0)
                parts.Add(Sliced(c, part, new SliceRange(axis, 0, 1, first[axis])));
            parts.Add(Within(Sliced(c, part, new SliceRange(axis, first[axis], 1, block[axis])), axis + 1));
            int rest = x.Dims[axis] - last[axis] - 1;
            if (rest > 0)
                parts.Add(Sliced(c, part, new SliceRange(axis, last[axis] + 1, 1, rest)));
            return Joins.Concatenated(c, [.. parts], axis);
        }
    }

    /// <summary>Rows of a table by indices: an embedding.</summary>
    private static void Embed(OperatorContext c, Constant table)
    {
        Variable indices = c.Variable(1);
        if (table.Shape.Length != 2 || Sizes.Axis(c.Node.Integer("axis", 0), 2) != 0)
            throw new UnsupportedNodeException($"it takes parts of a constant of {Sizes.Text(table.Shape)} along axis {c.Node.Integer("axis", 0)}, but an embedding takes rows of a table");
        int[] real = [.. Enumerable.Range(0, indices.Dims.Length).Where(k => indices.Dims[k] > 1)];
        int count = Sizes.Product(indices.Dims), width = table.Shape[1];
        Read read = c.Spec.Arranged(indices, real, [count]);
        var layer = new SpecLayer("embedding", [read], [count, width], new LayoutGroup())
        {
            Options = { KeyValuePair.Create("input_dim", (object)table.Shape[0]), KeyValuePair.Create("output_dim", (object)width) },
            Parameters = { new NamedTensor("weight", table.Shape, table.Floats) },
        };
        layer.Layout.TryDecide(AxisOrder.Sequence, decides: true);
        Conv.AddOrigin(layer, table);
        int[] dims = [.. indices.Dims, width];
        c.Give(Variable.InOrder(new Read(c.Spec.Add(layer)), dims, [.. real, dims.Length - 1]));
    }

    private static void Pad(OperatorContext c)
    {
        Variable x = c.Spec.Strided(c.Variable(0));
        int rank = x.Dims.Length;
        long[] pads = c.Node.Integers("pads") ?? c.Node.Integers("paddings") ?? c.Constant(1, "pads").Integers;
        if (c.Optional(3, "axes") is { } axes)
        {
            long[] all = new long[2 * rank];
            for (int i = 0; i < axes.Count; i++)
            {
                int axis = Sizes.Axis(axes.Integers[i], rank);
                (all[axis], all[rank + axis]) = (pads[i], pads[axes.Count + i]);
            }

            pads = all;
        }

        if (pads.Length != 2 * rank || pads.Any(static p => Math.Abs(p) > 1 << 20))
            throw new UnsupportedNodeException($"its pads are [{string.Join(", ", pads)}] for {Sizes.Text(x.Dims)}");
        string mode = c.Node.Text("mode", "constant");
        double value = c.Number("value", 2) ?? 0;
        // What is taken off goes first.
        for (int k = 0; k < rank; k++)
        {
            int before = (int)Math.Min(pads[k], 0), after = (int)Math.Min(pads[rank + k], 0);
            if (before < 0 || after < 0)
                x = Sliced(c, x, new SliceRange(k, -before, 1, x.Dims[k] + before + after));
        }

        int[] first = [.. pads.Take(rank).Select(static p => (int)Math.Max(p, 0))], last = [.. pads.Skip(rank).Select(static p => (int)Math.Max(p, 0))];
        int[] padded = [.. Enumerable.Range(0, rank).Where(k => first[k] > 0 || last[k] > 0)];
        if (padded.Length == 0)
            c.Give(x);
        else if (rank is 3 or 4 && x.Dims[0] == 1 && padded.All(static k => k >= 2))
            c.Give(Variable.RowMajor(Layer(c, Conv.Channels(c, x, decides: false), mode, value, first[2..], last[2..]), [1, x.Dims[1], .. x.Dims.Skip(2).Select((d, k) => d + first[k + 2] + last[k + 2])]));
        else
        {
            foreach (int k in padded)
                x = AlongAxis(c, c.Spec.Strided(x), k, mode, value, first[k], last[k]);
            c.Give(x);
        }
    }

    /// <summary>Padding of any axis: as the height of channels, with what is around it as channels and width.</summary>
    private static Variable AlongAxis(OperatorContext c, Variable x, int axis, string mode, double value, int before, int after)
    {
        int outer = Sizes.Product(x.Dims.Take(axis)), inner = Sizes.Product(x.Dims.Skip(axis + 1)), size = x.Dims[axis];
        Read source = c.Spec.Arranged(x, [.. Enumerable.Range(0, x.Dims.Length)], [outer, size, inner]);
        int[] dims = [.. x.Dims];
        dims[axis] += before + after;
        return Variable.RowMajor(Layer(c, source, mode, value, [before, 0], [after, 0]), dims);
    }

    private static Read Layer(OperatorContext c, Read source, string mode, double value, int[] before, int[] after)
    {
        if (mode == "constant")
            return Conv.Padded(c, source, before, after, value == 0 ? null : value);
        if (mode is not ("reflect" or "edge"))
            throw new UnsupportedNodeException($"it pads by '{mode}'");
        if (mode == "reflect" && Enumerable.Range(0, before.Length).Any(k => Math.Max(before[k], after[k]) >= source.Shape[k + 1]))
            throw new UnsupportedNodeException("it reflects more than there is");
        return Conv.Padded(c, source, before, after, null, mode);
    }

    private static void DepthToSpace(OperatorContext c)
    {
        Variable x = c.Spec.Strided(c.Variable(0));
        int r = (int)c.Node.Integer("blocksize", 1);
        int[] d = Image(x, r);
        int channels = d[1] / (r * r);
        if (c.Node.Text("mode", "DCR") == "CRD")
        {
            c.Give(Shuffle(c, x, "pixel_shuffle", r, [channels, d[2] * r, d[3] * r]));
            return;
        }

        // The blocks are the outer part of the channels: they change places, then it is the same.
        Variable blocks = SpecBuilder.Reshaped(x, [r, r, channels, d[2], d[3]]);
        Variable mixed = SpecBuilder.Reshaped(c.Spec.Strided(blocks).Transposed([2, 3, 0, 4, 1]), [1, channels, d[2] * r, d[3] * r]);
        c.Give(mixed);
    }

    private static void SpaceToDepth(OperatorContext c)
    {
        Variable x = c.Spec.Strided(c.Variable(0));
        int r = (int)c.Node.Integer("blocksize", 1);
        int[] d = x.Dims;
        if (d.Length != 4 || d[0] != 1 || r < 1 || d[2] % r != 0 || d[3] % r != 0)
            throw new UnsupportedNodeException($"it makes blocks of {r} of {Sizes.Text(d)}");
        Variable cells = SpecBuilder.Reshaped(x, [d[1], d[2] / r, r, d[3] / r, r]);
        c.Give(SpecBuilder.Reshaped(c.Spec.Strided(cells).Transposed([2, 4, 0, 1, 3]), [1, d[1] * r * r, d[2] / r, d[3] / r]));
    }

    private static int[] Image(Variable x, int r) =>
        x.Dims.Length == 4 && x.Dims[0] == 1 && r >= 1 && x.Dims[1] % (r * r) == 0 ? x.Dims
        : throw new UnsupportedNodeException($"it makes blocks of {r} of {Sizes.Text(x.Dims)}");

    private static Variable Shuffle(OperatorContext c, Variable x, string kind, int r, int[] shape) =>
        Variable.RowMajor(c.Spec.Add(kind, [Conv.Channels(c, x)], shape, keepsAxes: false, ("factor", r)), [1, .. shape]);
}
