using System;
using System.Linq;

namespace NetGen.Testing.Reference;

/// <summary>y[i] = x[source[i]], or 0 where source[i] is -1: flatten, reshape, permute and zero_pad.</summary>
internal sealed class ReferenceRearrangement(ReferenceShape output, int[] source) : ReferenceLayer(output)
{
    public override double[] Forward(double[] x, ReferencePass pass) => Array.ConvertAll(source, i => i < 0 ? 0 : x[i]);

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

    /// <summary>Zeros around the axes of space or time: as many for each, or those before and after each, one axis after the other.</summary>
    public static ReferenceRearrangement ZeroPad(ReferenceShape input, int[] padding)
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

        return Gather(input, input.WithSizes(sizes), place => [.. place.Zip(before, (p, b) => p - b)]);
    }

    /// <summary>Each place of the output reads that place of the input which <paramref name="from"/> says; outside, there is 0.</summary>
    private static ReferenceRearrangement Gather(ReferenceShape input, ReferenceShape output, Func<int[], int[]> from)
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

        return new ReferenceRearrangement(output, source);
    }
}
