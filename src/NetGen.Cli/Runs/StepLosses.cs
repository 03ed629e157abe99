using System;
using System.Collections.Generic;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>
/// Records the loss by steps, in a bounded number of points: each is the mean of as many steps, and when there are too many points, neighbours are joined.
/// </summary>
internal sealed class StepLosses : TrainingCallback
{
    private const int MostPoints = 2_048;

    private readonly List<double> points = [];
    private long stepsPerPoint = 1;
    private double sum;
    private long count;

    /// <summary>The points, the last of which may be of fewer steps.</summary>
    public IReadOnlyList<StepLoss> Points
    {
        get
        {
            var all = new List<StepLoss>(points.Count + 1);
            for (int i = 0; i < points.Count; i++)
                all.Add(new StepLoss((i + 1) * stepsPerPoint, points[i]));
            if (count > 0)
                all.Add(new StepLoss(points.Count * stepsPerPoint + count, sum / count));
            return all;
        }
    }

    /// <inheritdoc/>
    public override void AfterStep(TrainingStatus status) => Add(status.Loss);

    /// <summary>Takes the loss of the next step.</summary>
    internal void Add(double loss)
    {
        (sum, count) = (sum + loss, count + 1);
        if (count < stepsPerPoint)
            return;
        points.Add(sum / count);
        (sum, count) = (0, 0);
        if (points.Count < MostPoints)
            return;
        for (int i = 0; i < MostPoints / 2; i++)
            points[i] = (points[2 * i] + points[2 * i + 1]) / 2;
        points.RemoveRange(MostPoints / 2, MostPoints / 2);
        stepsPerPoint *= 2;
    }

    /// <inheritdoc/>
    public override string SaveState()
    {
        var numbers = new List<double>(points) { sum, count, stepsPerPoint };
        byte[] bytes = new byte[numbers.Count * sizeof(double)];
        Buffer.BlockCopy(numbers.ToArray(), 0, bytes, 0, bytes.Length);
        return Convert.ToBase64String(bytes);
    }

    /// <inheritdoc/>
    public override void RestoreState(string state)
    {
        byte[] bytes = Convert.FromBase64String(state);
        double[] numbers = new double[bytes.Length / sizeof(double)];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        points.Clear();
        points.AddRange(numbers[..^3]);
        (sum, count, stepsPerPoint) = (numbers[^3], (long)numbers[^2], (long)numbers[^1]);
    }
}
