using System;
using System.Collections.Generic;

namespace NetGen.Training.Images;

/// <summary>Reads image files as samples of one shape.</summary>
internal sealed class ImageReader
{
    private readonly ImageOptions options;
    private readonly int width, height;

    /// <param name="options">What the images become.</param>
    /// <param name="first">The image whose size is taken where the options state none.</param>
    public ImageReader(ImageOptions options, string first)
    {
        if (options.Channels is not (1 or 3))
            throw new ArgumentException($"Channels is {options.Channels}; images have 1 channel, gray, or 3: red, green and blue.", nameof(options));
        if (options.Width is < 1 or > 1 << 16 || options.Height is < 1 or > 1 << 16)
            throw new ArgumentException($"Width is {options.Width?.ToString() ?? "null"} and Height {options.Height?.ToString() ?? "null"}; both are from 1 to {1 << 16}, or null for those of the first image.", nameof(options));
        if (options.Resize == ImageResize.Bilinear && (options.Width is null || options.Height is null))
            throw new ArgumentException("Resize is Bilinear, but Width or Height is null; state the size that images are brought to.", nameof(options));
        if (!float.IsFinite(options.Scale) || options.Scale == 0)
            throw new ArgumentException(FormattableString.Invariant($"Scale is {options.Scale}; bytes are multiplied by a finite number that is not 0."), nameof(options));

        this.options = options;
        if (options.Width is { } w && options.Height is { } h)
        {
            (width, height) = (w, h);
        }
        else
        {
            Pixels image = ImageFile.Read(first, options.Channels);
            (width, height) = (options.Width ?? image.Width, options.Height ?? image.Height);
        }
    }

    /// <summary>The shape of a sample: [channels, height, width].</summary>
    public int[] SampleShape => [options.Channels, height, width];

    /// <summary>Floats of a sample.</summary>
    public long SampleSize => (long)options.Channels * height * width;

    /// <summary>Reads the images of some files, with their labels.</summary>
    /// <exception cref="DatasetException">A file is no image, or of another size.</exception>
    public LabeledDataset Read(IReadOnlyList<(string Path, int Label)> files, IReadOnlyList<string> classNames)
    {
        var features = new float[checked((int)(files.Count * SampleSize))];
        var labels = new int[files.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            (string path, labels[i]) = files[i];
            Pixels image = ImageFile.Read(path, options.Channels);
            Span<float> sample = features.AsSpan(i * (int)SampleSize, (int)SampleSize);
            if (image.Width == width && image.Height == height)
                Copy(image, sample);
            else if (options.Resize == ImageResize.Bilinear)
                Interpolate(image, sample);
            else
                throw new DatasetException(path, null, $"the image has {image.Width} x {image.Height} pixels (width x height), but {width} x {height} are {(options.Width is null || options.Height is null ? "those of the first image" : "asked for")}; state Width, Height and Resize = ImageResize.Bilinear in the options to bring all to one size, or leave the image out.");
        }

        return new LabeledDataset(features, (int)SampleSize, labels, classNames) { SampleShape = SampleShape };
    }

    private void Copy(Pixels image, Span<float> sample)
    {
        for (int channel = 0, at = 0; channel < image.Channels; channel++)
            for (int i = channel; i < image.Bytes.Length; i += image.Channels)
                sample[at++] = image.Bytes[i] * options.Scale;
    }

    // The centers of the pixels lie at halves in both images; beyond the outermost centers, the outermost pixels count.
    private void Interpolate(Pixels image, Span<float> sample)
    {
        for (int row = 0; row < height; row++)
        {
            (int top, int bottom, float down) = Neighbours(row, height, image.Height);
            for (int column = 0; column < width; column++)
            {
                (int left, int right, float across) = Neighbours(column, width, image.Width);
                for (int channel = 0; channel < image.Channels; channel++)
                {
                    float Pixel(int y, int x) => image.Bytes[(y * image.Width + x) * image.Channels + channel];
                    float above = Pixel(top, left) + (Pixel(top, right) - Pixel(top, left)) * across;
                    float below = Pixel(bottom, left) + (Pixel(bottom, right) - Pixel(bottom, left)) * across;
                    sample[(channel * height + row) * width + column] = (above + (below - above) * down) * options.Scale;
                }
            }
        }
    }

    private static (int Before, int After, float Part) Neighbours(int place, int size, int sourceSize)
    {
        float source = Math.Clamp((place + 0.5f) * sourceSize / size - 0.5f, 0, sourceSize - 1);
        int before = (int)source;
        return (before, Math.Min(before + 1, sourceSize - 1), source - before);
    }
}
