using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>What is measured of a network, by what it is asked; of numbers in the units of the data.</summary>
internal static class Measures
{
    /// <summary>The names that --metric and --monitor take.</summary>
    public static IReadOnlyList<string> Names { get; } = ["accuracy", "precision", "recall", "f1", "roc_auc", "perplexity", "top_k", "mae", "mse", "rmse", "r2"];

    /// <summary>The usual figures beside the loss.</summary>
    /// <param name="task">What the network is asked.</param>
    /// <param name="targets">What the targets were standardized with.</param>
    /// <param name="hasLabels">The data have a class for each sample.</param>
    public static IReadOnlyList<Metric> Usual(NetworkTask task, Standardizer? targets, bool hasLabels) => task.Answer switch
    {
        Answer.Class when hasLabels => [Metric.F1],
        Answer.Binary when hasLabels => [Metric.F1, Metric.RocAuc],
        Answer.Class or Answer.Binary => [],
        _ => [InUnits(Metric.RootMeanSquaredError, targets), InUnits(Metric.MeanAbsoluteError, targets), InUnits(Metric.R2, targets)],
    };

    /// <summary>A metric by its name; null where there is none of that name.</summary>
    public static Metric? Find(string name) => name switch
    {
        "accuracy" => Metric.Accuracy,
        "precision" => Metric.Precision,
        "recall" => Metric.Recall,
        "f1" => Metric.F1,
        "roc_auc" => Metric.RocAuc,
        "perplexity" => Metric.Perplexity,
        "mae" => Metric.MeanAbsoluteError,
        "mse" => Metric.MeanSquaredError,
        "rmse" => Metric.RootMeanSquaredError,
        "r2" => Metric.R2,
        _ when name.StartsWith("top_", StringComparison.Ordinal) && int.TryParse(name[4..], out int k) && k > 0 => Metric.TopK(k),
        _ => null,
    };

    /// <summary>A metric of the outputs and targets as the data have them.</summary>
    public static Metric InUnits(Metric metric, Standardizer? targets) => targets is null || metric.Name is not ("MAE" or "MSE" or "RMSE" or "R2") ? metric
        : Metric.Create(metric.Name, p => Compute(metric.Name, Inverted(p.Outputs, targets), Inverted(p.Targets, targets), targets.Means.Count),
            metric.HigherIsBetter);

    /// <summary>Standardized numbers in the units of the data.</summary>
    public static float[] Inverted(ReadOnlySpan<float> values, Standardizer? targets)
    {
        float[] inverted = values.ToArray();
        targets?.Invert(inverted);
        return inverted;
    }

    /// <summary>The probabilities of a classifier's outputs: of its classes, or of a binary network that the label is 1.</summary>
    public static float[] Probabilities(ReadOnlySpan<float> outputs, NetworkTask task)
    {
        float[] p = outputs.ToArray();
        if (!task.GivesLogits && IsOne(p, task))
            return p;
        if (task.Answer == Answer.Binary)
            return Array.ConvertAll(p, static z => 1 / (1 + MathF.Exp(-z)));
        int classes = task.ClassCount;
        for (int i = 0; i + classes <= p.Length; i += classes)
        {
            Span<float> scores = p.AsSpan(i, classes);
            float most = scores[Metrics.ArgMax(scores)];
            double sum = 0;
            foreach (float z in scores)
                sum += Math.Exp(z - most);
            for (int c = 0; c < classes; c++)
                scores[c] = (float)(Math.Exp(scores[c] - most) / sum);
        }

        return p;
    }

    // A log_softmax gives logarithms, of which a softmax makes probabilities too.
    private static bool IsOne(float[] outputs, NetworkTask task) => task.Answer == Answer.Binary || !outputs.Any(static p => p < 0);

    private static double Compute(string name, float[] outputs, float[] targets, int size) => name switch
    {
        "MAE" => Metrics.MeanAbsoluteError(outputs, targets),
        "MSE" => Metrics.MeanSquaredError(outputs, targets),
        "RMSE" => Math.Sqrt(Metrics.MeanSquaredError(outputs, targets)),
        _ => Metrics.R2(outputs, targets, size),
    };
}
