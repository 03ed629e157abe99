using System;

namespace NetGen;

/// <summary>The shape of one sample.</summary>
public sealed class InputAttribute : SpecAttribute
{
    /// <param name="shape">
    /// <c>784</c> for a vector, <c>1, 8, 8</c> for an image (channels, height, width), <c>100, 6</c> for 100 time
    /// steps of 6 features or the other way round, as <see cref="Layout"/> says.
    /// </param>
    public InputAttribute(params int[] shape) => Shape = shape;

    /// <summary>The size of every axis.</summary>
    public int[] Shape { get; }

    /// <summary>What two axes mean. Default: what the first layer takes.</summary>
    public Layout Layout { get; set; }
}
