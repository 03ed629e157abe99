namespace NetGen;

/// <summary>The sum of several values, element by element; an axis of one element is stretched to the size that the others have there.</summary>
public sealed class AddAttribute : LayerAttribute
{
    /// <param name="from">The names of what is added: layers that stand before, or <c>input</c>.</param>
    public AddAttribute(params string[] from) => From = from;
}

/// <summary>The first value without the others, element by element; an axis of one element is stretched to the size that the others have there.</summary>
public sealed class SubtractAttribute : LayerAttribute
{
    /// <param name="from">The names of what is subtracted from, and of what is subtracted: layers that stand before, or <c>input</c>.</param>
    public SubtractAttribute(params string[] from) => From = from;
}

/// <summary>The product of several values, element by element; an axis of one element is stretched to the size that the others have there.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <param name="from">The names of what is multiplied: layers that stand before, or <c>input</c>.</param>
    public MultiplyAttribute(params string[] from) => From = from;
}

/// <summary>
/// The first value over the others, one after another, element by element; an axis of one element is stretched to the size that the others have there.
/// </summary>
public sealed class DivideAttribute : LayerAttribute
{
    /// <param name="from">The names of what is divided, and of what it is divided by: layers that stand before, or <c>input</c>.</param>
    public DivideAttribute(params string[] from) => From = from;
}

/// <summary>The largest of several values, element by element; an axis of one element is stretched to the size that the others have there.</summary>
public sealed class MaximumAttribute : LayerAttribute
{
    /// <param name="from">The names of what is compared: layers that stand before, or <c>input</c>.</param>
    public MaximumAttribute(params string[] from) => From = from;
}

/// <summary>The smallest of several values, element by element; an axis of one element is stretched to the size that the others have there.</summary>
public sealed class MinimumAttribute : LayerAttribute
{
    /// <param name="from">The names of what is compared: layers that stand before, or <c>input</c>.</param>
    public MinimumAttribute(params string[] from) => From = from;
}

/// <summary>The mean of several values, element by element; an axis of one element is stretched to the size that the others have there.</summary>
public sealed class AverageAttribute : LayerAttribute
{
    /// <param name="from">The names of what it is the mean of: layers that stand before, or <c>input</c>.</param>
    public AverageAttribute(params string[] from) => From = from;
}

/// <summary>Several values one behind the other along an axis.</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <param name="from">The names of what is joined: layers that stand before, or <c>input</c>.</param>
    public ConcatAttribute(params string[] from) => From = from;

    /// <summary>The axis that grows, counted without the batch; a negative one from the end. Default: 0.</summary>
    public int Axis { get; set; }
}
