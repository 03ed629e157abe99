using System;
using System.Collections.Generic;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

public sealed class MetricTests
{
    // Actual 0: two right, one taken for 1; actual 1: one right, one taken for 2; actual 2: one right.
    private static readonly ConfusionMatrix matrix = new(new long[,] { { 2, 1, 0 }, { 0, 1, 1 }, { 0, 0, 1 } }, ["a", "b", "c"]);

    [Fact]
    public void Precision_recall_and_F1_follow_from_the_matrix()
    {
        Assert.Equal([1, 0.5, 0.5], new[] { matrix.Precision(0), matrix.Precision(1), matrix.Precision(2) });
        Assert.Equal([2 / 3.0, 0.5, 1], new[] { matrix.Recall(0), matrix.Recall(1), matrix.Recall(2) });
        Assert.Equal([0.8, 0.5, 2 / 3.0], new[] { matrix.F1(0), matrix.F1(1), matrix.F1(2) });
        Assert.Equal(4 / 6.0, matrix.Accuracy);
        Assert.Equal((0.8 + 0.5 + 2 / 3.0) / 3, matrix.Macro(matrix.F1), 1e-12);
    }

    [Fact]
    public void A_class_that_is_neither_there_nor_predicted_does_not_count_in_the_mean()
    {
        var seen = new ConfusionMatrix(new long[,] { { 3, 0 }, { 0, 0 } });

        Assert.Equal(0, seen.Precision(1));
        Assert.Equal(1, seen.Macro(seen.Recall));
    }

    [Fact]
    public void The_matrix_prints_itself() => Assert.Equal(
        """
        actual \ predicted  a  b  c  precision  recall     F1
        a                   2  1  0      1.000   0.667  0.800
        b                   0  1  1      0.500   0.500  0.500
        c                   0  0  1      0.500   1.000  0.667
        """,
        matrix.ToString());

    [Theory]
    [InlineData(new[] { 0.1f, 0.4f, 0.35f, 0.8f }, new[] { 0, 0, 1, 1 }, 0.75)] // the example of scikit-learn's documentation
    [InlineData(new[] { 0.1f, 0.2f, 0.3f, 0.4f }, new[] { 0, 0, 1, 1 }, 1)]
    [InlineData(new[] { 0.4f, 0.3f, 0.2f, 0.1f }, new[] { 0, 0, 1, 1 }, 0)]
    [InlineData(new[] { 0.5f, 0.5f, 0.5f, 0.5f }, new[] { 0, 1, 0, 1 }, 0.5)]
    [InlineData(new[] { 0.5f, 0.5f, 0.2f }, new[] { 0, 1, 0 }, 0.75)]
    [InlineData(new[] { 0.5f, 0.6f }, new[] { 1, 1 }, double.NaN)]
    public void The_area_under_the_ROC_is_the_share_of_pairs_in_the_right_order(float[] scores, int[] labels, double expected) =>
        Assert.Equal(expected, Metrics.RocAuc(scores, labels), 1e-12);

    [Fact]
    public void Top_k_counts_labels_among_the_k_largest()
    {
        float[] outputs = [0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f];

        Assert.Equal(0.5, Metrics.TopKAccuracy(outputs, [0, 0], 1));
        Assert.Equal(0.5, Metrics.TopKAccuracy(outputs, [1, 0], 2));
        Assert.Equal(1, Metrics.TopKAccuracy(outputs, [2, 0], 3));
        Assert.Equal(0, Metrics.TopKAccuracy([1f, 1f], [1], 1)); // of equals the first
    }

    [Fact]
    public void Perplexity_is_that_of_probabilities_and_of_logits()
    {
        Assert.Equal(Math.Sqrt(2 * 4), Metrics.Perplexity([0.5f, 0.5f, 0.25f, 0.75f], [0, 0]), 1e-6);
        Assert.Equal(Math.Sqrt(2 * 4), Metrics.Perplexity([3f, 3f, 0f, MathF.Log(3)], [0, 0]), 1e-6);
    }

