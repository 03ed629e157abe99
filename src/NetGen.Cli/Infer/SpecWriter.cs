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

    // The most frequent class to the rarest one.
    private const double EvenClasses = 1.5;

    private readonly StringBuilder _text = new();

    /// <param name="side">Of the square image that the features are; null where they are none.</param>
    public string Write(int? side)
    {
        Comment(head, "");
        foreach (string reason in reasons)
            Comment(reason, "- ");
        if (side is { } pixels)
        {
            Comment(
                Invariant($"the {features} columns look like the pixels of an image of {pixels} x {pixels}, row by row: ")
                    + "convolutions see which of them are neighbours",
                "- ");
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
            string? reason = isFirst ? Invariant($"as large as {rows:N0} rows are worth; try half and twice as many") : null;
            Line(Invariant($"  - dense: {{ units: {units}, activation: relu }}"), reason);
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
        Line("  - dropout: 0.3", "more where training does much better than validation");
    }

    private void EndOfClasses(Classes classes)
    {
        Line(Invariant($"  - dense: {classes.Names.Count}"), "a unit for each class");
        // Of two classes, too: both have a name and a weight, and all that reads probabilities of classes reads these.
        Line("  - softmax", "their probabilities");
        if (classes.Weights is { } weights)
        {
            Above("Rows / (classes x rows of the class): rare classes count as much as frequent ones. "
                + "Write loss: cross_entropy for probabilities that are as the file has them.");
            Line($"loss: {{ cross_entropy: {{ class_weight: [{string.Join(", ", weights.Select(Number))}] }} }}");
        }
        else
        {
            Line("loss: cross_entropy", classes.Ratio < EvenClasses ? null : "the classes are not so uneven that it should weigh them (class_weight)");
        }
    }

    private void EndOfNumbers(Numbers numbers)
    {
        IReadOnlyList<CsvColumnSummary> targets = numbers.Targets;
        if (targets is [var one])
        {
            Line("  - dense: 1", "at about mean 0 and standard deviation 1, where it is learned best");
            Above("The target's standard deviation and mean: back to its own units.", "  ");
            Line($"  - rescaling: {{ scale: {Number(one.StandardDeviation)}, offset: {Number(one.Mean)} }}");
        }
        else
        {
            // rescaling has one scale for all; (x - mean) / sqrt(variance) has one for each, and the inverse of a normalization is one again.
            Line(Invariant($"  - dense: {targets.Count}"), "each at about mean 0 and standard deviation 1, where it is learned best");
            Above(
                "Back to the targets' own units: with mean -m/s and variance 1/s^2 it gives s x + m, m and s being a target's mean and standard deviation.",
                "  ");
            Line("  - normalization:");
            Line($"      mean: [{string.Join(", ", targets.Select(static t => Number(-t.Mean / t.StandardDeviation)))}]");
            Line($"      variance: [{string.Join(", ", targets.Select(static t => Number(1 / (t.StandardDeviation * t.StandardDeviation))))}]");
        }

        Above("Weighed by 1 / variance, the loss is the share of the variance that is left: 1 where the mean is always predicted. "
            + "Adam's steps do not depend on it, but what l2 weighs beside it does.");
        Line($"loss: {{ mean_squared_error: {{ weight: {Number(numbers.LossWeight)} }} }}");
    }

    private void Optimizer()
    {
        Line("optimizer:");
        Line(Invariant($"  adam: {{ learning_rate: {size.LearningRate} }}"), "its steps are as long whatever the scale of the loss");
        if (size.L2 > 0)
            Line(Invariant($"l2: {size.L2}"), rows < 1_000 ? "keeps weights small: few rows are learned by heart easily" : "keeps weights small");
        Line("seed: 1", "of the initial weights and of dropout");
    }

    private void Line(string line, string? comment = null) =>
        _text.Append(comment is null ? line : $"{line.PadRight(CommentColumn - 2)}  # {comment}").Append('\n');

    /// <summary>A comment above what comes next.</summary>
    private void Above(string text, string indent = "") => Comment(text, "", indent);

    /// <summary>A comment of its own, wrapped.</summary>
    private void Comment(string text, string mark, string indent = "")
    {
        string start = $"{indent}# {mark}";
        foreach (string line in Wrapped(OneLine(text), WidestComment - start.Length))
        {
            _text.Append(start).Append(line).Append('\n');
            start = $"{indent}# {new string(' ', mark.Length)}";
        }
    }

    // What is quoted from the file may have what readers of YAML take for a line break.
    private static string OneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' ? ' ' : c));

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
