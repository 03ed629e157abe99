using System.Collections.Generic;

namespace NetGen.Training.Checkpoints;

/// <summary>All that a run knows between two steps, but its arrays.</summary>
internal sealed class RunState
{
    /// <summary>The epoch that is trained, or was last, counted from 1; 0 before the first.</summary>
    public int Epoch { get; set; }

    /// <summary>The epoch has begun, and is not finished.</summary>
    public bool IsInEpoch { get; set; }

    /// <summary>The samples of the epoch that are done.</summary>
    public long Position { get; set; }

    /// <summary>The steps of the run.</summary>
    public long Step { get; set; }

    /// <summary>The epoch's losses, added up by samples.</summary>
    public double LossSum { get; set; }

    /// <summary>What was spent on the epoch before the process that is running.</summary>
    public double EpochSeconds { get; set; }

    /// <summary>The learning rate of the last step.</summary>
    public float LearningRate { get; set; }

    /// <summary>The best value of the monitor, as a number of which less is better.</summary>
    public double Lowest { get; set; } = double.PositiveInfinity;

    /// <summary>The value that patience waits to be improved.</summary>
    public double ToImprove { get; set; } = double.PositiveInfinity;

    /// <summary>The epoch in which it was.</summary>
    public int LastImprovement { get; set; }

    /// <summary>The epoch whose weights are kept; 0 those of the beginning.</summary>
    public int KeptEpoch { get; set; }

    /// <summary>What the learning rate is multiplied by.</summary>
    public float RateFactor { get; set; } = 1;

    /// <summary>The value that the learning rate waits to be improved.</summary>
    public double PlateauBest { get; set; } = double.PositiveInfinity;

    /// <summary>The epochs without an improvement of that.</summary>
    public int PlateauWait { get; set; }

    /// <summary>The epochs in which none are counted.</summary>
    public int PlateauCooldown { get; set; }

    /// <summary>What the callbacks keep, in their order; null where none of them keeps anything.</summary>
    public string?[]? Callbacks { get; set; }

    /// <summary>The finished epochs.</summary>
    public List<EpochReport> Reports { get; set; } = [];
}