    [Fact]
    public void A_classifier_is_measured_by_what_is_asked_for()
    {
        var net = new PlainNet();
        net.Fit(Flowers.Train, options: new TrainingOptions { Epochs = 50 });

        Evaluation evaluation = net.Evaluate(
            Flowers.Test, Metric.Accuracy, Metric.TopK(2), Metric.F1, Metric.Precision, Metric.RecallOf(2), Metric.RocAuc, Metric.Perplexity,
            Metric.Create("errors", p => p.Labels.Length - p.Confusion().Accuracy * p.Labels.Length, higherIsBetter: false));

        Assert.Equal(["accuracy", "top-2 accuracy", "F1", "precision", "recall of class 2", "ROC AUC", "perplexity", "errors"], evaluation.Metrics.Keys);
        Assert.Equal(evaluation.Accuracy, evaluation.Metrics["accuracy"]);
        Assert.Equal(evaluation.Confusion!.Macro(evaluation.Confusion.F1), evaluation.Metrics["F1"]);
        Assert.Equal(evaluation.Confusion.Recall(2), evaluation.Metrics["recall of class 2"]);
        Assert.Equal(Flowers.Test.ClassNames, evaluation.Confusion.ClassNames);
        Assert.InRange(evaluation.Metrics["ROC AUC"], 0.95, 1);
        Assert.InRange(evaluation.Metrics["perplexity"], 1, Math.Exp(evaluation.Loss)); // the loss has the penalty too
        Assert.StartsWith("30 samples: loss 0.", evaluation.ToString());
    }

    [Fact]
    public void A_regression_is_measured_by_errors()
    {
        TargetDataset data = Dataset.FromCsv("data/diabetes.csv", target: "progression");
        var net = new RegressionNet();

        Evaluation evaluation = net.Evaluate(data, Metric.MeanSquaredError, Metric.RootMeanSquaredError, Metric.MeanAbsoluteError, Metric.R2);

        float[] outputs = net.Predict(data);
        Assert.Equal(Metrics.MeanSquaredError(outputs, data.Targets), evaluation.Metrics["MSE"]);
        Assert.Equal(Math.Sqrt(evaluation.Metrics["MSE"]), evaluation.Metrics["RMSE"]);
        Assert.Equal(Metrics.R2(outputs, data.Targets), evaluation.Metrics["R2"]);
        Assert.Null(evaluation.Confusion);
    }

    [Fact]
    public void A_metric_that_the_data_do_not_allow_says_what_they_need()
    {
        AssertRefused(() => new PlainNet().Evaluate(Flowers.Test, Metric.R2), "There are labels, but no targets to compute R2 from");
        AssertRefused(() => new PlainNet().Evaluate(Flowers.Test, Metric.F1At(0.3)), "a threshold is for a binary loss");
        AssertRefused(() => new PlainNet().Evaluate(Flowers.Test, Metric.RecallOf(3)), "There is no class 3: there are 3, from 0 to 2");
        AssertRefused(() => new RegressionNet().Evaluate(Dataset.FromCsv("data/diabetes.csv", target: "progression"), Metric.Accuracy), "There are no labels");
    }

    [Fact]
    public void The_monitored_metric_chooses_the_epoch()
    {
        var reports = new List<EpochReport>();
        var net = new PlainNet();
        TrainingHistory history = net.Fit(
            Flowers.Train, Flowers.Test, new TrainingOptions { Epochs = 20, LearningRate = 0.5f, BatchSize = 8, Monitor = Metric.Create("worst", static p => reportsWorst++ == 3 ? 1 : 0) }, reports.Add);

        Assert.Equal(4, history.Best!.Epoch);
        Assert.Equal(4, history.RestoredEpoch);
        Assert.Equal(reports[3].ValidationLoss, net.Evaluate(Flowers.Test).Loss);
    }

    private static int reportsWorst;

    private static void AssertRefused(Action act, string message) => Assert.Contains(message, Assert.Throws<InvalidOperationException>(act).Message);
}
