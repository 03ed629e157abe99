namespace NetGen;

/// <summary>The same values in row-major order, with other axes.</summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <param name="shape">The sizes of the output, without the batch; one may be -1, which is what is left.</param>
    public ReshapeAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes of the output.</summary>
    public int[] Shape { get; }
}

/// <summary>Puts the axes in another order: <c>[Permute(1, 0)]</c> makes a sequence of channels, and channels of a sequence.</summary>
public sealed class PermuteAttribute : LayerAttribute
{
    /// <param name="axes">The input's axis for each of the output's, counted from 0 without the batch.</param>
    public PermuteAttribute(params int[] axes) => Axes = axes;

    /// <summary>The input's axis for each of the output's.</summary>
    public int[] Axes { get; }
}

/// <summary>Zeros before and after the length, the height and width, or the time.</summary>
public sealed class ZeroPadAttribute : LayerAttribute
{
    /// <param name="padding">One number for every edge; or before and after; or top, bottom, left and right.</param>
    public ZeroPadAttribute(params int[] padding) => Padding = padding;

    /// <summary>The zeros at each edge.</summary>
    public int[] Padding { get; }
}
