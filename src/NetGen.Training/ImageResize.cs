namespace NetGen.Training;

/// <summary>What becomes of an image whose size is not the one that is asked for.</summary>
public enum ImageResize
{
    /// <summary>It is an error, with both sizes.</summary>
    Refuse,

    /// <summary>
    /// It is stretched or shrunk to Width x Height, whatever its proportions: each pixel is interpolated between the four that are nearest to its center, as by
    /// tf.image.resize and by PyTorch's interpolate with align_corners=False. Shrinking does not smooth.
    /// </summary>
    Bilinear,
}
