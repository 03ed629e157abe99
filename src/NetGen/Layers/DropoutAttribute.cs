namespace NetGen;

/// <summary>
/// Training drops each input with probability <see cref="Rate"/> and divides the others by <c>1 - Rate</c>;
/// inference changes nothing.
/// </summary>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <param name="rate">The share that is dropped, from 0 to below 1.</param>
    public DropoutAttribute(float rate) => Rate = rate;

    /// <summary>The share that is dropped.</summary>
    public float Rate { get; }
}
