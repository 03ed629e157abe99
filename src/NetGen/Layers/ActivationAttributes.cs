namespace NetGen;

/// <summary><c>x</c>: changes nothing.</summary>
public sealed class LinearAttribute : LayerAttribute;

/// <summary><c>max(0, x)</c></summary>
public sealed class ReluAttribute : LayerAttribute;

/// <summary><c>min(max(0, x), 6)</c></summary>
public sealed class Relu6Attribute : LayerAttribute;

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

/// <summary><c>x</c> where positive, else <c>alpha * (e^x - 1)</c>, scaled; with the alpha and the scale that keep mean 0 and variance 1.</summary>
public sealed class SeluAttribute : LayerAttribute;

/// <summary><c>x</c> times the normal distribution up to <c>x</c>.</summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary><c>"tanh"</c> for the formula <c>x (1 + tanh(√(2 / π) (x + 0.044715 x³))) / 2</c>. Default: <c>"none"</c>, exact.</summary>
    public string? Approximate { get; set; }
}

/// <summary><c>x * sigmoid(x)</c>, also known as swish.</summary>
public sealed class SiluAttribute : LayerAttribute;

/// <summary><c>x * tanh(softplus(x))</c></summary>
public sealed class MishAttribute : LayerAttribute;

/// <summary><c>1 / (1 + e^-x)</c></summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary><c>relu6(x + 3) / 6</c></summary>
public sealed class HardSigmoidAttribute : LayerAttribute;

/// <summary><c>x * relu6(x + 3) / 6</c></summary>
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>The hyperbolic tangent.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary><c>log(1 + e^x)</c></summary>
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary><c>x / (1 + |x|)</c></summary>
public sealed class SoftsignAttribute : LayerAttribute;

/// <summary><c>e^x</c></summary>
public sealed class ExpAttribute : LayerAttribute;

/// <summary>The natural logarithm: NaN below 0.</summary>
public sealed class LogAttribute : LayerAttribute;

/// <summary>The square root: NaN below 0.</summary>
public sealed class SqrtAttribute : LayerAttribute;

/// <summary><c>x * x</c></summary>
public sealed class SquareAttribute : LayerAttribute;

/// <summary><c>|x|</c></summary>
public sealed class AbsAttribute : LayerAttribute;

/// <summary><c>1 / x</c></summary>
public sealed class ReciprocalAttribute : LayerAttribute;

/// <summary>The sine of radians.</summary>
public sealed class SinAttribute : LayerAttribute;

/// <summary>The cosine of radians.</summary>
public sealed class CosAttribute : LayerAttribute;

/// <summary><c>e^x</c> over the sum of all of them: probabilities that sum to 1.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>The logarithm of <see cref="SoftmaxAttribute"/>.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
