namespace NetGen.Training;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The validation loss had not improved for <see cref="TrainingOptions.Patience"/> epochs.</summary>
    NoImprovement,

    /// <summary>The cancellation token was set.</summary>
    Cancelled,
}
