using System;
using System.Linq;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>How well predictions do: the root of the mean squared error, in the target's units, and R2.</summary>
internal sealed record Score(double Rmse, double R2)
{
    /// <summary>Scores predictions that are in the target's units.</summary>
    public static Score Of(ReadOnlySpan<float> predictions, TargetDataset data) =>
        new(Math.Sqrt(Metrics.MeanSquaredError(predictions, data.Targets)), Metrics.R2(predictions, data.Targets));
}

/// <summary>One split of the patients, and the test scores of the three models on it.</summary>
internal sealed record Experiment(
    TargetDataset Train, TargetDataset Validation, TargetDataset Test, TrainingHistory History, float LargestGradient,
    Score Mean, Score Linear, Score Network)
{
    /// <summary>Splits the patients by a seed, trains and tests.</summary>
    public static Experiment Run(TargetDataset patients, int seed)
    {
        (TargetDataset rest, TargetDataset test) = patients.Split(testFraction: 0.2, seed);
        (TargetDataset train, TargetDataset validation) = rest.Split(testFraction: 0.2, seed);

        // Fitted on the training patients alone. The targets too, since a network learns best around 0 and 1.
        Standardizer features = Standardizer.FitFeatures(train);
        Standardizer targets = Standardizer.FitTargets(train);
        TargetDataset Prepare(TargetDataset data) => targets.ApplyToTargets(features.ApplyToFeatures(data));

        // In the target's units again.
        Score Test<TNetwork>(TNetwork network) where TNetwork : class, INetwork<TNetwork>
        {
            float[] predictions = network.Predict(features.ApplyToFeatures(test));
            targets.Invert(predictions);
            return Score.Of(predictions, test);
        }

        float[] mean = [.. Enumerable.Repeat((float)targets.Means[0], test.Count)];

        // Least squares: all samples in every step, until the gradient vanishes.
        var linear = new Linear(seed);
        TargetDataset all = Prepare(train);
        linear.Fit(all, options: new TrainingOptions { Epochs = 2_000, BatchSize = all.Count });
        linear.Backward(all.Features, all.Targets);
        float largestGradient = linear.Gradients.ToArray().Max(MathF.Abs);

        var network = new Diabetes(seed);
        TrainingHistory history = network.Fit(
            Prepare(train), Prepare(validation), new TrainingOptions { Epochs = 500, BatchSize = 32, Seed = seed, Patience = 30 });

        return new Experiment(train, validation, test, history, largestGradient, Score.Of(mean, test), Test(linear), Test(network));
    }
}
