namespace NetGen;

/// <summary>The function that a layer applies to its outputs.</summary>
public enum Activation
{
    /// <summary><c>x</c></summary>
    Linear,

    /// <summary><c>max(0, x)</c></summary>
    Relu,

    /// <summary><c>x</c> where positive, else <c>0.01 x</c>.</summary>
    LeakyRelu,

    /// <summary><c>x</c> where positive, else <c>e^x - 1</c>.</summary>
    Elu,

    /// <summary><c>1 / (1 + e^-x)</c></summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>log(1 + e^x)</c></summary>
    Softplus,

    /// <summary><c>e^x</c> over the sum of all of them: probabilities that sum to 1.</summary>
    Softmax,
}
