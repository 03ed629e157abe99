using System;
using System.Globalization;

namespace NetGen.Training;

/// <summary>
/// A figure that says how well a network does: <c>Metrics = [Metric.Accuracy, Metric.TopK(3)]</c>. All computed over the whole data set, in double.
/// <see cref="Metrics"/> has the functions behind them, for arrays.
/// </summary>
public abstract class Metric
{
    /// <summary>Its name in reports: <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether more is better, as of accuracy; not of errors.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>The share of labels that have the largest score, or of a binary network, are on the right side of 0.5.</summary>
    public static Metric Accuracy { get; } = new Computed("accuracy", true, static p => p.Confusion().Accuracy);

    /// <summary>
    /// The mean over the classes of their precisions: of what was taken for the class, the share that is of it. Of a binary network, that of label 1.
    /// </summary>
    public static Metric Precision { get; } = new Computed("precision", true, static p => OfClasses(p, 0.5, static m => m.Precision));

    /// <summary>The mean over the classes of their recalls: of the class, the share that was taken for it. Of a binary network, that of label 1.</summary>
    public static Metric Recall { get; } = new Computed("recall", true, static p => OfClasses(p, 0.5, static m => m.Recall));

    /// <summary>The mean over the classes of their F1, the harmonic mean of precision and recall. Of a binary network, that of label 1.</summary>
    public static Metric F1 { get; } = new Computed("F1", true, static p => OfClasses(p, 0.5, static m => m.F1));

    /// <summary>
    /// The area under the receiver operating characteristic; of several classes, the mean of each against the others. NaN where only one class has
    /// labels.
    /// </summary>
    public static Metric RocAuc { get; } = new Computed("ROC AUC", true, Auc);

    /// <summary><c>exp</c> of the mean of -log p over the labels, p being the softmax of the scores, or the scores where they are probabilities.</summary>
    public static Metric Perplexity { get; } = new Computed("perplexity", false, static p =>
    {
        p.CheckLabels("a perplexity");
        return Metrics.Perplexity(p.IsBinary ? TwoClasses(p.Scores) : p.Scores, p.Labels);
    });

    /// <summary>The mean of |y - f|.</summary>
    public static Metric MeanAbsoluteError { get; } = OfTargets("MAE", false, Metrics.MeanAbsoluteError);

    /// <summary>The mean of (y - f)^2.</summary>
    public static Metric MeanSquaredError { get; } = OfTargets("MSE", false, Metrics.MeanSquaredError);

    /// <summary>The square root of the mean of (y - f)^2.</summary>
    public static Metric RootMeanSquaredError { get; } = OfTargets("RMSE", false, static (f, y) => Math.Sqrt(Metrics.MeanSquaredError(f, y)));

    /// <summary>The coefficient of determination; the mean over the outputs.</summary>
    public static Metric R2 { get; } = new Computed("R2", true, static p =>
    {
        p.CheckTargets("R2");
        return Metrics.R2(p.Outputs, p.Targets, p.OutputSize);
    });

