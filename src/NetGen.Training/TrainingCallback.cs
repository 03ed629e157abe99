namespace NetGen.Training;

/// <summary>
/// What happens around the steps and epochs of a run, on the caller's thread: override what is wanted, and hand it over in <see
/// cref="TrainingOptions.Callbacks"/>.
/// An exception ends the run; the network stays as the last step left it.
/// </summary>
public abstract class TrainingCallback
{
    /// <summary>Before the first step of an epoch; after a resumption within an epoch, before its next step.</summary>
    public virtual void BeforeEpoch(TrainingStatus status)
    {
    }

    /// <summary>Before a step.</summary>
    public virtual void BeforeStep(TrainingStatus status)
    {
    }

    /// <summary>After a step, whose loss the status has.</summary>
    public virtual void AfterStep(TrainingStatus status)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    public virtual void AfterEpoch(TrainingStatus status, EpochReport report)
    {
    }

    /// <summary>
    /// What it must know to go on where a run is resumed, as a text of its own, such as JSON; null for nothing. Called when a checkpoint is written.
    /// </summary>
    public virtual string? SaveState() => null;

    /// <summary>Takes up what <see cref="SaveState"/> gave, before a resumed run goes on. Callbacks are known by their place in the list.</summary>
    public virtual void RestoreState(string state)
    {
    }
}
