using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Report;
using NetGen.Compiler.Shapes;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>What a trained network does on data, for people: figures, a confusion matrix, and the samples that it does worst on.</summary>
/// <param name="network">The network.</param>
/// <param name="task">What it is asked.</param>
/// <param name="targets">What the targets were standardized with; null where they were not.</param>
/// <param name="metrics">What is measured beside the usual.</param>
internal sealed class Findings(TrainableNetwork network, NetworkTask task, Standardizer? targets, IReadOnlyList<Metric> metrics)
{
    private const int MostWorst = 12, MostValues = 4_000, MostRocPoints = 1_000;

    /// <summary>The figures of a set.</summary>
    /// <param name="name">"training", "validation" or "test".</param>
    /// <param name="data">As it goes in.</param>
    public (SetFigures Figures, Evaluation Evaluation) Measure(string name, Dataset data)
    {
        Evaluation evaluation = network.Evaluate(data, [.. All(data)]);
        return (new SetFigures(name, evaluation.Count, Named(evaluation)), evaluation);
    }

    /// <summary>All that is measured on such data.</summary>
    public IReadOnlyList<Metric> All(Dataset data)
    {
        // A binary network whose samples have one class alone has no curve.
        bool hasBoth = data is not LabeledDataset labeled || labeled.ClassCounts.Count(static c => c > 0) > 1;
        return [.. Measures.Usual(task, targets, data is LabeledDataset).Concat(metrics).Where(m => hasBoth || m.Name != "ROC AUC").DistinctBy(static m => m.Name)];
    }

    /// <summary>An evaluation as figures by name.</summary>
    public static IReadOnlyDictionary<string, double> Named(Evaluation evaluation)
    {
        var figures = new Dictionary<string, double> { ["loss"] = evaluation.Loss };
        if (evaluation.Accuracy is { } accuracy)
            figures["accuracy"] = accuracy;
        foreach ((string key, double value) in evaluation.Metrics)
            figures[key] = value;
        return figures;
    }

    /// <summary>The matrix, and of two classes the receiver operating characteristic.</summary>
    public ClassFacts? Classes(Dataset data, Evaluation evaluation)
    {
        if (evaluation.Confusion is not { } matrix)
            return null;
        if (task.ClassCount != 2 || data is not LabeledDataset { LabelSize: 1 } labeled || labeled.ClassCounts.Count(static c => c > 0) < 2)
            return new ClassFacts(matrix, [], null);

        float[] scores = Measures.Probabilities(network.Predict(data), task);
        if (task.Answer == Answer.Class)
            scores = [.. Enumerable.Range(0, data.Count).Select(i => scores[2 * i + 1])];
        return new ClassFacts(matrix, Roc(scores, labeled.Labels), Metrics.RocAuc(scores, labeled.Labels));
    }

    /// <summary>Outputs and targets of each output, in the units of the data.</summary>
    public IReadOnlyList<ValueFacts> Values(Dataset data)
    {
        if (data is not TargetDataset numbers)
            return [];
        float[] outputs = Measures.Inverted(network.Predict(data), targets), right = Measures.Inverted(numbers.Targets, targets);
        int step = (data.Count + MostValues - 1) / MostValues, size = numbers.TargetSize;
        int[] samples = [.. Enumerable.Range(0, data.Count).Where(i => i % step == 0)];
        return [.. numbers.TargetNames.Select((name, t) => new ValueFacts(
            name, [.. samples.Select(i => (double)right[i * size + t])], [.. samples.Select(i => (double)outputs[i * size + t])]))];
    }

    /// <summary>The samples with the largest losses.</summary>
    /// <param name="raw">As the files have them.</param>
    /// <param name="ready">As they go in.</param>
    /// <param name="input">What the network takes.</param>
    public IReadOnlyList<WorstSample> Worst(Dataset raw, Dataset ready, Shape input)
    {
        float[] losses = network.LossesOf(ready);
        int[] worst = [.. Enumerable.Range(0, losses.Length).OrderByDescending(i => losses[i]).ThenBy(static i => i).Take(MostWorst)];
        Dataset chosen = ready is LabeledDataset labeled ? labeled.Subset(worst) : ((TargetDataset)ready).Subset(worst);
        float[] outputs = network.Predict(chosen);
        SampleShapes shapes = SampleShapes.Of(raw, input);
        return [.. worst.Select((sample, i) => new WorstSample(
            raw.OriginOf(sample) + 1, Right(raw, sample), Given(chosen, i, outputs), losses[sample],
            [.. raw.FeatureNames.Zip(raw.FeaturesOf(sample).ToArray(), static (name, value) => (name, Number(value)))], shapes.Image(raw.FeaturesOf(sample))))];
    }

    private string Right(Dataset raw, int sample) => raw is LabeledDataset labeled
        ? string.Join(", ", labeled.LabelsOf(sample).ToArray().Select(label => label == labeled.IgnoredLabel ? "-" : labeled.ClassNames[label]))
        : string.Join(", ", ((TargetDataset)raw).TargetsOf(sample).ToArray().Select(static y => Number(y)));

    private string Given(Dataset chosen, int sample, float[] outputs)
    {
        ReadOnlySpan<float> given = outputs.AsSpan(sample * task.OutputSize, task.OutputSize);
        if (task.Answer == Answer.Numbers || chosen is not LabeledDataset labeled)
            return string.Join(", ", Measures.Inverted(given, targets).Select(static y => Number(y)));
        float[] p = Measures.Probabilities(given, task);
        if (task.Answer == Answer.Binary)
            return string.Join(", ", p.Select(one => Named(labeled, one >= 0.5f ? 1 : 0, one >= 0.5f ? one : 1 - one)));
        if (labeled.LabelSize > 1)
            return "";
        int label = Metrics.ArgMax(p);
        return Named(labeled, label, p[label]);
    }

    private static string Named(LabeledDataset data, int label, float p) =>
        string.Create(CultureInfo.InvariantCulture, $"{(label < data.ClassCount ? data.ClassNames[label] : label.ToString(CultureInfo.InvariantCulture))} ({p:0.00})");

    // From (0, 0) on, one point for each distinct score, thinned out evenly where there are very many.
    private static RocPoint[] Roc(float[] scores, ReadOnlySpan<int> labels)
    {
        int[] right = labels.ToArray();
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        double ones = right.Count(static label => label == 1), zeros = right.Length - ones;
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        int truePositives = 0, falsePositives = 0;
        for (int i = 0; i < order.Length; i++)
        {
            (truePositives, falsePositives) = right[order[i]] == 1 ? (truePositives + 1, falsePositives) : (truePositives, falsePositives + 1);
            if (i + 1 == order.Length || scores[order[i + 1]] != scores[order[i]])
                points.Add(new RocPoint(falsePositives / zeros, truePositives / ones, scores[order[i]]));
        }

        int step = (points.Count + MostRocPoints - 1) / MostRocPoints;
        return [.. points.Where((_, i) => i % step == 0 || i == points.Count - 1)];
    }

    private static string Number(float value) => value.ToString("g5", CultureInfo.InvariantCulture);
}
