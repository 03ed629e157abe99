namespace NetGen;

/// <summary>The mean over some axes, or over all: then one value is left.</summary>
public sealed class ReduceMeanAttribute : LayerAttribute
{
    /// <summary>Over all axes.</summary>
    public ReduceMeanAttribute()
    {
    }

    /// <param name="axes">The axes that go, counted from 0 without the batch; negative ones from the end.</param>
    public ReduceMeanAttribute(params int[] axes) => Axes = axes;

    /// <summary>The axes that go. Default: all.</summary>
    public int[]? Axes { get; set; }

    /// <summary>Whether the axes stay, with one element each. Default: <c>false</c>.</summary>
    public bool KeepDims { get; set; }
}

/// <summary>The sum over some axes, or over all: then one value is left.</summary>
public sealed class ReduceSumAttribute : LayerAttribute
{
    /// <summary>Over all axes.</summary>
    public ReduceSumAttribute()
    {
    }

    /// <param name="axes">The axes that go, counted from 0 without the batch; negative ones from the end.</param>
    public ReduceSumAttribute(params int[] axes) => Axes = axes;

    /// <summary>The axes that go. Default: all.</summary>
    public int[]? Axes { get; set; }

    /// <summary>Whether the axes stay, with one element each. Default: <c>false</c>.</summary>
    public bool KeepDims { get; set; }
}

/// <summary>The largest value over some axes, or over all: then one value is left.</summary>
public sealed class ReduceMaxAttribute : LayerAttribute
{
    /// <summary>Over all axes.</summary>
    public ReduceMaxAttribute()
    {
    }

    /// <param name="axes">The axes that go, counted from 0 without the batch; negative ones from the end.</param>
    public ReduceMaxAttribute(params int[] axes) => Axes = axes;

    /// <summary>The axes that go. Default: all.</summary>
    public int[]? Axes { get; set; }

    /// <summary>Whether the axes stay, with one element each. Default: <c>false</c>.</summary>
    public bool KeepDims { get; set; }
}

/// <summary>The smallest value over some axes, or over all: then one value is left.</summary>
public sealed class ReduceMinAttribute : LayerAttribute
{
    /// <summary>Over all axes.</summary>
    public ReduceMinAttribute()
    {
    }

    /// <param name="axes">The axes that go, counted from 0 without the batch; negative ones from the end.</param>
    public ReduceMinAttribute(params int[] axes) => Axes = axes;

    /// <summary>The axes that go. Default: all.</summary>
    public int[]? Axes { get; set; }

    /// <summary>Whether the axes stay, with one element each. Default: <c>false</c>.</summary>
    public bool KeepDims { get; set; }
}
