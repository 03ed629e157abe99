namespace NetGen;

/// <summary><c>x</c>: changes nothing.</summary>
public sealed class LinearAttribute : LayerAttribute;

/// <summary><c>max(0, x)</c></summary>
public sealed class ReluAttribute : LayerAttribute;

/// <summary><c>x</c> where positive, else <c>NegativeSlope * x</c>.</summary>
public sealed class LeakyReluAttribute : LayerAttribute
{
    /// <summary>With a slope of 0.01, unless <see cref="NegativeSlope"/> says another.</summary>
    public LeakyReluAttribute()
    {
    }

    /// <param name="negativeSlope">The slope where x is negative.</param>
    public LeakyReluAttribute(float negativeSlope) => NegativeSlope = negativeSlope;

    /// <summary>The slope where x is negative. Default: 0.01.</summary>
    public float NegativeSlope { get; set; }
}

/// <summary><c>x</c> where positive, else <c>Alpha * (e^x - 1)</c>.</summary>
public sealed class EluAttribute : LayerAttribute
{
    /// <summary>With an alpha of 1, unless <see cref="Alpha"/> says another.</summary>
    public EluAttribute()
    {
    }

    /// <param name="alpha">What the output falls to, negated, as x falls.</param>
    public EluAttribute(float alpha) => Alpha = alpha;

    /// <summary>What the output falls to, negated, as x falls. Default: 1.</summary>
    public float Alpha { get; set; }
}

/// <summary><c>1 / (1 + e^-x)</c></summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>The hyperbolic tangent.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary><c>log(1 + e^x)</c></summary>
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary><c>e^x</c> over the sum of all of them: probabilities that sum to 1.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;
