using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>Arithmetic of shapes.</summary>
internal static class Sizes
{
    /// <summary>The number of elements.</summary>
    /// <exception cref="ImportException">More than a network may have.</exception>
    public static int Product(IEnumerable<int> shape)
    {
        long size = 1;
        foreach (int d in shape)
        {
            size *= d;
            if (size > 1 << 28)
                throw new ImportException("the model has a tensor of more than 268,435,456 elements, which is more than a network may have");
        }

        return (int)size;
    }

    /// <summary>How far elements that are neighbours along an axis stand apart.</summary>
    public static int[] RowMajor(IReadOnlyList<int> shape)
    {
        int[] strides = new int[shape.Count];
        for (int k = shape.Count - 1, stride = 1; k >= 0; stride *= shape[k--])
            strides[k] = stride;
        return strides;
    }

    /// <summary><c>[1, 3, 32, 32]</c>.</summary>
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>An axis that may count from the end.</summary>
    /// <exception cref="UnsupportedNodeException">There is no such axis.</exception>
    public static int Axis(long axis, int rank)
    {
        long from = axis < 0 ? axis + rank : axis;
        return from >= 0 && from < rank ? (int)from : throw new UnsupportedNodeException($"it names the axis {axis} of {rank}");
    }

    /// <summary>The shape of what is computed of two tensors element by element.</summary>
    /// <exception cref="UnsupportedNodeException">They do not fit.</exception>
    public static int[] Broadcast(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        int[] shape = new int[Math.Max(a.Count, b.Count)];
        for (int k = 1; k <= shape.Length; k++)
        {
            int x = k <= a.Count ? a[^k] : 1, y = k <= b.Count ? b[^k] : 1;
            if (x != y && x != 1 && y != 1)
                throw new UnsupportedNodeException($"it joins {Text(a)} and {Text(b)}, whose sizes do not fit");
            shape[^k] = x == 1 ? y : x;
        }

        return shape;
    }

    /// <summary>The places of a tensor in row-major order, as the place of each in another order.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="strides">Those of the other order.</param>
    public static int[] Places(IReadOnlyList<int> shape, IReadOnlyList<int> strides)
    {
        int[] places = new int[Product(shape)];
        int[] index = new int[shape.Count];
        int place = 0;
        for (int n = 0; n < places.Length; n++)
        {
            places[n] = place;
            for (int k = shape.Count - 1; k >= 0; k--)
            {
                place += strides[k];
                if (++index[k] < shape[k])
                    break;
                place -= strides[k] * shape[k];
                index[k] = 0;
            }
        }

        return places;
    }

    /// <summary>The strides of a tensor that is read as if it had a larger shape.</summary>
    public static int[] Stretched(IReadOnlyList<int> shape, IReadOnlyList<int> strides, int rank)
    {
        int[] result = new int[rank];
        for (int k = 1; k <= shape.Count; k++)
            result[^k] = shape[^k] == 1 ? 0 : strides[^k];
        return result;
    }

    public static bool AreEqual(IReadOnlyList<int> a, IReadOnlyList<int> b) => a.SequenceEqual(b);
}
