namespace NetGen.Training;

/// <summary>How far a run is, for its callbacks, which may stop it. One object for the whole run.</summary>
public sealed class TrainingStatus
{
    internal TrainingStatus(int epochs) => Epochs = epochs;

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The epochs that were asked for.</summary>
    public int Epochs { get; }

    /// <summary>The steps of the run that are done.</summary>
    public long Step { get; internal set; }

    /// <summary>The samples of the epoch that are done.</summary>
    public long SamplesDone { get; internal set; }

    /// <summary>The loss of the last step; NaN before the first.</summary>
    public float Loss { get; internal set; } = float.NaN;

    /// <summary>The learning rate of this step: before and after it.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>Why the run is to stop; null where it is not.</summary>
    internal string? StopWish { get; private set; }

    /// <summary>
    /// Ends the run after this step; after an epoch, at once. The history says why. Of several <see cref="TrainingOptions.Processes"/> any may stop all,
    /// which take one more step of the epoch, since it is with a step that they hear of it.
    /// </summary>
    /// <param name="reason">For the history: <c>"the loss is below 0.01"</c>.</param>
    public void Stop(string reason) => StopWish ??= reason;
}
