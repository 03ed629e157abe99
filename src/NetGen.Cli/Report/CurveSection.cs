using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Report;

/// <summary>Loss, metrics and learning rate by epoch, the loss by step, and the same as a table.</summary>
internal static class CurveSection
{
    /// <summary>The rows of the table, of long runs.</summary>
    private const int MostRows = 30;

    /// <summary>Points from which on a mean over neighbours shows what single ones hide.</summary>
    private const int ManySteps = 60, ManyEpochs = 1_500;

    private const string Accuracy = "accuracy";

    public static Action<HtmlText>? Of(ReportModel model)
    {
        TrainingCurves curves = model.Curves;
        if (curves.Epochs.Count == 0 && curves.StepLosses.Count == 0)
            return null;
        return html =>
        {
            using (html.Element("div", ("class", "charts")))
            {
                foreach (Chart chart in Charts(model))
                    ChartSvg.Write(html, chart);
            }

            if (ConstantRate(curves.Epochs) is { } rate)
                html.Text("p", $"The learning rate was {Figures.Text(rate)} throughout.", ("class", "text soft"));
            if (curves.Epochs.Count > 0)
                WriteTable(html, model);
        };
    }

    private static IEnumerable<Chart> Charts(ReportModel model)
    {
        IReadOnlyList<EpochReport> epochs = model.Curves.Epochs;
        if (epochs.Count > 0)
        {
            yield return ByEpoch(model, "Loss", model.Network.Loss, mayBeLog: true,
            [
                ("training", 1, static e => e.TrainLoss), ("validation", 2, static e => e.ValidationLoss),
                ("training, measured after the epoch", 3, static e => e.MeasuredTrainLoss),
            ]);
            foreach (string metric in Metrics(epochs))
            {
                yield return ByEpoch(model, Figures.Heading(metric), "", mayBeLog: false,
                    [("training", 1, e => Find(e.TrainMetrics, metric)), ("validation", 2, e => Validation(e, metric))]);
            }
        }

        if (model.Curves.StepLosses.Count > 0)
            yield return BySteps(model.Curves.StepLosses);
        if (epochs.Count > 0 && ConstantRate(epochs) is null)
            yield return ByEpoch(model, "Learning rate", "", mayBeLog: true, [("", 1, static e => e.LearningRate)]);
    }

    private static Chart ByEpoch(
        ReportModel model, string title, string yName, bool mayBeLog, (string Name, int Colour, Func<EpochReport, double?> Value)[] parts)
    {
        IReadOnlyList<EpochReport> epochs = model.Curves.Epochs;
        // What is drawn of a long run is a mean; what is said of it is not.
        List<ChartSeries> series = [], exact = [];
        foreach ((string name, int colour, Func<EpochReport, double?> value) in parts)
        {
            if (epochs.Any(e => value(e) is not null))
            {
                Mark[] points = [.. epochs.Select(e => new Mark(e.Epoch, value(e) ?? double.NaN))];
                bool isLong = points.Length > ManyEpochs;
                exact.Add(new ChartSeries(name, SeriesKind.Line, colour, points));
                if (isLong)
                    series.Add(new ChartSeries("", SeriesKind.Trace, colour, points));
                Mark[] line = isLong ? RunningMean(points, points.Length / 200) : points;
                series.Add(new ChartSeries(name, SeriesKind.Line, colour, line, Note(points, model.Run.KeptEpoch)));
            }
        }

        int first = epochs[0].Epoch, last = epochs[^1].Epoch;
        string description = Describe(title, "epoch", exact);
        Axis y = Axis.Around(series.SelectMany(static s => s.Points).Select(static p => p.Y), mayBeLog);
        return new Chart(title, description, "epoch", Axis.Counted(first, last), y, series)
        {
            YName = yName,
            Marked = model.Run.KeptEpoch is { } kept && kept >= first && kept < last ? new Tick(kept, $"kept: epoch {Figures.Count(kept)}") : null,
        };
    }

    private static Chart BySteps(IReadOnlyList<StepLoss> steps)
    {
        Mark[] points = [.. steps.Select(static s => new Mark(s.Step, s.Loss))];
        ChartSeries[] series = points.Length < ManySteps
            ? [new ChartSeries("", SeriesKind.Line, 1, points)]
            :
            [
                new ChartSeries("step losses", SeriesKind.Trace, 1, points),
                new ChartSeries("running mean", SeriesKind.Line, 1, RunningMean(points, points.Length / 40)),
            ];
        return new Chart("Training loss by step", Describe("Training loss", "step", [series[^1] with { Name = "" }]), "step",
            Axis.Counted(points[0].X, points[^1].X), Axis.Around(points.Select(static p => p.Y), mayBeLog: true), series);
    }

    /// <summary>The value of the epoch that was kept, or else of the last.</summary>
    private static string Note(Mark[] points, int? kept)
    {
        int at = Array.FindIndex(points, p => p.X == kept);
        return at < 0 ? Figures.Text(points[^1].Y) : $"{Figures.Text(points[at].Y)} at epoch {Figures.Count((long)points[at].X)}";
    }

