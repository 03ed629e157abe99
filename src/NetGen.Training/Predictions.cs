using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>What a network gave for a data set, and what was right: what a <see cref="Metric"/> computes from.</summary>
public sealed class Predictions
{
    private readonly float[] outputs;
    private readonly float[] targets;
    private readonly float[] scores;
    private readonly int[] labels;

    internal Predictions(float[] outputs, float[] targets, float[] scores, int[] labels, int classes, bool isBinary, double loss, int outputSize, IReadOnlyList<string>? classNames)
    {
        this.outputs = outputs;
        this.targets = targets;
        this.scores = scores;
        this.labels = labels;
        ClassCount = classes;
        IsBinary = isBinary;
        Loss = loss;
        OutputSize = outputSize;
        ClassNames = classNames;
    }

    /// <summary>The outputs as they are, [n, OutputSize]; of several, those that have a loss.</summary>
    public ReadOnlySpan<float> Outputs => outputs;

    /// <summary>Floats of one sample's outputs that have a loss.</summary>
    public int OutputSize { get; }

    /// <summary>The target values, [n, OutputSize]; empty where labels were given.</summary>
    public ReadOnlySpan<float> Targets => targets;

    /// <summary>
    /// For each label that counts, the score of each class, [labels, ClassCount]; of a binary network the probability of label 1, [labels]. Empty
    /// where there are no classes.
    /// </summary>
    public ReadOnlySpan<float> Scores => scores;

    /// <summary>The labels that count; empty where there are no classes.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The number of classes: what the network has outputs for, or 2 of a binary one; 0 where there are none.</summary>
    public int ClassCount { get; }

    /// <summary>Labels are 0 and 1, and <see cref="Scores"/> are the probabilities of 1.</summary>
    public bool IsBinary { get; }

    /// <summary>The mean loss, with the l2 penalty.</summary>
    public double Loss { get; }

    /// <summary>The names of the classes, if they have some.</summary>
    internal IReadOnlyList<string>? ClassNames { get; }

    /// <summary>Whether there is one right class for each label.</summary>
    internal bool HasLabels => labels.Length > 0;

    /// <summary>How often each class was taken for each: the largest score, or a probability of at least the threshold.</summary>
    /// <exception cref="InvalidOperationException">There are no classes.</exception>
    public ConfusionMatrix Confusion(double threshold = 0.5)
    {
        CheckLabels("a confusion matrix");
        var counts = new long[ClassCount, ClassCount];
        for (int i = 0; i < labels.Length; i++)
            counts[labels[i], Predicted(i, threshold)]++;
        return new ConfusionMatrix(counts, ClassNames);
    }

    /// <summary>Those of several parts of a data set, in their order.</summary>
    internal static Predictions Join(IReadOnlyList<Predictions> parts, double loss)
    {
        Predictions first = parts[0];
        // Targets of one part may be one-hot by chance.
        bool haveLabels = parts.All(static part => part.HasLabels);
        return new Predictions(
            [.. parts.SelectMany(static part => part.outputs)], [.. parts.SelectMany(static part => part.targets)],
            haveLabels ? [.. parts.SelectMany(static part => part.scores)] : [], haveLabels ? [.. parts.SelectMany(static part => part.labels)] : [],
            haveLabels ? first.ClassCount : 0, first.IsBinary, loss, first.OutputSize, first.ClassNames);
    }

    internal int Predicted(int label, double threshold) =>
        IsBinary ? (scores[label] >= threshold ? 1 : 0) : Metrics.ArgMax(scores.AsSpan(label * ClassCount, ClassCount));

    internal void CheckLabels(string what)
    {
        if (!HasLabels)
            throw new InvalidOperationException($"There are no labels to compute {what} from; give labels, or targets that are one-hot.");
    }

    internal void CheckTargets(string what)
    {
        if (targets.Length == 0)
            throw new InvalidOperationException($"There are labels, but no targets to compute {what} from; choose accuracy, precision, recall or F1.");
    }
}
