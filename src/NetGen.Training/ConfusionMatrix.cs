using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Training;

/// <summary>How often each class, the row, was taken for each, the column; and what follows from that. As text, it is a table.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] counts;

    /// <summary>A matrix of counts, [classes, classes]: the row is the right class, the column the predicted one.</summary>
    /// <exception cref="ArgumentException">It is not square, or there are not as many names.</exception>
    public ConfusionMatrix(long[,] counts, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int classes = counts.GetLength(0);
        if (classes == 0 || counts.GetLength(1) != classes)
            throw new ArgumentException($"The counts are [{classes}, {counts.GetLength(1)}]; give a row and a column for each class.", nameof(counts));
        if (classNames is not null && classNames.Count < classes)
            throw new ArgumentException($"There are {classNames.Count} names for {classes} classes; give one for each.", nameof(classNames));

        this.counts = counts;
        ClassNames = classNames ?? [.. Enumerable.Range(0, classes).Select(i => FormattableString.Invariant($"{i}"))];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount => counts.GetLength(0);

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How often one class was taken for another.</summary>
    public long this[int actual, int predicted] => counts[actual, predicted];

    /// <summary>All labels.</summary>
    public long Count => counts.Cast<long>().Sum();

    /// <summary>The share of labels that were predicted, from 0 to 1; NaN of none.</summary>
    public double Accuracy => (double)Classes.Sum(c => counts[c, c]) / Count;

    private IEnumerable<int> Classes => Enumerable.Range(0, ClassCount);

    /// <summary>The share of what was taken for a class that is of it; 0 where nothing was, as in scikit-learn.</summary>
    public double Precision(int label) => Share(counts[label, label], Classes.Sum(c => counts[c, label]));

    /// <summary>The share of a class that was taken for it; 0 where it has no label.</summary>
    public double Recall(int label) => Share(counts[label, label], Classes.Sum(c => counts[label, c]));

    /// <summary>The harmonic mean of precision and recall, <c>2 TP / (2 TP + FP + FN)</c>; 0 where the class is neither there nor predicted.</summary>
    public double F1(int label) => Share(2 * counts[label, label], Classes.Sum(c => counts[c, label] + counts[label, c]));

    /// <summary>The mean of a figure over the classes that have labels or predictions, whatever their number: <c>matrix.Macro(matrix.F1)</c>.</summary>
    public double Macro(Func<int, double> figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        int[] seen = [.. Classes.Where(label => Classes.Any(c => counts[label, c] + counts[c, label] > 0))];
        return seen.Length == 0 ? double.NaN : seen.Average(figure);
    }

    /// <summary>The counts, and precision, recall and F1 of each class.</summary>
    public override string ToString()
    {
        string[] heads = [.. ClassNames.Take(ClassCount), "precision", "recall", "F1"];
        int first = Math.Max("actual \\ predicted".Length, ClassNames.Take(ClassCount).Max(name => name.Length));
        int[] widths = [.. heads.Select((head, i) => Math.Max(head.Length, i < ClassCount ? Classes.Max(c => Text(counts[c, i]).Length) : 5))];
        var text = new StringBuilder("actual \\ predicted".PadRight(first));
        for (int i = 0; i < heads.Length; i++)
            text.Append("  ").Append(heads[i].PadLeft(widths[i]));
        foreach (int label in Classes)
        {
            text.Append('\n').Append(ClassNames[label].PadRight(first));
            string[] cells = [.. Classes.Select(c => Text(counts[label, c])), Text(Precision(label)), Text(Recall(label)), Text(F1(label))];
            for (int i = 0; i < cells.Length; i++)
                text.Append("  ").Append(cells[i].PadLeft(widths[i]));
        }

        return text.ToString();
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Text(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
