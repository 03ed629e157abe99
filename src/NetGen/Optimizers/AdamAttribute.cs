namespace NetGen;

/// <summary>
/// Adam: <c>w -= LearningRate * m / (sqrt(v) + Epsilon)</c>, where m and v are the running means of the gradients and of their
/// squares, without the bias of their beginning. As in PyTorch.
/// </summary>
public sealed class AdamAttribute : OptimizerAttribute
{
    /// <summary>With a learning rate of 0.001, unless <see cref="LearningRate"/> says another.</summary>
    public AdamAttribute()
    {
    }

    /// <param name="learningRate">The length of a step.</param>
    public AdamAttribute(float learningRate) => LearningRate = learningRate;

    /// <summary>The length of a step. Default: 0.001. A schedule is YAML's alone.</summary>
    public float LearningRate { get; set; }

    /// <summary>How much of the mean of the gradients is kept in a step. Default: 0.9.</summary>
    public float Beta1 { get; set; }

    /// <summary>How much of the mean of their squares is kept in a step. Default: 0.999.</summary>
    public float Beta2 { get; set; }

    /// <summary>Added to the root that is divided by. Default: 1e-8.</summary>
    public float Epsilon { get; set; }

    /// <summary>Decoupled from the gradient: <c>w -= LearningRate * WeightDecay * w</c>, for every trained parameter. Default: 0.</summary>
    public float WeightDecay { get; set; }
}
