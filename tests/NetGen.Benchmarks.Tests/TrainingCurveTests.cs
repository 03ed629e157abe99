using Xunit;

namespace NetGen.Benchmarks.Tests;

public class TrainingCurveTests
{
    private static readonly TrainingCurve s_curve = new([new(1.5, 0.97), new(1, 0.981), new(1.25, 0.979)]);

    [Fact]
    public void Counts_the_seconds_up_to_the_first_epoch_that_is_accurate_enough()
    {
        Assert.Equal(2.5, s_curve.SecondsTo(0.98));
        Assert.Null(s_curve.SecondsTo(0.99));
    }

    [Fact]
    public void An_epoch_takes_the_median()
    {
        Assert.Equal(1.25, s_curve.SecondsOfAnEpoch);
        Assert.Equal(0.981, s_curve.BestAccuracy);
    }

    [Fact]
    public void The_rate_falls_to_nothing_behind_the_last_step()
    {
        TrainingPlan plan = new(2, 0.5f);
        Assert.Equal(0.5f, plan.Rate(0, 65));
        Assert.Equal(0.25f, plan.Rate(2, 65));
        Assert.Equal(0, plan.Rate(4, 65));
    }
}
