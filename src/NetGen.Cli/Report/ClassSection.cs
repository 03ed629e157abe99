using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Report;

/// <summary>Of a classifier: what was taken for what, the figures of each class, and of two classes the ROC curve.</summary>
internal static class ClassSection
{
    /// <summary>The most classes that a matrix is readable of.</summary>
    public const int MostClasses = 100;

    /// <summary>From so many classes on, mistakes are hard to find in a matrix.</summary>
    private const int ManyClasses = 12;

    /// <summary>The most rows of figures by class.</summary>
    private const int MostRows = 200;

    private const double MiddleThreshold = 0.5;

    public static Action<HtmlText>? Of(ReportModel model) => model.Classes is { } classes ? html => Write(html, model, classes) : null;

    private static void Write(HtmlText html, ReportModel model, ClassFacts classes)
    {
        ConfusionMatrix matrix = classes.Matrix;
        bool isSmall = matrix.ClassCount < ManyClasses;
        using (html.Element("div", isSmall ? [("class", "pair")] : []))
        {
            if (matrix.ClassCount <= MostClasses)
                MatrixTable.Write(html, matrix, model.MeasuredOn);
            if (!isSmall)
                WriteMistakes(html, matrix, matrix.ClassCount <= MostClasses ? 10 : 50);
            using (html.Element("div"))
            {
                ClassTable(matrix, model.MeasuredOn).Write(html);
                if (classes.Roc.Count > 1)
                    ChartSvg.Write(html, Roc(classes));
            }
        }
    }

    private static void WriteMistakes(HtmlText html, ConfusionMatrix matrix, int most)
    {
        var mistakes = new List<(int Right, int Given, long Count)>();
        long[] support = Support(matrix);
        for (int right = 0; right < matrix.ClassCount; right++)
        {
            for (int given = 0; given < matrix.ClassCount; given++)
            {
                if (right != given && matrix[right, given] > 0)
                    mistakes.Add((right, given, matrix[right, given]));
            }
        }

        if (mistakes.Count == 0)
        {
            html.Text("p", "No sample was given a wrong class.", ("class", "text"));
            return;
        }

        string note = mistakes.Count > most ? $"{most} of {Figures.Count(mistakes.Count)} pairs of classes that were confused." : "";
        IReadOnlyList<string> Row((int Right, int Given, long Count) mistake) =>
        [
            matrix.ClassNames[mistake.Right], matrix.ClassNames[mistake.Given], Figures.Count(mistake.Count),
            Figures.Percent((double)mistake.Count / support[mistake.Right]),
        ];
        // A stable order, so that equal counts come in the classes' order.
        new DataTable("Most frequent mistakes", note,
            [new("right class"), new("given class"), new("samples", IsNumber: true), new("of the right class", IsNumber: true)],
            [.. mistakes.OrderByDescending(static m => m.Count).Take(most).Select(Row)]).Write(html);
    }

    private static DataTable ClassTable(ConfusionMatrix matrix, string set)
    {
        long[] support = Support(matrix);
        int[] all = [.. Enumerable.Range(0, matrix.ClassCount)];
        int[] shown = all.Length <= MostRows ? all : [.. all.Where(c => support[c] > 0).OrderBy(matrix.F1).Take(MostRows)];
        IReadOnlyList<string> Row(string name, Func<Func<int, double>, double> of, long samples) =>
            [name, Share(of(matrix.Precision)), Share(of(matrix.Recall)), Share(of(matrix.F1)), Figures.Count(samples)];
        string note = shown.Length < all.Length
            ? $"On the {set} set. The {shown.Length} classes with the lowest F1, of {Figures.Count(all.Length)}."
            : $"On the {set} set.";
        return new DataTable("Figures of each class", note,
            [new("class"), new("precision", IsNumber: true), new("recall", IsNumber: true), new("F1", IsNumber: true), new("support", IsNumber: true)],
            [.. shown.Select(c => Row(matrix.ClassNames[c], figure => figure(c), support[c])), Row("macro average", matrix.Macro, matrix.Count)])
        {
            HasTotal = true,
        };
    }

    private static Chart Roc(ClassFacts classes)
    {
        Mark[] points = [.. classes.Roc.Select(static p => new Mark(p.FalsePositiveRate, p.TruePositiveRate))];
        string auc = classes.RocAuc is { } area ? $"AUC {Share(area)}" : "";
        RocPoint middle = classes.Roc.MinBy(static p => double.IsFinite(p.Threshold) ? Math.Abs(p.Threshold - MiddleThreshold) : double.MaxValue);
        string description = $"True positive rate against false positive rate{(auc.Length > 0 ? ", " + auc : "")}.";
        return new Chart("ROC curve", description, "false positive rate", Axis.Linear(0, 1), Axis.Linear(0, 1),
        [
            new ChartSeries("chance", SeriesKind.Reference, 1, [new Mark(0, 0), new Mark(1, 1)]),
            new ChartSeries(classes.Matrix.ClassCount == 2 ? classes.Matrix.ClassNames[1] : "classifier", SeriesKind.Line, 1, points, auc),
            new ChartSeries($"threshold {Figures.Text(middle.Threshold)}", SeriesKind.Point, 2, [new Mark(middle.FalsePositiveRate, middle.TruePositiveRate)]),
        ])
        {
            YName = "true positive rate",
            IsSquare = true,
        };
    }

    private static long[] Support(ConfusionMatrix matrix)
    {
        long[] support = new long[matrix.ClassCount];
        for (int right = 0; right < support.Length; right++)
        {
            for (int given = 0; given < support.Length; given++)
                support[right] += matrix[right, given];
        }

        return support;
    }

    private static string Share(double share) => share.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
}
