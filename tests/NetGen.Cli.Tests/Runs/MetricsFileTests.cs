using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Cli.Report;
using NetGen.Cli.Runs;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Runs;

public sealed class MetricsFileTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(80)]
    public void What_is_read_is_what_was_written(int epochs)
    {
        EpochReport[] reports = [.. Enumerable.Range(1, epochs).Select(e => new EpochReport
        {
            Epoch = e, Epochs = epochs, Steps = 10 * e, TrainLoss = 1.0 / e, ValidationLoss = e == 2 ? null : 2.0 / e, ValidationAccuracy = 0.1 * (e % 10), LearningRate = 0.01f / e,
            Duration = TimeSpan.FromMilliseconds(e), IsBest = e % 2 == 1, Metrics = new Dictionary<string, double> { ["F1"] = e / 7.0, ["top-3 accuracy"] = 0.5 },
        })];
        StepLoss[] steps = [.. Enumerable.Range(1, 10 * epochs + 5).Select(static s => new StepLoss(s, 3.0 / s))];
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, MetricsFile.Write(new TrainingCurves(reports, steps)));

            TrainingCurves read = MetricsFile.Read(path);

            Assert.Equal(reports.Select(static r => (r.Epoch, r.Steps, r.TrainLoss, r.ValidationLoss, r.ValidationAccuracy, r.LearningRate, r.Duration, r.IsBest)),
                read.Epochs.Select(static r => (r.Epoch, r.Steps, r.TrainLoss, r.ValidationLoss, r.ValidationAccuracy, r.LearningRate, r.Duration, r.IsBest)));
            Assert.All(read.Epochs.Zip(reports), static p => Assert.Equal(p.Second.Metrics, p.First.Metrics));
            // Of many epochs, the epochs are enough.
            Assert.Equal(epochs < 50 ? steps : [], read.StepLosses);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_of_something_else_is_refused_by_its_line()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a,b\n1,2\n");
            Assert.Contains("it does not begin as netgen train writes it", Assert.Throws<RunException>(() => MetricsFile.Read(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, "epoch,step,training_loss,validation_loss,validation_accuracy,learning_rate,seconds,best\n1,1,x,1,1,1,1,1\n");
            Assert.Contains("(2): 'x' in column training_loss is no number", Assert.Throws<RunException>(() => MetricsFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Losses_of_very_many_steps_are_means_of_as_many_each_and_go_on_where_they_were()
    {
        var whole = new StepLosses();
        var first = new StepLosses();
        for (int step = 1; step <= 10_000; step++)
            Step(whole, step);
        for (int step = 1; step <= 7_001; step++)
            Step(first, step);
        var second = new StepLosses();
        second.RestoreState(first.SaveState());
        for (int step = 7_002; step <= 10_000; step++)
            Step(second, step);

        Assert.Equal(whole.Points, second.Points);
        Assert.InRange(whole.Points.Count, 1_000, 2_048);
        Assert.Equal(10_000, whole.Points[^1].Step);
        // Losses are the numbers of their steps: a mean is in the middle.
        Assert.All(whole.Points.Zip(whole.Points.Skip(1)), static p => Assert.Equal((p.First.Step + 1 + p.Second.Step) / 2.0, p.Second.Loss));
    }

    private static void Step(StepLosses losses, int step) => losses.Add(step);
}
