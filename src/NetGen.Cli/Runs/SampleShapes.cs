using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Report;
using NetGen.Compiler.Shapes;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>How samples are drawn, where they are images.</summary>
/// <param name="Image">Channels, height and width; null where they are none.</param>
/// <param name="Low">The smallest number of the data, which is black.</param>
/// <param name="High">The largest, which is white.</param>
internal sealed record SampleShapes((int Channels, int Height, int Width)? Size, float Low, float High)
{
    private const int FewestPixels = 6, MostPixels = 256;

    /// <summary>By the shape of the network's input, or of the samples in the file.</summary>
    public static SampleShapes Of(Dataset data, Shape input)
    {
        int[]? sizes = Sizes([.. input.Dimensions]) ?? Sizes([.. data.SampleShape]);
        if (sizes is null)
            return new SampleShapes(null, 0, 1);
        (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in data.Features)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return new SampleShapes((sizes[0], sizes[1], sizes[2]), low, high);
    }

    /// <summary>A sample as an image.</summary>
    public SampleImage? Image(ReadOnlySpan<float> features)
    {
        if (Size is not { } size)
            return null;
        int channels = size.Channels == 3 ? 3 : 1;
        float range = High > Low ? High - Low : 1;
        return new SampleImage(channels, size.Height, size.Width,
            [.. features[..(channels * size.Height * size.Width)].ToArray().Select(x => (x - Low) / range)]);
    }

    private static int[]? Sizes(int[] shape) => shape switch
    {
        [var c, var h, var w] when IsImage(h, w) => [c, h, w],
        [var h, var w] when IsImage(h, w) && h == w => [1, h, w],
        _ => null,
    };

    private static bool IsImage(int height, int width) => Math.Min(height, width) >= FewestPixels && Math.Max(height, width) <= MostPixels;
}
