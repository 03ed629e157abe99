using System;
using System.Collections.Generic;

namespace NetGen.Training.Loop;

/// <summary>Looks for a learning rate, and leaves the network as it was.</summary>
internal static class RateFinder
{
    private const double Smoothing = 0.9;

    public static LearningRateCurve Find<TNetwork, TData>(TNetwork network, Samples<TData> samples, MiniBatch<TNetwork, TData> batch, LearningRateSearch search)
        where TNetwork : class, ITrainableNetwork<TNetwork>
        where TData : Dataset
    {
        var before = new NetworkCopy<TNetwork>(network);
        var points = new List<LearningRatePoint>();
        double average = 0, lowest = double.PositiveInfinity;
        try
        {
            long position = samples.Count;
            for (int step = 0, epoch = 0; step < search.Steps; step++)
            {
                if (position + search.BatchSize > samples.Count)
                {
                    samples.BeginEpoch(++epoch);
                    position = 0;
                }

                int count = (int)Math.Min(search.BatchSize, samples.Count - position);
                samples.Load(position, count);
                position += count;
                float rate = (float)(search.From * Math.Pow((double)search.To / search.From, step / (search.Steps - 1.0)));
                float loss = batch.TrainStep(network, 0, count, rate);
                if (!float.IsFinite(loss))
                    break;

                average = Smoothing * average + (1 - Smoothing) * loss;
                double smoothed = average / (1 - Math.Pow(Smoothing, step + 1));
                points.Add(new LearningRatePoint(rate, loss, smoothed));
                lowest = Math.Min(lowest, smoothed);
                if (smoothed > search.StopFactor * lowest && lowest > 0)
                    break;
            }
        }
        finally
        {
            before.Restore();
        }

        return points.Count > 0 ? new LearningRateCurve(points)
            : throw new InvalidOperationException("The loss is not finite at the first step, before anything was trained; check the data and the weights.");
    }

    /// <summary>Checks what the search is given.</summary>
    public static void Check(LearningRateSearch search)
    {
        if (!(float.IsFinite(search.From) && search.From > 0 && float.IsFinite(search.To) && search.To > search.From))
            throw Invalid(FormattableString.Invariant($"From is {search.From} and To {search.To}; give finite rates over 0, To above From."));
        if (search.Steps < 10)
            throw Invalid($"Steps is {search.Steps}; a curve takes at least 10.");
        if (search.BatchSize < 1)
            throw Invalid($"BatchSize is {search.BatchSize}; a step takes at least 1 sample.");
        if (!(search.StopFactor > 1))
            throw Invalid(FormattableString.Invariant($"StopFactor is {search.StopFactor}; give a number over 1."));
    }

    private static ArgumentException Invalid(string message) => new(message, "search");
}
