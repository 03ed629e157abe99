namespace NetGen;

/// <summary>
/// Over the last axis, <c>y = weight * (x - mean) / sqrt(variance + Epsilon) + bias</c>: all of a vector, each step of a sequence by itself.
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance. Default: 0.00001.</summary>
    public float Epsilon { get; set; }

    /// <summary>Whether there is a weight. Default: <c>true</c>.</summary>
    public bool Scale { get; set; }

    /// <summary>Whether there is a bias. Default: <c>true</c>.</summary>
    public bool Center { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}

/// <summary>
/// Normalizes each group of neighbouring channels by its mean and variance over all places, then scales and shifts each channel; of a sequence it is features
/// over all steps, of a vector elements.
/// </summary>
public sealed class GroupNormAttribute : LayerAttribute
{
    /// <param name="groups">Into how many groups the channels are split: a number that divides them.</param>
    public GroupNormAttribute(int groups) => Groups = groups;

    /// <summary>Into how many groups the channels are split.</summary>
    public int Groups { get; }

    /// <summary>What is added to the variance. Default: 0.00001.</summary>
    public float Epsilon { get; set; }

    /// <summary>Whether there is a weight. Default: <c>true</c>.</summary>
    public bool Scale { get; set; }

    /// <summary>Whether there is a bias. Default: <c>true</c>.</summary>
    public bool Center { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}

/// <summary>
/// Normalizes each channel by its mean and variance over all places, then scales and shifts it; of a sequence it is each feature over all steps.
/// </summary>
public sealed class InstanceNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance. Default: 0.00001.</summary>
    public float Epsilon { get; set; }

    /// <summary>Whether there is a weight. Default: <c>true</c>.</summary>
    public bool Scale { get; set; }

    /// <summary>Whether there is a bias. Default: <c>true</c>.</summary>
    public bool Center { get; set; }

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

    /// <summary>Whether there is a weight. Default: <c>true</c>.</summary>
    public bool Scale { get; set; }

    /// <summary>Whether a step of training changes the weight: <c>true</c> or <c>false</c>. Default: <c>true</c>.</summary>
    public object? Trainable { get; set; }
}
