namespace NetGen;

/// <summary>Channels with a longer length: <c>[C, L]</c> becomes <c>[C, L size]</c>.</summary>
public sealed class Upsample1DAttribute : LayerAttribute
{
    /// <summary>Twice as long.</summary>
    public Upsample1DAttribute()
    {
    }

    /// <param name="size">How many times as long it becomes: a number.</param>
    public Upsample1DAttribute(object size) => Size = size;

    /// <summary>How many times as long it becomes. Default: 2.</summary>
    public object? Size { get; set; }

    /// <summary><c>"nearest"</c> repeats elements; <c>"linear"</c> lies between neighbours, with half-pixel centres. Default: <c>"nearest"</c>.</summary>
    public string? Interpolation { get; set; }
}

/// <summary>Channels with a larger height and width: <c>[C, H, W]</c> becomes <c>[C, H size, W size]</c>.</summary>
public sealed class Upsample2DAttribute : LayerAttribute
{
    /// <summary>Twice as large.</summary>
    public Upsample2DAttribute()
    {
    }

    /// <param name="size">How many times as large both become: a number, or one for each, <c>new[] { 2, 3 }</c>.</param>
    public Upsample2DAttribute(object size) => Size = size;

    /// <summary>How many times as large height and width become. Default: 2.</summary>
    public object? Size { get; set; }

    /// <summary><c>"nearest"</c> repeats elements; <c>"bilinear"</c> lies between neighbours, with half-pixel centres. Default: <c>"nearest"</c>.</summary>
    public string? Interpolation { get; set; }
}

/// <summary>Channels become squares of pixels: <c>[C r r, H, W]</c> becomes <c>[C, H r, W r]</c>, as in PyTorch.</summary>
public sealed class PixelShuffleAttribute : LayerAttribute
{
    /// <param name="factor">The side r of a square.</param>
    public PixelShuffleAttribute(int factor) => Factor = factor;

    /// <summary>The side r of a square.</summary>
    public int Factor { get; }
}

/// <summary>Squares of pixels become channels: <c>[C, H r, W r]</c> becomes <c>[C r r, H, W]</c>, as in PyTorch.</summary>
public sealed class PixelUnshuffleAttribute : LayerAttribute
{
    /// <param name="factor">The side r of a square.</param>
    public PixelUnshuffleAttribute(int factor) => Factor = factor;

    /// <summary>The side r of a square.</summary>
    public int Factor { get; }
}
