using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>The mean, the sum, the largest or the smallest over some axes; equal ones share the gradient evenly.</summary>
internal sealed class ReferenceReduce : ReferenceLayer
{
    private readonly string _kind;

    /// <summary>For each element of the output, those of the input that it is made of.</summary>
    private readonly int[][] _members;

    /// <param name="axes">None for all; negative ones count from the end.</param>
    public ReferenceReduce(ReferenceShape input, string kind, int[] axes, bool keepDims)
        : base(ShapeOf(input, axes, keepDims))
    {
        _kind = kind;
        bool[] goes = Goes(input, axes);
        _members = [.. Enumerable.Range(0, input.Length).GroupBy(i => Group(input.Sizes, goes, i)).OrderBy(group => group.Key)
            .Select(group => group.ToArray())];
    }

    public override double[] Forward(double[] x, ReferencePass pass) => [.. _members.Select(members => Value([.. members.Select(i => x[i])]))];

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length];
        for (int k = 0; k < dy.Length; k++)
        {
            int[] members = _members[k];
            double value = Value([.. members.Select(i => x[i])]);
            int[] shares = _kind is "reduce_max" or "reduce_min" ? [.. members.Where(i => x[i] == value)] : members;
            foreach (int i in shares)
                dx[i] = _kind == "reduce_sum" ? dy[k] : dy[k] / shares.Length;
        }

        return dx;
    }

    private double Value(double[] x) => _kind switch
    {
        "reduce_mean" => x.Sum() / x.Length,
        "reduce_sum" => x.Sum(),
        "reduce_max" => x.Max(),
        _ => x.Min(),
    };

    private static bool[] Goes(ReferenceShape input, int[] axes) =>
        [.. Enumerable.Range(0, input.Rank).Select(axis => axes.Length == 0 || axes.Contains(axis) || axes.Contains(axis - input.Rank))];

    /// <summary>The place of an element among those that differ in what stays.</summary>
    private static int Group(int[] sizes, bool[] goes, int element)
    {
        int place = 0, stride = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            if (!goes[axis])
            {
                place += element % sizes[axis] * stride;
                stride *= sizes[axis];
            }

            element /= sizes[axis];
        }

        return place;
    }

    private static ReferenceShape ShapeOf(ReferenceShape input, int[] axes, bool keepDims)
    {
        bool[] goes = Goes(input, axes);
        if (keepDims)
            return input.WithSizes([.. input.Sizes.Select((size, axis) => goes[axis] ? 1 : size)]);
        int[] left = [.. input.Sizes.Where((_, axis) => !goes[axis])];
        // Channels that stay in front stay channels.
        return left.Length > 1 && input.ChannelsFirst && !goes[0] ? input.WithSizes(left) : ReferenceShape.Of(left.Length == 0 ? [1] : left);
    }
}
