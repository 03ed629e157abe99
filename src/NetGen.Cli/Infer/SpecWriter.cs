using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Infer;

/// <summary>Writes the proposed spec, each line with the reason for it.</summary>
/// <param name="head">What it is for.</param>
/// <param name="reasons">What was decided about the columns, for the comment on top.</param>
/// <param name="features">The input's size.</param>
internal sealed class SpecWriter(string head, IReadOnlyList<string> reasons, int features, Answer answer, NetworkSize size, long rows)
{
    private const int WidestComment = 110;
    private const int CommentColumn = 44;

    private readonly StringBuilder _text = new();

    /// <param name="side">Of the square image that the features are; null where they are none.</param>
    public string Write(int? side)
    {
        Comment(head, "");
        foreach (string reason in reasons)
            Comment(reason, "- ");
        if (side is { } pixels)
        {
            Comment(Invariant($"the {features} columns look like the pixels of an image of {pixels} x {pixels}, row by row: convolutions see which of them are neighbours"), "- ");
            Line(Invariant($"input: [1, {pixels}, {pixels}]"), "[channels, height, width]");
            Line("layers:");
            Convolutions(pixels);
        }
        else
        {
            Line(Invariant($"input: {features}"), "the features, in the order of the file");
            Line("layers:");
            Dense();
        }

        if (answer is Classes classes)
            EndOfClasses(classes);
        else
            EndOfNumbers((Numbers)answer);
        Optimizer();
        return _text.ToString();
    }

    private void Dense()
    {
        Line("  - normalization", "to mean 0 and variance 1, by statistics of the training data that are kept with the weights");
        bool isFirst = true;
        foreach (int units in size.Units)
        {
            Line(Invariant($"  - dense: {{ units: {units}, activation: relu }}"), isFirst ? Invariant($"as large as {rows:N0} rows are worth; try half and twice as many") : null);
            if (size.Dropout > 0)
                Line(Invariant($"  - dropout: {size.Dropout}"), isFirst ? "more where training does much better than validation" : null);
            isFirst = false;
        }
    }

    private void Convolutions(int side)
    {
        Line("  - normalization", "one mean and one variance for all pixels, learned from the training data");
        int filters = 16;
        for (int left = side, block = 0; left >= 4 && block < 3; left /= 2, block++)
        {
            Line(Invariant($"  - conv2d: {{ filters: {filters}, kernel_size: 3, padding: same, activation: relu }}"));
            Line("  - max_pool2d: 2", block == 0 ? "half the height, half the width" : null);
            filters *= 2;
        }

        Line("  - flatten", "dense layers take vectors");
        Line("  - dropout: 0.2", "more where training does much better than validation");
    }

    private void EndOfClasses(Classes classes)
    {
        Line(Invariant($"  - dense: {classes.Names.Count}"), "a unit for each class");
        Line("  - softmax", classes.Names.Count == 2 ? "the probabilities of both classes, by their names; a single sigmoid would give those of one" : "their probabilities");
        if (classes.Weights is { } weights)
        {
            Line($"loss: {{ cross_entropy: {{ class_weight: [{string.Join(", ", weights.Select(Number))}] }} }}");
            Comment("rows / (classes x rows of the class): rare classes count as much as frequent ones; write loss: cross_entropy for probabilities as the file has them", "^ ");
        }
        else
        {
            Line("loss: cross_entropy", classes.Ratio < 1.5 ? null : "the classes are not so uneven that it should weigh them (class_weight)");
        }
    }

    private void EndOfNumbers(Numbers numbers)
    {
        IReadOnlyList<CsvColumnSummary> targets = numbers.Targets;
        Line(Invariant($"  - dense: {targets.Count}"), targets.Count == 1 ? "the prediction, at about mean 0 and standard deviation 1, where it is learned best" : "the predictions, at about mean 0 and standard deviation 1");
        if (targets is [var one])
        {
            Line($"  - rescaling: {{ scale: {Number(one.StandardDeviation)}, offset: {Number(one.Mean)} }}", "by the target's standard deviation and mean: back to its own units");
        }
        else
        {
            // rescaling has one scale for all; (x - mean) / sqrt(variance) has one for each, and the inverse of a normalization is one again.
            Line($"  - normalization: {{ mean: [{string.Join(", ", targets.Select(static t => Number(-t.Mean / t.StandardDeviation)))}],");
            Line($"      variance: [{string.Join(", ", targets.Select(static t => Number(1 / (t.StandardDeviation * t.StandardDeviation))))}] }}");
            Comment("back to the targets' own units: with mean -m/s and variance 1/s^2 it gives s x + m, m and s being a target's mean and standard deviation", "^ ");
        }

        Line($"loss: {{ mean_squared_error: {{ weight: {Number(numbers.LossWeight)} }} }}");
        Comment("1 / variance: the loss is the share of the variance that is left, 1 where the mean is always predicted; adam's steps do not depend on it, but the weight of l2 does", "^ ");
    }

    private void Optimizer()
    {
        Line("optimizer:");
        Line(Invariant($"  adam: {{ learning_rate: {size.LearningRate} }}"), "its steps are as large whatever the scale of the loss");
        if (size.L2 > 0)
            Line(Invariant($"l2: {size.L2}"), rows < 1_000 ? "keeps weights small: few rows are learned by heart easily" : "keeps weights small");
        Line("seed: 1", "of the initial weights and of dropout");
    }

    private void Line(string line, string? comment = null) =>
        _text.Append(comment is null ? line : $"{line.PadRight(CommentColumn - 2)}  # {comment}").Append('\n');

    /// <summary>A comment of its own, wrapped; what is quoted from the file has no line break.</summary>
    private void Comment(string text, string mark)
    {
        string start = "# " + mark;
        foreach (string line in Wrapped(text, WidestComment - start.Length))
        {
            _text.Append(start).Append(line).Append('\n');
            start = "# " + new string(' ', mark.Length);
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        while (text.Length > width && text.LastIndexOf(' ', width) is > 0 and int end)
        {
            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }

    private static string Number(double value) => ((float)value).ToString("G6", CultureInfo.InvariantCulture);
}
