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

/// <summary>Elements before and after the length, the height and width, or the time.</summary>
public sealed class PadAttribute : LayerAttribute
{
    /// <param name="padding">One number for every edge; or before and after; or top, bottom, left and right.</param>
    public PadAttribute(params int[] padding) => Padding = padding;

    /// <summary>The elements at each edge.</summary>
    public int[] Padding { get; }

    /// <summary>
    /// <c>"constant"</c>; <c>"reflect"</c>, the data in reverse order without its outermost element; or <c>"edge"</c>, that element again and again.
    /// Default: <c>"constant"</c>.
    /// </summary>
    public string? Mode { get; set; }

    /// <summary>The number of <c>"constant"</c>. Default: 0.</summary>
    public float Value { get; set; }
}

/// <summary>A part of one axis: the places Start, Start + Step and so on up to Stop, as Python's slices have them.</summary>
public sealed class SliceAttribute : LayerAttribute
{
    /// <summary>The axis, without the batch; a negative one counts from the end. Default: 0.</summary>
    public int Axis { get; set; }

    /// <summary>The first place; a negative one counts from the end. Default: the first of the axis, or the last where the step goes back.</summary>
    public int Start { get; set; }

    /// <summary>The first place that is not taken; a negative one counts from the end. Default: all are taken.</summary>
    public int Stop { get; set; }

    /// <summary>From one place to the next; a negative one goes back. Default: 1.</summary>
    public int Step { get; set; }
}

/// <summary>A sequence from its last step to the first; of <c>[C, L]</c>, along the length.</summary>
public sealed class ReverseAttribute : LayerAttribute;

/// <summary>A vector at each step of a sequence: <c>[f]</c> becomes <c>[n, f]</c>.</summary>
public sealed class RepeatVectorAttribute : LayerAttribute
{
    /// <param name="n">How many steps there are.</param>
    public RepeatVectorAttribute(int n) => N = n;

    /// <summary>How many steps there are.</summary>
    public int N { get; }
}
