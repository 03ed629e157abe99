namespace NetGen;

/// <summary>
/// RMSprop: <c>w -= LearningRate * g / (sqrt(v) + Epsilon)</c>, where v is the running mean of the squared gradients; with
/// momentum, <c>b = Momentum * b + g / (sqrt(v) + Epsilon); w -= LearningRate * b</c>. As in PyTorch.
/// </summary>
public sealed class RmspropAttribute : OptimizerAttribute
{
    /// <summary>With a learning rate of 0.01, unless <see cref="LearningRate"/> says another.</summary>
    public RmspropAttribute()
    {
    }

    /// <param name="learningRate">The length of a step.</param>
    public RmspropAttribute(float learningRate) => LearningRate = learningRate;

    /// <summary>The length of a step. Default: 0.01. A schedule is YAML's alone.</summary>
    public float LearningRate { get; set; }

    /// <summary>How much of the mean of the squares is kept in a step. Default: 0.99.</summary>
    public float Rho { get; set; }

    /// <summary>Added to the root that is divided by. Default: 1e-8.</summary>
    public float Epsilon { get; set; }

    /// <summary>How much of the last step is kept. Default: 0.</summary>
    public float Momentum { get; set; }

    /// <summary>Decoupled from the gradient: <c>w -= LearningRate * WeightDecay * w</c>, for every trained parameter. Default: 0.</summary>
    public float WeightDecay { get; set; }
}
