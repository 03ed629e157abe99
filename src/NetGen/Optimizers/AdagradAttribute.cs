namespace NetGen;

/// <summary>
/// Adagrad: <c>w -= LearningRate * g / (sqrt(s) + Epsilon)</c>, where s is the sum of the squares of all gradients so far. As
/// in PyTorch.
/// </summary>
public sealed class AdagradAttribute : OptimizerAttribute
{
    /// <summary>With a learning rate of 0.01, unless <see cref="LearningRate"/> says another.</summary>
    public AdagradAttribute()
    {
    }

    /// <param name="learningRate">The length of a step.</param>
    public AdagradAttribute(float learningRate) => LearningRate = learningRate;

    /// <summary>The length of a step. Default: 0.01. A schedule is YAML's alone.</summary>
    public float LearningRate { get; set; }

    /// <summary>Added to the root that is divided by. Default: 1e-10.</summary>
    public float Epsilon { get; set; }

    /// <summary>Decoupled from the gradient: <c>w -= LearningRate * WeightDecay * w</c>, for every trained parameter. Default: 0.</summary>
    public float WeightDecay { get; set; }
}
