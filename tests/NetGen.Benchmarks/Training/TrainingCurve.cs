using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>One epoch.</summary>
/// <param name="Seconds">Of training alone.</param>
/// <param name="Accuracy">The share of the test images that are classified rightly after it.</param>
internal sealed record TrainedEpoch(double Seconds, double Accuracy);

/// <summary>A whole training.</summary>
internal sealed record TrainingCurve(IReadOnlyList<TrainedEpoch> Epochs)
{
    /// <summary>The median of the epochs.</summary>
    public double SecondsOfAnEpoch => Times.Of(Epochs.Select(e => e.Seconds)).Median;

    public double BestAccuracy => Epochs.Max(e => e.Accuracy);

    /// <summary>Seconds of training up to the end of the first epoch after which it is so accurate; null where it never is.</summary>
    public double? SecondsTo(double accuracy)
    {
        double seconds = 0;
        foreach (TrainedEpoch epoch in Epochs)
        {
            seconds += epoch.Seconds;
            if (epoch.Accuracy >= accuracy)
                return seconds;
        }

        return null;
    }
}
