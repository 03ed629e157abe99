namespace NetGen;

/// <summary><c>x</c> to the power of <c>Exponent</c>, element by element. Where x is below 0, an exponent that is not whole gives NaN.</summary>
public sealed class PowerAttribute : LayerAttribute
{
    /// <param name="exponent">The power: 2 squares, 0.5 takes the root, -1 the inverse.</param>
    public PowerAttribute(float exponent) => Exponent = exponent;

    /// <summary>The power.</summary>
    public float Exponent { get; }
}
