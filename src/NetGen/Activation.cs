namespace NetGen;

/// <summary>The function that a layer applies to its outputs.</summary>
public enum Activation
{
    /// <summary><c>x</c></summary>
    Linear,

    /// <summary><c>max(0, x)</c></summary>
    Relu,

    /// <summary><c>min(max(0, x), 6)</c></summary>
    Relu6,

    /// <summary><c>x</c> where positive, else <c>0.01 x</c>.</summary>
    LeakyRelu,

    /// <summary><c>x</c> where positive, else <c>e^x - 1</c>.</summary>
    Elu,

    /// <summary><see cref="Elu"/> with the alpha and the scale that keep mean 0 and variance 1.</summary>
    Selu,

    /// <summary><c>x</c> times the normal distribution up to <c>x</c>.</summary>
    Gelu,

    /// <summary><c>x * sigmoid(x)</c>, also known as swish.</summary>
    Silu,

    /// <summary><c>x * tanh(softplus(x))</c></summary>
    Mish,

    /// <summary><c>1 / (1 + e^-x)</c></summary>
    Sigmoid,

    /// <summary><c>relu6(x + 3) / 6</c></summary>
    HardSigmoid,

    /// <summary><c>x * relu6(x + 3) / 6</c></summary>
    HardSwish,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>log(1 + e^x)</c></summary>
    Softplus,

    /// <summary><c>x / (1 + |x|)</c></summary>
    Softsign,

    /// <summary><c>e^x</c></summary>
    Exp,

    /// <summary>The natural logarithm: NaN below 0.</summary>
    Log,

    /// <summary>The square root: NaN below 0.</summary>
    Sqrt,

    /// <summary><c>x * x</c></summary>
    Square,

    /// <summary><c>|x|</c></summary>
    Abs,

    /// <summary><c>1 / x</c></summary>
    Reciprocal,

    /// <summary>The sine of radians.</summary>
    Sin,

    /// <summary>The cosine of radians.</summary>
    Cos,

    /// <summary><c>e^x</c> over the sum of all of them: probabilities that sum to 1.</summary>
    Softmax,

    /// <summary>The logarithm of <see cref="Softmax"/>.</summary>
    LogSoftmax,
}
