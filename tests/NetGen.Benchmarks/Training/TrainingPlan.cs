namespace NetGen.Benchmarks;

/// <summary>How everybody trains: Adam, whose rate falls in a straight line to nothing at the end, as whoever wants a result in few epochs has it.</summary>
/// <param name="Epochs">The most epochs.</param>
/// <param name="LearningRate">The first step's.</param>
internal sealed record TrainingPlan(int Epochs, float LearningRate)
{
    public const int BatchSize = 64;

    /// <summary>The steps of an epoch; the last has what is left.</summary>
    public static int Steps(int samples) => (samples + BatchSize - 1) / BatchSize;

    /// <summary>The rate of a step, from 0.</summary>
    public float Rate(long step, int samples) => LearningRate * (1 - (float)step / (Epochs * Steps(samples)));
}
