using System;

namespace NetGen.Training;

/// <summary>Measures of how well outputs agree with what they should be; n samples, row by row.</summary>
public static class Metrics
{
    /// <summary>The place of the largest value, the first of equals; a NaN is never the largest, and among nothing else the first is taken.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("There are no values to choose the largest from.", nameof(values));

        int largest = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[largest] || (float.IsNaN(values[largest]) && !float.IsNaN(values[i])))
                largest = i;

        return largest;
    }

    /// <summary>The share of samples whose largest output is that of their label, from 0 to 1.</summary>
    /// <param name="outputs">Scores or probabilities, [n, classes].</param>
    /// <param name="labels">The right classes, [n].</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or there are no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label has no class.</exception>
    public static double Accuracy(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels);
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
            if (ArgMax(outputs.Slice(i * classes, classes)) == labels[i])
                right++;

        return (double)right / labels.Length;
    }

    /// <summary>How often each class, the row, was taken for each, the column: [classes, classes].</summary>
    /// <inheritdoc cref="Accuracy"/>
    public static int[,] ConfusionMatrix(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels);
        var counts = new int[classes, classes];
        for (int i = 0; i < labels.Length; i++)
            counts[labels[i], ArgMax(outputs.Slice(i * classes, classes))]++;

        return counts;
    }

    /// <summary>The share of samples whose label is among the k largest outputs, from 0 to 1; of equal outputs the first counts as larger.</summary>
    /// <inheritdoc cref="Accuracy"/>
    /// <param name="outputs">Scores or probabilities, [n, classes].</param>
    /// <param name="labels">The right classes, [n].</param>
    /// <param name="k">Over 0.</param>
    public static double TopKAccuracy(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int classes = Classes(outputs, labels);
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> scores = outputs.Slice(i * classes, classes);
            float score = scores[labels[i]];
            int before = 0;
            for (int c = 0; c < classes; c++)
                if (scores[c] > score || (scores[c] == score && c < labels[i]))
                    before++;
            if (before < k && !float.IsNaN(score))
                right++;
        }

        return (double)right / labels.Length;
    }

    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a sample of label 1 has a larger score than one of label 0, equal
    /// scores counting half (the Mann-Whitney statistic, by ranks). NaN where only one of the labels is there.
    /// </summary>
    /// <param name="scores">The probability, or any score, of label 1, [n].</param>
    /// <param name="labels">0 or 1, [n].</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static double RocAuc(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        if (scores.IsEmpty || scores.Length != labels.Length)
            throw new ArgumentException($"There are {scores.Length} scores for {labels.Length} labels; give as many of each, and at least one.", nameof(scores));

        float[] sorted = scores.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            if (float.IsNaN(sorted[i]))
                throw new ArgumentException($"Score {i} is NaN, which is neither larger nor smaller than another.", nameof(scores));
            if (labels[i] is not (0 or 1))
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Label {labels[i]} is neither 0 nor 1.");
            order[i] = i;
        }

        Array.Sort(sorted, order);
        double ranks = 0, ones = 0;
        for (int begin = 0, end; begin < sorted.Length; begin = end)
        {
            for (end = begin + 1; end < sorted.Length && sorted[end] == sorted[begin];)
                end++;
            for (int i = begin; i < end; i++)
                if (labels[order[i]] == 1)
                    (ranks, ones) = (ranks + (begin + 1 + end) / 2.0, ones + 1); // equal scores share the mean of their ranks
        }

        double zeros = sorted.Length - ones;
        return ones == 0 || zeros == 0 ? double.NaN : (ranks - ones * (ones + 1) / 2) / (ones * zeros);
    }

    /// <summary>
    /// <c>exp</c> of the mean of -log p over the labels: p is the probability of the label's class. Where the outputs of every label are at least 0
    /// and sum to 1, they are the probabilities; else their softmax is.
    /// </summary>
    /// <inheritdoc cref="Accuracy"/>
    public static double Perplexity(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels);
        bool areProbabilities = true;
        for (int i = 0; i < labels.Length && areProbabilities; i++)
        {
            double total = 0;
            foreach (float p in outputs.Slice(i * classes, classes))
            {
                total += p;
                areProbabilities &= p >= 0;
            }

            areProbabilities &= Math.Abs(total - 1) < 1e-4;
        }

        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> scores = outputs.Slice(i * classes, classes);
            if (areProbabilities)
            {
                sum -= Math.Log(scores[labels[i]]);
                continue;
            }

            double max = scores[ArgMax(scores)], total = 0;
            foreach (float z in scores)
                total += Math.Exp(z - max);
            sum += max + Math.Log(total) - scores[labels[i]];
        }

        return Math.Exp(sum / labels.Length);
    }

    /// <summary>The mean of (y - f)^2 over all outputs of all samples.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no outputs.</exception>
    public static double MeanSquaredError(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
            sum += ((double)targets[i] - outputs[i]) * ((double)targets[i] - outputs[i]);

        return sum / outputs.Length;
    }

    /// <summary>The mean of |y - f| over all outputs of all samples.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no outputs.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
            sum += Math.Abs((double)targets[i] - outputs[i]);

        return sum / outputs.Length;
    }

    /// <summary>
    /// The coefficient of determination, <c>1 - sum (y - f)^2 / sum (y - mean y)^2</c>: 1 is perfect, 0 no better
    /// than the mean. With several targets, the mean over them. Of a constant target it is 1 if all outputs equal
    /// it, and 0 otherwise, as in scikit-learn.
    /// </summary>
    /// <param name="outputs">[n, targetSize].</param>
    /// <param name="targets">[n, targetSize].</param>
    /// <param name="targetSize">Floats of one sample's target.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no outputs.</exception>
    public static double R2(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int targetSize = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        CheckLengths(outputs, targets);
        if (targets.Length % targetSize != 0)
            throw new ArgumentException($"There are {targets.Length} targets, which is not a multiple of targetSize, {targetSize}.", nameof(targets));

        double sum = 0;
        for (int column = 0; column < targetSize; column++)
            sum += R2OfColumn(outputs, targets, targetSize, column);

        return sum / targetSize;
    }

    private static double R2OfColumn(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int targetSize, int column)
    {
        double mean = 0;
        bool constant = true;
        for (int i = column; i < targets.Length; i += targetSize)
        {
            mean += targets[i];
            constant &= targets[i] == targets[column];
        }

        mean /= targets.Length / targetSize;
        double residual = 0, total = 0;
        for (int i = column; i < targets.Length; i += targetSize)
        {
            residual += ((double)targets[i] - outputs[i]) * ((double)targets[i] - outputs[i]);
            total += (targets[i] - mean) * (targets[i] - mean);
        }

        return !constant ? 1 - residual / total : residual == 0 ? 1 : 0;
    }

    private static int Classes(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty || outputs.IsEmpty || outputs.Length % labels.Length != 0)
            throw new ArgumentException($"There are {outputs.Length} outputs for {labels.Length} labels; give one output for each class of each label.", nameof(outputs));

        int classes = outputs.Length / labels.Length;
        foreach (int label in labels)
            if ((uint)label >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"Label {label} is out of range: there are outputs for {classes} classes, from 0 to {classes - 1}.");

        return classes;
    }

    private static void CheckLengths(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        if (outputs.IsEmpty || outputs.Length != targets.Length)
            throw new ArgumentException($"There are {outputs.Length} outputs for {targets.Length} targets; give as many of each, and at least one.", nameof(outputs));
    }
}
