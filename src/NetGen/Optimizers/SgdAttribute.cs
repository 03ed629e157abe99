namespace NetGen;

/// <summary>Stochastic gradient descent: <c>v = Momentum * v + g; w -= LearningRate * v</c>, as in PyTorch.</summary>
public sealed class SgdAttribute : OptimizerAttribute
{
    /// <summary>With a learning rate of 0.01, unless <see cref="LearningRate"/> says another.</summary>
    public SgdAttribute()
    {
    }

    /// <param name="learningRate">The length of a step.</param>
    public SgdAttribute(float learningRate) => LearningRate = learningRate;

    /// <summary>The length of a step. Default: 0.01. A schedule is YAML's alone.</summary>
    public float LearningRate { get; set; }

    /// <summary>How much of the last step is kept. Default: 0, plain gradient descent.</summary>
    public float Momentum { get; set; }

    /// <summary>Nesterov's momentum, <c>w -= LearningRate * (g + Momentum * v)</c>. Default: false.</summary>
    public bool Nesterov { get; set; }

    /// <summary>Decoupled from the gradient: <c>w -= LearningRate * WeightDecay * w</c>, for every trained parameter. Default: 0.</summary>
    public float WeightDecay { get; set; }
}
