using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>A value of the model while it is imported.</summary>
internal abstract record Value
{
    public abstract int[] Shape { get; }
}

/// <summary>One that is known already.</summary>
internal sealed record ConstantValue(Constant Constant) : Value
{
    public override int[] Shape => Constant.Shape;
}

/// <summary>One that comes of an operation which a spec cannot say, or of another such value.</summary>
internal sealed record UnknownValue : Value
{
    public override int[] Shape => [];
}

/// <summary>
/// One that a layer gives, with the axes of the model. A transposition or a new shape moves nothing: it only says which element of the layer's
/// output each element of the value is, until a layer needs another order in memory.
/// </summary>
/// <param name="Source">What holds the elements.</param>
/// <param name="Dims">The model's sizes, the batch of 1 included.</param>
/// <param name="Strides">How far neighbours along an axis stand apart in the source, which is row-major; 0 where an axis repeats its element.</param>
internal sealed record Variable(Read Source, int[] Dims, int[] Strides) : Value
{
    /// <summary>The value that this one is the row-major order of, where no strides can say so; then its own are those of that order.</summary>
    public Variable? Base { get; init; }

    public override int[] Shape => Dims;

    public static Variable RowMajor(Read source, int[] dims) => new(source, dims, Sizes.RowMajor(dims));

    /// <summary>A value whose elements stand in the source by these of its axes, the outermost first.</summary>
    public static Variable InOrder(Read source, int[] dims, IReadOnlyList<int> order)
    {
        int[] strides = new int[dims.Length];
        for (int k = order.Count - 1, stride = 1; k >= 0; k--)
        {
            strides[order[k]] = stride;
            stride *= dims[order[k]];
        }

        return new Variable(source, dims, strides);
    }

    /// <summary>The axes of more than one element in the order of memory, the outermost first.</summary>
    public int[] MemoryOrder => [.. Enumerable.Range(0, Dims.Length).Where(k => Dims[k] > 1).OrderByDescending(k => Strides[k]).ThenBy(static k => k)];

    public bool Repeats => Dims.Where((d, k) => d > 1 && Strides[k] == 0).Any();

    /// <summary>Its elements stand in the source as the model numbers them.</summary>
    public bool IsRowMajor => Base is null && !Repeats && MemoryOrder.SequenceEqual(MemoryOrder.Order());

    public Variable Transposed(IReadOnlyList<int> permutation) => Base is null
        ? this with { Dims = [.. permutation.Select(a => Dims[a])], Strides = [.. permutation.Select(a => Strides[a])] }
        : throw new InvalidOperationException("a value without strides of its own is not transposed");

    /// <summary>The same elements under another shape, where strides can say that; null where they cannot.</summary>
    public Variable? Reshaped(int[] dims)
    {
        if (Base is not null)
            return this with { Dims = dims, Strides = Sizes.RowMajor(dims) };
        // Runs of axes that are one stretch of memory, the innermost first.
        var runs = new List<(long Size, int Stride)>();
        for (int k = Dims.Length - 1; k >= 0; k--)
        {
            if (Dims[k] == 1)
                continue;
            if (runs.Count > 0 && Strides[k] == runs[^1].Stride * runs[^1].Size)
                runs[^1] = (runs[^1].Size * Dims[k], runs[^1].Stride);
            else
                runs.Add((Dims[k], Strides[k]));
        }

        // Each is cut into new axes.
        int[] strides = new int[dims.Length];
        int to = dims.Length - 1;
        foreach ((long size, int stride) in runs)
        {
            long made = 1;
            for (; made < size && to >= 0; to--)
            {
                if (size % (made * dims[to]) != 0)
                    return null;
                strides[to] = (int)(stride * made);
                made *= dims[to];
            }

            if (made != size)
                return null;
        }

        return this with { Dims = dims, Strides = strides };
    }

    public bool Equals(Variable? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
