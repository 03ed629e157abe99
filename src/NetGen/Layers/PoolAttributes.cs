namespace NetGen;

/// <summary>The largest element of each window of each channel, along the length: <c>[C, L]</c>.</summary>
public sealed class MaxPool1DAttribute : LayerAttribute
{
    /// <param name="poolSize">The elements of a window: a number.</param>
    public MaxPool1DAttribute(object poolSize) => PoolSize = poolSize;

    /// <summary>The elements of a window.</summary>
    public object PoolSize { get; }

    /// <summary>From one window to the next. Default: <see cref="PoolSize"/>.</summary>
    public object? Strides { get; set; }

    /// <summary>
    /// <c>"valid"</c>, <c>"same"</c>, or how far windows reach beyond both ends: what is there is never the largest. Default: <c>"valid"</c>, none.
    /// </summary>
    public object? Padding { get; set; }

    /// <summary>A last window that reaches beyond the padding counts, as long as it begins within the input or the padding before it. Default: <c>false</c>.</summary>
    public bool CeilMode { get; set; }
}

/// <summary>The largest element of each window of each channel: <c>[C, H, W]</c>.</summary>
public sealed class MaxPool2DAttribute : LayerAttribute
{
    /// <param name="poolSize">The height and width of a window: a number, or one for each, <c>new[] { 2, 3 }</c>.</param>
    public MaxPool2DAttribute(object poolSize) => PoolSize = poolSize;

    /// <summary>The height and width of a window.</summary>
    public object PoolSize { get; }

    /// <summary>From one window to the next, down and across: a number, or one for each. Default: <see cref="PoolSize"/>.</summary>
    public object? Strides { get; set; }

    /// <summary>
    /// <c>"valid"</c>, <c>"same"</c>, or how far windows reach beyond the edges, a number or one for height and width: what is there is never the largest.
    /// Default: <c>"valid"</c>, not at all.
    /// </summary>
    public object? Padding { get; set; }

    /// <summary>A last window that reaches beyond the padding counts, as long as it begins within the input or the padding before it. Default: <c>false</c>.</summary>
    public bool CeilMode { get; set; }
}

/// <summary>The mean of each window of each channel, along the length: <c>[C, L]</c>.</summary>
public sealed class AveragePool1DAttribute : LayerAttribute
{
    /// <param name="poolSize">The elements of a window: a number.</param>
    public AveragePool1DAttribute(object poolSize) => PoolSize = poolSize;

    /// <summary>The elements of a window.</summary>
    public object PoolSize { get; }

    /// <summary>From one window to the next. Default: <see cref="PoolSize"/>.</summary>
    public object? Strides { get; set; }

    /// <summary>
    /// <c>"valid"</c>, <c>"same"</c>, or how many zeros stand at both ends: the mean counts those, but not those of <c>"same"</c>. Default: <c>"valid"</c>,
    /// none.
    /// </summary>
    public object? Padding { get; set; }

    /// <summary>A last window that reaches beyond the padding counts, as long as it begins within the input or the padding before it. Default: <c>false</c>.</summary>
    public bool CeilMode { get; set; }

    /// <summary>A mean counts the zeros of a padding that is a number. Default: <c>true</c>.</summary>
    public bool CountIncludePad { get; set; }
}

/// <summary>The mean of each window of each channel: <c>[C, H, W]</c>.</summary>
public sealed class AveragePool2DAttribute : LayerAttribute
{
    /// <param name="poolSize">The height and width of a window: a number, or one for each, <c>new[] { 2, 3 }</c>.</param>
    public AveragePool2DAttribute(object poolSize) => PoolSize = poolSize;

    /// <summary>The height and width of a window.</summary>
    public object PoolSize { get; }

    /// <summary>From one window to the next, down and across: a number, or one for each. Default: <see cref="PoolSize"/>.</summary>
    public object? Strides { get; set; }

    /// <summary>
    /// <c>"valid"</c>, <c>"same"</c>, or how many zeros stand at the edges, a number or one for height and width: the mean counts those, but not those of
    /// <c>"same"</c>. Default: <c>"valid"</c>, none.
    /// </summary>
    public object? Padding { get; set; }

    /// <summary>A last window that reaches beyond the padding counts, as long as it begins within the input or the padding before it. Default: <c>false</c>.</summary>
    public bool CeilMode { get; set; }

    /// <summary>A mean counts the zeros of a padding that is a number. Default: <c>true</c>.</summary>
    public bool CountIncludePad { get; set; }
}

/// <summary>The largest element of each channel: <c>[C, …]</c> becomes <c>[C]</c>.</summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;

/// <summary>The mean of each channel: <c>[C, …]</c> becomes <c>[C]</c>.</summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
