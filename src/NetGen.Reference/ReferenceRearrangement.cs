using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <summary>y[i] = x[source[i]], or a number where source[i] is -1: flatten, reshape, permute, pads, slices and all else that only moves elements.</summary>
internal sealed class ReferenceRearrangement(ReferenceShape output, int[] source, double outside = 0) : ReferenceLayer(output)
{
    public override double[] Forward(double[] x, ReferencePass pass) => Array.ConvertAll(source, i => i < 0 ? outside : x[i]);

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            if (source[i] >= 0)
                dx[source[i]] += dy[i];
        }

        return dx;
    }

    /// <summary>The same elements, in their order, under other sizes, of which one may be -1: as many as are left.</summary>
    public static ReferenceRearrangement Reshape(ReferenceShape input, int[] sizes)
    {
        int known = sizes.Where(size => size != -1).Aggregate(1, (product, size) => product * size);
        ReferenceShape output = ReferenceShape.Of(Array.ConvertAll(sizes, size => size == -1 ? input.Length / known : size));
        if (output.Length != input.Length)
            throw new NotSupportedException($"{input.Length} elements are not reshaped to {output.Length}");
        return new ReferenceRearrangement(output, [.. Enumerable.Range(0, input.Length)]);
    }

    /// <summary>Axis k of the output is axis <paramref name="axes"/>[k] of the input; of rank 2, exchanging them makes a sequence of channels and the reverse.</summary>
    public static ReferenceRearrangement Permute(ReferenceShape input, int[] axes)
    {
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, input.Rank)))
            throw new NotSupportedException($"[{string.Join(", ", axes)}] does not name each of {input.Rank} axes once");
        bool exchanges = input.Rank == 2 && axes[0] == 1 && !input.IsUndecided;
        ReferenceShape output = new(Array.ConvertAll(axes, axis => input.Sizes[axis]), input.ChannelsFirst ^ exchanges) { IsUndecided = input.IsUndecided };
        return Gather(input, output, place =>
        {
            int[] from = new int[axes.Length];
            for (int k = 0; k < axes.Length; k++)
                from[axes[k]] = place[k];
            return from;
        });
    }

    /// <summary>Elements around the axes of space or time: as many for each, or those before and after each, one axis after the other.</summary>
    /// <param name="mode">constant; reflect, which goes back from the ends; or edge, which stays there.</param>
    public static ReferenceRearrangement Pad(ReferenceShape input, int[] padding, string mode, double value)
    {
        int first = input.ChannelsFirst ? 1 : 0, axes = input.Rank - 1;
        if (axes == 0 || input.IsUndecided || (padding.Length != 1 && padding.Length != 2 * axes))
            throw new NotSupportedException($"{padding.Length} paddings do not fit {axes} axes, or nothing says which");
        int[] before = new int[input.Rank], sizes = [.. input.Sizes];
        for (int axis = 0; axis < axes; axis++)
        {
            before[first + axis] = padding.Length == 1 ? padding[0] : padding[2 * axis];
            sizes[first + axis] += before[first + axis] + (padding.Length == 1 ? padding[0] : padding[2 * axis + 1]);
        }

        return Gather(input, input.WithSizes(sizes), place => [.. place.Select((p, axis) => Inside(p - before[axis], input.Sizes[axis], mode))], value);
    }

    private static int Inside(int place, int size, string mode) => mode switch
    {
        "edge" => Math.Clamp(place, 0, size - 1),
        "reflect" when place < 0 => -place,
        "reflect" when place >= size => size - 1 - (place - (size - 1)),
        _ => place,
    };

    /// <summary>The places start, start + step, … of an axis, up to stop, as Python's slices take them.</summary>
    public static ReferenceRearrangement Slice(ReferenceShape input, int axis, int? start, int? stop, int step)
    {
        axis = axis < 0 ? axis + input.Rank : axis;
        int size = input.Sizes[axis];
        int Bound(int given, int least, int most) => Math.Clamp(given < 0 ? given + size : given, least, most);
        int first = step > 0 ? Bound(start ?? 0, 0, size) : start is { } begin ? Bound(begin, -1, size - 1) : size - 1;
        int end = step > 0 ? stop is { } limit ? Bound(limit, 0, size) : size : stop is { } least ? Bound(least, -1, size - 1) : -1;
        List<int> taken = [];
        for (int place = first; step > 0 ? place < end : place > end; place += step)
            taken.Add(place);
        if (taken.Count == 0)
            throw new NotSupportedException($"nothing of {size} is left");
        int[] sizes = [.. input.Sizes];
        sizes[axis] = taken.Count;
        return Gather(input, input.WithSizes(sizes), place => [.. place.Select((p, k) => k == axis ? taken[p] : p)]);
    }

    /// <summary>A sequence from its last step on, or channels from the end of their length.</summary>
    public static ReferenceRearrangement Reverse(ReferenceShape input) =>
        input.Rank != 2 || input.IsUndecided ? throw new NotSupportedException("reverse takes a sequence or channels with a length") : Slice(input, input.ChannelsFirst ? 1 : 0, null, null, -1);

    /// <summary>A vector as each of so many steps.</summary>
    public static ReferenceRearrangement Repeat(ReferenceShape input, int steps) =>
        new(new ReferenceShape([steps, input.Length], false), [.. Enumerable.Range(0, steps * input.Length).Select(i => i % input.Length)]);

    /// <summary>[C r², H, W] as [C, H r, W r], or the other way round, as PyTorch numbers the channels.</summary>
    public static ReferenceRearrangement PixelShuffle(ReferenceShape input, int r, bool isBack)
    {
        (int c, int h, int w) = (input.Sizes[0], input.Sizes[1], input.Sizes[2]);
        return isBack
            ? Gather(input, input.WithSizes([c * r * r, h / r, w / r]), p => [p[0] / (r * r), (p[1] * r) + (p[0] / r % r), (p[2] * r) + (p[0] % r)])
            : Gather(input, input.WithSizes([c / (r * r), h * r, w * r]), p => [(p[0] * r * r) + (p[1] % r * r) + (p[2] % r), p[1] / r, p[2] / r]);
    }

    /// <summary>Each place of the output reads that place of the input which <paramref name="from"/> says; outside, there is a number.</summary>
    private static ReferenceRearrangement Gather(ReferenceShape input, ReferenceShape output, Func<int[], int[]> from, double outside = 0)
    {
        int[] source = new int[output.Length];
        for (int i = 0; i < source.Length; i++)
        {
            int[] place = new int[output.Rank];
            for (int axis = output.Rank - 1, rest = i; axis >= 0; rest /= output.Sizes[axis], axis--)
                place[axis] = rest % output.Sizes[axis];
            int[] read = from(place);
            bool isInside = read.Zip(input.Sizes, (p, size) => p >= 0 && p < size).All(inside => inside);
            source[i] = isInside ? read.Zip(input.Sizes).Aggregate(0, (index, p) => index * p.Second + p.First) : -1;
        }

        return new ReferenceRearrangement(output, source, outside);
    }
}
