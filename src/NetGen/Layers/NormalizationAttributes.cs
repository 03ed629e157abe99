namespace NetGen;

/// <summary>
/// Over the last axis, <c>y = weight * (x - mean) / sqrt(variance + Epsilon) + bias</c>: all of a vector, each step of a sequence by itself.
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance. Default: 0.00001.</summary>
    public float Epsilon { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}

/// <summary>
/// Over the last axis, <c>y = weight * x / sqrt(mean of x^2 + Epsilon)</c>: all of a vector, each step of a sequence by itself.
/// </summary>
public sealed class RmsNormAttribute : LayerAttribute
{
    /// <summary>What is added to the mean square. Default: 0.00001.</summary>
    public float Epsilon { get; set; }

    /// <summary>Whether a step of training changes the weight: <c>true</c> or <c>false</c>. Default: <c>true</c>.</summary>
    public object? Trainable { get; set; }
}
