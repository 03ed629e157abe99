namespace NetGen;

/// <summary>
/// Takes off each channel's mean and divides by its deviation, then scales and shifts: by the batch's in training, by running ones in inference.
/// Of a sequence it is per feature, of a vector per element.
/// </summary>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance. Default: 1e-5.</summary>
    public float Epsilon { get; set; }

    /// <summary>The share of the batch's statistics in the running ones after a step, as in PyTorch. Default: 0.1.</summary>
    public float Momentum { get; set; }

    /// <summary>Whether there is a weight. Default: <c>true</c>.</summary>
    public bool Scale { get; set; }

    /// <summary>Whether there is a bias. Default: <c>true</c>.</summary>
    public bool Center { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c> (then the running statistics are used and kept), or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}
