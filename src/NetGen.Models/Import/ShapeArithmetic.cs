using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>The shapes that operations which only name elements anew give.</summary>
internal static class ShapeArithmetic
{
    public static int[] Reshape(IReadOnlyList<int> shape, IReadOnlyList<long> wanted, bool allowsZero)
    {
        long count = Sizes.Product(shape), known = 1;
        int left = -1;
        long[] sizes = new long[wanted.Count];
        for (int k = 0; k < wanted.Count; k++)
        {
            sizes[k] = wanted[k];
            if (wanted[k] == 0 && !allowsZero)
                sizes[k] = k < shape.Count ? shape[k] : throw new UnsupportedNodeException($"it keeps the size of axis {k}, which its input {Sizes.Text(shape)} lacks");
            if (wanted[k] == -1)
                left = k;
            else
                known *= sizes[k];
            if (sizes[k] is < -1 or > 1 << 28 || known is < 0 or > 1 << 28)
                throw new UnsupportedNodeException($"it asks for the shape [{string.Join(", ", wanted)}]");
        }

        if (left >= 0)
            sizes[left] = known > 0 ? count / known : 0;
        if (sizes.Aggregate(1L, static (product, s) => product * s) != count)
            throw new UnsupportedNodeException($"it makes [{string.Join(", ", wanted)}] of {Sizes.Text(shape)}, which has {count} elements");
        return [.. sizes.Select(static s => (int)s)];
    }

    public static int[] Flatten(IReadOnlyList<int> shape, long axis)
    {
        int at = axis == shape.Count ? shape.Count : Sizes.Axis(axis, Math.Max(shape.Count, 1));
        return [Sizes.Product(shape.Take(at)), Sizes.Product(shape.Skip(at))];
    }

    public static int[] Squeeze(IReadOnlyList<int> shape, IReadOnlyList<long>? stated)
    {
        if (stated is null or { Count: 0 })
            return [.. shape.Where(static d => d != 1)];
        int[] axes = [.. stated.Select(a => Sizes.Axis(a, shape.Count))];
        if (axes.FirstOrDefault(a => shape[a] != 1, -1) is >= 0 and int wide)
            throw new UnsupportedNodeException($"it takes axis {wide} away, which has {shape[wide]} elements");
        return [.. shape.Where((_, k) => !axes.Contains(k))];
    }

    public static int[] Unsqueeze(IReadOnlyList<int> shape, IReadOnlyList<long> stated)
    {
        int rank = shape.Count + stated.Count;
        int[] axes = [.. stated.Select(a => Sizes.Axis(a, rank)).Distinct()];
        if (axes.Length != stated.Count)
            throw new UnsupportedNodeException("it adds an axis twice");
        var rest = new Queue<int>(shape);
        return [.. Enumerable.Range(0, rank).Select(k => axes.Contains(k) ? 1 : rest.Dequeue())];
    }

    public static int[] Permutation(ModelNode node, int rank)
    {
        int[] permutation = node.Integers("perm") is { } stated ? [.. stated.Select(a => Sizes.Axis(a, rank))] : [.. Enumerable.Range(0, rank).Reverse()];
        return permutation.Order().SequenceEqual(Enumerable.Range(0, rank)) ? permutation
            : throw new UnsupportedNodeException($"it orders the axes as [{string.Join(", ", permutation)}], but there are {rank}");
    }

    /// <summary>The sizes of the parts that an axis is cut into.</summary>
    public static int[] Split(ModelNode node, int size, Constant? stated)
    {
        long[]? sizes = node.Integers("split") ?? stated?.Integers;
        int parts = node.Outputs.Count, each = (size + parts - 1) / Math.Max(parts, 1);
        sizes ??= [.. Enumerable.Range(0, parts).Select(k => (long)Math.Min(each, size - k * each))];
        if (sizes.Any(static s => s < 1) || sizes.Sum() != size || sizes.Length < parts)
            throw new UnsupportedNodeException($"it cuts {size} places into [{string.Join(", ", sizes)}]");
        return [.. sizes.Select(static s => (int)s)];
    }
}
