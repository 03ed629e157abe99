namespace NetGen;

/// <summary>The sum of several values of one shape, element by element.</summary>
public sealed class AddAttribute : LayerAttribute
{
    /// <param name="from">The names of what is added: layers that stand before, or <c>input</c>.</param>
    public AddAttribute(params string[] from) => From = from;
}

/// <summary>The product of several values of one shape, element by element.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <param name="from">The names of what is multiplied: layers that stand before, or <c>input</c>.</param>
    public MultiplyAttribute(params string[] from) => From = from;
}

/// <summary>Several values one behind the other along an axis.</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <param name="from">The names of what is joined: layers that stand before, or <c>input</c>.</param>
    public ConcatAttribute(params string[] from) => From = from;

    /// <summary>The axis that grows, counted without the batch; a negative one from the end. Default: 0.</summary>
    public int Axis { get; set; }
}
