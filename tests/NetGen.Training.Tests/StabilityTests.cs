using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>
/// How far two runs are apart that differ in one sample: M. Hardt, B. Recht, Y. Singer, "Train faster, generalize better: Stability of stochastic
/// gradient descent" (2016), theorem 3.8:
/// of a convex loss whose gradients are bounded by L and Lipschitz by beta, at rates up to 2 / beta, the mean distance is at most 2 L / n times the
/// sum of the rates.
/// </summary>
public sealed class StabilityTests
{
    private const int Steps = 600, Replacements = 12;

    private static readonly LabeledDataset train = Flowers.Train.Subset([.. Enumerable.Range(0, 60)]);

    [Theory]
    [InlineData(0.005f)]
    [InlineData(0.02f)]
    [InlineData(0.08f)]
    public void The_distance_of_the_weights_stays_within_the_bound_of_a_convex_loss(float rate)
    {
        double[] distances = Distances(rate);
        double largest = Enumerable.Range(0, Flowers.Train.Count).Max(i => 1 + Norm(Flowers.Train.FeaturesOf(i).ToArray().Select(x => (double)x))); // of a sample with the bias's 1, squared
        double lipschitz = Math.Sqrt(2 * largest); // the gradient is (f - y) x, and |f - y|^2 at most 2

        Assert.True(rate <= 2 / (largest / 2), "the rate is too large for the theorem"); // the softmax's Hessian is at most 1/2
        for (int step = 0; step < Steps; step++)
            Assert.True(distances[step] <= 2 * lipschitz / train.Count * rate * (step + 1), $"step {step + 1}: {distances[step]}");
        Assert.True(distances[^1] > 0, "the runs do not differ");
    }

    [Fact]
    public void More_steps_and_higher_rates_take_them_further_apart()
    {
        double[] low = Distances(0.005f), high = Distances(0.08f);

        Assert.True(low[^1] > low[99] && high[^1] > high[99], "steps");
        Assert.True(high[^1] > 2 * low[^1], "rates");
    }

    // The mean over some replaced samples, after each step.
    private static double[] Distances(float rate)
    {
        var mean = new double[Steps];
        List<float[]> with = Weights(train, rate);
        for (int replaced = 0; replaced < Replacements; replaced++)
        {
            int[] samples = [.. Enumerable.Range(0, train.Count)];
            samples[replaced * 5] = train.Count + replaced;
            List<float[]> without = Weights(Flowers.Train.Subset(samples), rate);
            for (int step = 0; step < Steps; step++)
                mean[step] += Math.Sqrt(Norm(with[step].Zip(without[step], (a, b) => (double)a - b))) / Replacements;
        }

        return mean;
    }

    private static List<float[]> Weights(LabeledDataset data, float rate)
    {
        var net = new LinearNet();
        var weights = new List<float[]>();
        net.Fit(data, options: new TrainingOptions { Steps = Steps, BatchSize = 1, LearningRate = rate, Callbacks = [new Watch(() => weights.Add(net.Parameters.ToArray()))] });
        return weights;
    }

    private static double Norm(IEnumerable<double> values) => values.Sum(value => value * value);

    private sealed class Watch(Action afterStep) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status) => afterStep();
    }
}
