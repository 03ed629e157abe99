namespace NetGen.Training;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs, or all steps, were trained.</summary>
    Completed,

    /// <summary>The validation loss, or the monitored metric, had not improved for <see cref="TrainingOptions.Patience"/> epochs.</summary>
    NoImprovement,

    /// <summary>The cancellation token was set.</summary>
    Cancelled,

    /// <summary>A callback asked for it.</summary>
    Stopped,
}
