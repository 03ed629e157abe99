using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>What is done with a file's tensor so that it is a parameter; in the order of the members.</summary>
/// <param name="Shape">What comes out.</param>
internal sealed record Turn(int[] Shape)
{
    /// <summary>Of the first axis, the place that is taken; null for the whole.</summary>
    public int? Row { get; init; }

    /// <summary>Which axis each axis comes of; null where they stay.</summary>
    public int[]? Axes { get; init; }

    /// <summary>Which of equal blocks along the first axis each block comes of; null where they stay.</summary>
    public int[]? Blocks { get; init; }

    /// <summary>An axis that runs over the values of an image: channels last there, and first here; null where none does.</summary>
    public FlattenedImage? Image { get; init; }

    /// <summary>For people, in a few words; empty for nothing.</summary>
    public string Text { get; init; } = "";

    public static Turn None(int[] shape) => new(shape);

    public float[] Apply(float[] values, int[] shape)
    {
        if (Row is { } row)
        {
            int size = values.Length / shape[0];
            (values, shape) = (values.AsSpan(row * size, size).ToArray(), shape[1..]);
        }

        if (Axes is not null)
            values = Permuted(values, shape, Axes);
        if (Blocks is not null)
        {
            int size = values.Length / Blocks.Length;
            values = [.. Blocks.SelectMany(b => new ArraySegment<float>(values, b * size, size))];
        }

        return Image is null ? values : Image.ChannelsFirst(values, Shape);
    }

    private static float[] Permuted(float[] values, int[] shape, int[] axes)
    {
        int[] strides = new int[shape.Length], sizes = [.. axes.Select(a => shape[a])], index = new int[shape.Length];
        for (int k = shape.Length - 1, stride = 1; k >= 0; stride *= shape[k--])
            strides[k] = stride;
        float[] permuted = new float[values.Length];
        for (int i = 0, at = 0; i < permuted.Length; i++)
        {
            permuted[i] = values[at];
            for (int k = index.Length - 1; k >= 0; k--)
            {
                at += strides[axes[k]];
                if (++index[k] < sizes[k])
                    break;
                at -= strides[axes[k]] * sizes[k];
                index[k] = 0;
            }
        }

        return permuted;
    }
}

/// <summary>A vector that is an image: its place along an axis of a parameter.</summary>
/// <param name="Axis">Of the parameter.</param>
/// <param name="Places">Of each channel.</param>
internal sealed record FlattenedImage(int Axis, int Channels, int Places)
{
    /// <summary>From place by place with all channels each, to channel by channel.</summary>
    public float[] ChannelsFirst(float[] values, IReadOnlyList<int> shape)
    {
        int size = Channels * Places, inner = shape.Skip(Axis + 1).Aggregate(1, static (p, s) => p * s);
        float[] moved = new float[values.Length];
        for (int block = 0; block < values.Length; block += size * inner)
            for (int c = 0; c < Channels; c++)
                for (int p = 0; p < Places; p++)
                    values.AsSpan(block + (((p * Channels) + c) * inner), inner).CopyTo(moved.AsSpan(block + (((c * Places) + p) * inner)));
        return moved;
    }
}
