namespace NetGen.Training;

/// <summary>
/// Lowers the learning rate where the validation loss, or <see cref="TrainingOptions.Monitor"/>, has not improved for some epochs, as Keras's
/// <c>ReduceLROnPlateau</c> does; needs validation data.
/// </summary>
public sealed record ReduceOnPlateau
{
    /// <summary>What the rate is multiplied by, between 0 and 1.</summary>
    public float Factor { get; init; } = 0.1f;

    /// <summary>The epochs without an improvement after which that happens; over 0.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How large an improvement must be to count; not negative.</summary>
    public double MinDelta { get; init; } = 1e-4;

    /// <summary>The epochs after a reduction in which none are counted; not negative.</summary>
    public int Cooldown { get; init; }

    /// <summary>The rate never falls below this; not negative.</summary>
    public float MinLearningRate { get; init; }
}