    /// <summary>The share of labels that are among the k largest scores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not over 0.</exception>
    public static Metric TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return new Computed(FormattableString.Invariant($"top-{k} accuracy"), true, p =>
        {
            p.CheckLabels("an accuracy");
            if (p.IsBinary)
                throw new InvalidOperationException("A binary network has two classes, so that every label is among the two largest; choose accuracy.");
            return Metrics.TopKAccuracy(p.Scores, p.Labels, k);
        });
    }

    /// <summary>The accuracy of a binary network that takes a probability of at least the threshold for label 1.</summary>
    public static Metric AccuracyAt(double threshold) => At("accuracy", threshold, static m => m.Accuracy);

    /// <summary>The precision of label 1 of a binary network at a threshold.</summary>
    public static Metric PrecisionAt(double threshold) => At("precision", threshold, static m => m.Precision(1));

    /// <summary>The recall of label 1 of a binary network at a threshold.</summary>
    public static Metric RecallAt(double threshold) => At("recall", threshold, static m => m.Recall(1));

    /// <summary>The F1 of label 1 of a binary network at a threshold.</summary>
    public static Metric F1At(double threshold) => At("F1", threshold, static m => m.F1(1));

    /// <summary>The precision of one class.</summary>
    public static Metric PrecisionOf(int label) => Of("precision", label, static m => m.Precision);

    /// <summary>The recall of one class.</summary>
    public static Metric RecallOf(int label) => Of("recall", label, static m => m.Recall);

    /// <summary>The F1 of one class.</summary>
    public static Metric F1Of(int label) => Of("F1", label, static m => m.F1);

    /// <summary>A figure of one's own.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="compute">Computes it.</param>
    /// <param name="higherIsBetter">Whether more is better.</param>
    public static Metric Create(string name, Func<Predictions, double> compute, bool higherIsBetter = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(compute);
        return new Computed(name, higherIsBetter, compute);
    }

    /// <summary>Computes it.</summary>
    /// <exception cref="InvalidOperationException">The data have not what it is computed from.</exception>
    public abstract double Compute(Predictions predictions);

    /// <summary>Its name.</summary>
    public sealed override string ToString() => Name;

    private static double OfClasses(Predictions predictions, double threshold, Func<ConfusionMatrix, Func<int, double>> figure)
    {
        ConfusionMatrix matrix = predictions.Confusion(threshold);
        return predictions.IsBinary ? figure(matrix)(1) : matrix.Macro(figure(matrix));
    }

    private static Computed At(string name, double threshold, Func<ConfusionMatrix, double> figure)
    {
        if (!(threshold is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is a probability, from 0 to 1.");
        return new Computed(string.Create(CultureInfo.InvariantCulture, $"{name} at {threshold}"), true, p =>
            p.HasLabels && !p.IsBinary
                ? throw new InvalidOperationException($"The network has {p.ClassCount} classes, of which the largest output is taken; a threshold is for a binary loss.")
                : figure(p.Confusion(threshold)));
    }

    private static Computed Of(string name, int label, Func<ConfusionMatrix, Func<int, double>> figure)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        return new Computed(FormattableString.Invariant($"{name} of class {label}"), true, p =>
        {
            ConfusionMatrix matrix = p.Confusion();
            return label < matrix.ClassCount
                ? figure(matrix)(label)
                : throw new InvalidOperationException($"There is no class {label}: there are {matrix.ClassCount}, from 0 to {matrix.ClassCount - 1}.");
        });
    }

    // A delegate of its own: before .NET 9, Func takes no spans.
    private delegate double MeasureOfTargets(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets);

    private static Computed OfTargets(string name, bool higherIsBetter, MeasureOfTargets compute) =>
        new(name, higherIsBetter, p =>
        {
            p.CheckTargets(name);
            return compute(p.Outputs, p.Targets);
        });

    private static double Auc(Predictions p)
    {
        p.CheckLabels("a ROC AUC");
        if (p.IsBinary)
            return Metrics.RocAuc(p.Scores, p.Labels);

        double sum = 0;
        int classes = 0;
        float[] scores = new float[p.Labels.Length];
        int[] labels = new int[p.Labels.Length];
        for (int c = 0; c < p.ClassCount; c++)
        {
            for (int i = 0; i < labels.Length; i++)
                (scores[i], labels[i]) = (p.Scores[i * p.ClassCount + c], p.Labels[i] == c ? 1 : 0);
            if (labels.AsSpan().Contains(1) && labels.AsSpan().Contains(0))
                (sum, classes) = (sum + Metrics.RocAuc(scores, labels), classes + 1);
        }

        return sum / classes;
    }

    private static float[] TwoClasses(ReadOnlySpan<float> probabilities)
    {
        var both = new float[2 * probabilities.Length];
        for (int i = 0; i < probabilities.Length; i++)
            (both[2 * i], both[2 * i + 1]) = (1 - probabilities[i], probabilities[i]);
        return both;
    }

    private sealed class Computed(string name, bool higherIsBetter, Func<Predictions, double> compute) : Metric
    {
        public override string Name => name;

        public override bool HigherIsBetter => higherIsBetter;

        public override double Compute(Predictions predictions) => compute(predictions);
    }
}
