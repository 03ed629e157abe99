using System;

namespace NetGen.Training;

/// <summary>
/// Changes of one sample that leave its label as it is, for augmentation during training. An image is [channels, height, width], the width fastest. None
/// allocates.
/// </summary>
public static class Augment
{
    /// <summary>Mirrors an image, left to right.</summary>
    /// <param name="image">[channels, height, width], in place.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <exception cref="ArgumentException">The image has no whole rows of that width.</exception>
    public static void FlipHorizontally(Span<float> image, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (image.Length % width != 0)
            throw new ArgumentException($"The image has {image.Length} numbers, which is not a multiple of the width, {width}.", nameof(image));

        for (int row = 0; row < image.Length; row += width)
            image.Slice(row, width).Reverse();
    }

    /// <summary>Mirrors an image, left to right, one time in two.</summary>
    /// <inheritdoc cref="FlipHorizontally"/>
    /// <param name="image">[channels, height, width], in place.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="random">Decides.</param>
    public static void RandomFlipHorizontally(Span<float> image, int width, TrainingRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextBool())
            FlipHorizontally(image, width);
    }

    /// <summary>Moves an image; what comes in at the other side is 0.</summary>
    /// <param name="image">[channels, height, width], in place.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="down">Rows by which it moves down; up, if negative.</param>
    /// <param name="right">Pixels by which it moves to the right; to the left, if negative.</param>
    /// <exception cref="ArgumentException">The image has no whole channels of that size.</exception>
    public static void Shift(Span<float> image, int height, int width, int down, int right)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long size = (long)height * width;
        if (image.Length % size != 0)
            throw new ArgumentException($"The image has {image.Length} numbers, which is not a multiple of height x width, {height} x {width} = {size}.", nameof(image));

        (down, right) = (Math.Clamp(down, -height, height), Math.Clamp(right, -width, width));
        for (int start = 0; start < image.Length; start += height * width)
        {
            Span<float> channel = image.Slice(start, height * width);
            for (int i = 0; i < height; i++)
            {
                // From the side that it moves to, so that no row is read after it was overwritten.
                int row = down > 0 ? height - 1 - i : i;
                ShiftRow(channel, row, row - down, height, width, right);
            }
        }
    }

    /// <summary>Moves an image by up to so many pixels in each direction, each shift equally likely; what comes in is 0.</summary>
    /// <inheritdoc cref="Shift"/>
    /// <param name="image">[channels, height, width], in place.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="most">The most pixels.</param>
    /// <param name="random">Draws the shift.</param>
    public static void RandomShift(Span<float> image, int height, int width, int most, TrainingRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 1 << 20);
        int down = random.NextInt(-most, most + 1), right = random.NextInt(-most, most + 1);
        Shift(image, height, width, down, right);
    }

    /// <summary>Adds normal noise of mean 0 to every number.</summary>
    /// <param name="features">The numbers, in place.</param>
    /// <param name="deviation">The noise's standard deviation, finite and not negative.</param>
    /// <param name="random">Draws the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public static void AddNoise(Span<float> features, float deviation, TrainingRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!(float.IsFinite(deviation) && deviation >= 0))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A standard deviation is finite and not negative.");

        foreach (ref float feature in features)
            feature += deviation * random.NextGaussian();
    }

    private static void ShiftRow(Span<float> channel, int to, int from, int height, int width, int right)
    {
        Span<float> row = channel.Slice(to * width, width);
        if (from < 0 || from >= height)
        {
            row.Clear();
            return;
        }

        ReadOnlySpan<float> source = channel.Slice(from * width, width);
        if (right >= 0)
        {
            source[..^right].CopyTo(row[right..]);
            row[..right].Clear();
        }
        else
        {
            source[-right..].CopyTo(row);
            row[^-right..].Clear();
        }
    }
}
