using System;

namespace NetGen;

/// <summary>The shape of one sample; or with a name, that of one of several inputs of which a sample is made, back to back in the order of the attributes.</summary>
public sealed class InputAttribute : SpecAttribute
{
    /// <param name="shape">
    /// <c>784</c> for a vector, <c>1, 8, 8</c> for an image (channels, height, width), <c>100, 6</c> for 100 time
    /// steps of 6 features or the other way round, as <see cref="Layout"/> says.
    /// </param>
    public InputAttribute(params int[] shape) => Shape = shape;

    /// <param name="name">What layers call it, as in <c>From = "image"</c>.</param>
    /// <param name="shape">The same of this input.</param>
    public InputAttribute(string name, params int[] shape)
    {
        Name = name;
        Shape = shape;
    }

    /// <summary>What layers call it; null for the only input, which is called <c>input</c>.</summary>
    public string? Name { get; }

    /// <summary>The size of every axis.</summary>
    public int[] Shape { get; }

    /// <summary>What two axes mean. Default: what the first layer takes.</summary>
    public Layout Layout { get; set; }
}
