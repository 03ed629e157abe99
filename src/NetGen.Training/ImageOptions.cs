namespace NetGen.Training;

/// <summary>How image files become samples: floats, [Channels, Height, Width], the width fastest.</summary>
public sealed record ImageOptions
{
    /// <summary>
    /// 3 for red, green and blue, or 1 for gray: 0.30 red + 0.59 green + 0.11 blue. A gray image has three equal channels, and transparency is left out.
    /// </summary>
    public int Channels { get; init; } = 3;

    /// <summary>Pixels of a row; null takes the first image's. Images of another size are an error, unless <see cref="Resize"/> says otherwise.</summary>
    public int? Width { get; init; }

    /// <summary>Rows of an image; null takes the first image's.</summary>
    public int? Height { get; init; }

    /// <summary>What becomes of images of another size.</summary>
    public ImageResize Resize { get; init; }

    /// <summary>What the bytes, 0 to 255, are multiplied by: 1 / 255, so that features are 0 to 1; or 1, where the network rescales.</summary>
    public float Scale { get; init; } = 1 / 255f;
}