    /// <summary>The mean over a window around each point, which is cut at the ends; of the finite ones.</summary>
    private static Mark[] RunningMean(Mark[] points, int reach)
    {
        // Sums up to each point: a window is a difference of two.
        double[] sums = new double[points.Length + 1];
        int[] counts = new int[points.Length + 1];
        for (int k = 0; k < points.Length; k++)
        {
            bool isFinite = double.IsFinite(points[k].Y);
            sums[k + 1] = sums[k] + (isFinite ? points[k].Y : 0);
            counts[k + 1] = counts[k] + (isFinite ? 1 : 0);
        }

        return [.. points.Select((p, k) =>
        {
            int from = Math.Max(k - reach, 0), to = Math.Min(k + reach + 1, points.Length);
            return p with { Y = (sums[to] - sums[from]) / (counts[to] - counts[from]) };
        })];
    }

    /// <summary>A sentence in place of the drawing: the first, the last and the lowest value of each curve.</summary>
    private static string Describe(string title, string of, IEnumerable<ChartSeries> series) =>
        $"{title} by {of}. " + string.Join("; ", series.Select(s =>
        {
            Mark[] finite = [.. s.Points.Where(static p => double.IsFinite(p.Y))];
            string name = s.Name.Length > 0 ? s.Name + ": " : "";
            if (finite.Length == 0)
                return name + "no finite value";
            Mark lowest = finite.MinBy(static p => p.Y), highest = finite.MaxBy(static p => p.Y);
            string At(Mark mark) => $"{Figures.Text(mark.Y)} at {of} {Figures.Count((long)mark.X)}";
            return $"{name}from {Figures.Text(finite[0].Y)} to {Figures.Text(finite[^1].Y)}, lowest {At(lowest)}, highest {At(highest)}";
        })) + ".";

    private static void WriteTable(HtmlText html, ReportModel model)
    {
        IReadOnlyList<EpochReport> epochs = model.Curves.Epochs;
        List<(string Name, Func<EpochReport, string> Text)> columns =
        [
            ("epoch", static e => Figures.Count(e.Epoch)),
            ("training loss", static e => Figures.Text(e.TrainLoss)),
        ];
        if (epochs.Any(static e => e.ValidationLoss is not null))
            columns.Add(("validation loss", static e => Figures.Text(e.ValidationLoss)));
        if (epochs.Any(static e => e.MeasuredTrainLoss is not null))
            columns.Add(("training loss, measured", static e => Figures.Text(e.MeasuredTrainLoss)));
        foreach (string metric in Metrics(epochs))
        {
            if (epochs.Any(e => Validation(e, metric) is not null))
                columns.Add((metric, e => Validation(e, metric) is { } value ? Figures.Of(metric, value) : ""));
            if (epochs.Any(e => e.TrainMetrics.ContainsKey(metric)))
                columns.Add(($"{metric} (training)", e => Find(e.TrainMetrics, metric) is { } value ? Figures.Of(metric, value) : ""));
        }

        columns.Add(("learning rate", static e => Figures.Text(e.LearningRate)));
        columns.Add(("", e => e.Epoch == model.Run.KeptEpoch ? "kept" : e.IsBest ? "best so far" : ""));

        // Evenly, with the last; and the first, and the one that was kept.
        long Row(long k) => k * MostRows / epochs.Count;
        EpochReport[] shown = [.. epochs.Where((e, k) => epochs.Count <= MostRows || k == 0 || Row(k + 1) != Row(k) || e.Epoch == model.Run.KeptEpoch)];
        using (html.Element("details"))
        {
            html.Text("summary", "The figures by epoch");
            new DataTable("Figures by epoch", shown.Length < epochs.Count ? $"{shown.Length} of {Figures.Count(epochs.Count)} epochs." : "",
                [.. columns.Select(static (c, k) => new TableColumn(c.Name, IsNumber: c.Name.Length > 0))],
                [.. shown.Select(e => columns.Select(c => c.Text(e)).ToArray())]).Write(html);
        }
    }

    /// <summary>The learning rate of all epochs; null where it changes, or without epochs.</summary>
    private static float? ConstantRate(IReadOnlyList<EpochReport> epochs) =>
        epochs.Count > 0 && epochs.All(e => e.LearningRate == epochs[0].LearningRate) ? epochs[0].LearningRate : null;

    /// <summary>In the order in which the epochs have them.</summary>
    private static string[] Metrics(IReadOnlyList<EpochReport> epochs)
    {
        var names = new List<string>();
        // All have the same: the first and the last are asked, since a run may be continued with others.
        foreach (EpochReport epoch in (EpochReport[])[epochs[0], epochs[^1]])
        {
            if (epoch.ValidationAccuracy is not null)
                names.Add(Accuracy);
            names.AddRange(epoch.Metrics.Keys);
            names.AddRange(epoch.TrainMetrics.Keys);
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private static double? Validation(EpochReport epoch, string metric) =>
        Find(epoch.Metrics, metric) ?? (metric == Accuracy ? epoch.ValidationAccuracy : null);

    private static double? Find(IReadOnlyDictionary<string, double> figures, string name) => figures.TryGetValue(name, out double value) ? value : null;
}
