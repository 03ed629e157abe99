using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>Every <paramref name="Step"/>-th place along an axis from <paramref name="Start"/>, <paramref name="Count"/> of them.</summary>
internal readonly record struct SliceRange(int Axis, int Start, int Step, int Count)
{
    /// <summary>All places that a Slice takes, axis by axis.</summary>
    /// <param name="input">The node's inputs, null where one is left out.</param>
    public static IReadOnlyList<SliceRange> Of(ModelNode node, IReadOnlyList<int> shape, Func<int, Constant?> input)
    {
        // Before set 10 they are attributes.
        long[] starts = node.Integers("starts") ?? input(1)?.Integers ?? throw new UnsupportedNodeException("it lacks its starts");
        long[] ends = node.Integers("ends") ?? input(2)?.Integers ?? throw new UnsupportedNodeException("it lacks its ends");
        long[] axes = node.Integers("axes") ?? input(3)?.Integers ?? [.. Enumerable.Range(0, starts.Length).Select(static k => (long)k)];
        long[] steps = input(4)?.Integers ?? [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw new UnsupportedNodeException("its starts, ends, axes and steps are not equally many");
        var ranges = new List<SliceRange>();
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = Sizes.Axis(axes[i], shape.Count), size = shape[axis];
            long step = steps[i];
            if (step is 0 or < -int.MaxValue or > int.MaxValue)
                throw new UnsupportedNodeException($"it has the step {step}");
            long Bound(long at) => at < 0 ? at + size : at;
            long start = step > 0 ? Math.Clamp(Bound(starts[i]), 0, size) : Math.Clamp(Bound(starts[i]), -1, size - 1);
            // A step back that ends before the first place is written as the smallest number, which must not count from the end.
            long end = step > 0 ? Math.Clamp(Bound(ends[i]), 0, size) : ends[i] < -size ? -1 : Math.Clamp(Bound(ends[i]), -1, size - 1);
            long count = Math.Max(step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step, 0);
            if (count == 0)
                throw new UnsupportedNodeException($"it takes nothing of axis {axis}, which has {size} places");
            ranges.Add(new SliceRange(axis, (int)start, (int)step, (int)count));
        }

        return ranges;
    }

    public bool IsWhole(int size) => Start == 0 && Step == 1 && Count == size;
}
