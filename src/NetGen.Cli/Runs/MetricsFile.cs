using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>
/// <c>NAME.metrics.csv</c>: a row for each epoch; of runs of few epochs also rows for points within them, which have an epoch, a step and a training loss
/// alone.
/// </summary>
internal static class MetricsFile
{
    private const int FewEpochs = 50;

    private static readonly string[] s_first = ["epoch", "step", "training_loss", "validation_loss", "validation_accuracy"], s_last = ["learning_rate", "seconds", "best"];

    /// <summary>The file's text.</summary>
    public static string Write(TrainingCurves curves)
    {
        string[] metrics = [.. curves.Epochs.SelectMany(static e => e.Metrics.Keys).Distinct()];
        var text = new StringBuilder();
        Row(text, [.. s_first, .. metrics.Select(Column), .. s_last]);
        long step = 0;
        int point = 0;
        StepLoss[] points = curves.Epochs.Count < FewEpochs ? [.. curves.StepLosses] : [];
        foreach (EpochReport epoch in curves.Epochs)
        {
            for (; point < points.Length && points[point].Step <= epoch.Steps; point++)
                Points(text, epoch.Epoch, points[point], metrics.Length);
            step = epoch.Steps;
            Row(text,
            [
                Number(epoch.Epoch), Number(step), Number(epoch.TrainLoss), Number(epoch.ValidationLoss), Number(epoch.ValidationAccuracy),
                .. metrics.Select(name => Number(epoch.Metrics.TryGetValue(name, out double value) ? value : null)),
                epoch.LearningRate.ToString("R", CultureInfo.InvariantCulture), Number(epoch.Duration.TotalSeconds), epoch.IsBest ? "1" : "0",
            ]);
        }

        for (; point < points.Length; point++)
            Points(text, curves.Epochs.Count + 1, points[point], metrics.Length);
        return text.ToString();
    }

    /// <summary>The curves of a file.</summary>
    /// <exception cref="RunException">It is no such file.</exception>
    public static TrainingCurves Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] head = lines.Length == 0 ? [] : lines[0].Split(',');
        if (head.Length < s_first.Length + s_last.Length || !head.AsSpan(0,
            s_first.Length).SequenceEqual(s_first) || !head.AsSpan()[^s_last.Length..].SequenceEqual(s_last))
            throw new RunException($"{path}: it does not begin as netgen train writes it, with the columns {string.Join(",", s_first)},…; "
                + "name the metrics file of a run");
        string[] metrics = head[s_first.Length..^s_last.Length];
        var epochs = new List<EpochReport>();
        var points = new List<StepLoss>();
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            if (cells.Length != head.Length)
                throw new RunException($"{path}({i + 1}): the line has {cells.Length} cells, but the header {head.Length}; the file is damaged, train again");
            double? Cell(int column) => cells[column].Length == 0 ? null
                : double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
                : throw new RunException($"{path}({i + 1}): '{cells[column]}' in column {head[column]} is no number; the file is damaged, train again");
            double Must(int column) => Cell(column) ?? throw new RunException($"{path}({i + 1}): column {head[column]} is empty; the file is damaged, "
                + "train again");
            if (cells[^1].Length == 0)
            {
                points.Add(new StepLoss((long)Must(1), Must(2)));
                continue;
            }

            epochs.Add(new EpochReport
            {
                Epoch = (int)Must(0),
                Epochs = 0,
                Steps = (long)Must(1),
                TrainLoss = Must(2),
                ValidationLoss = Cell(3),
                ValidationAccuracy = Cell(4),
                Metrics = metrics.Select((name, m) => (Name: Metric(name), Value: Cell(s_first.Length + m))).Where(static m => m.Value is not null)
                    .ToDictionary(static m => m.Name, static m => m.Value!.Value),
                LearningRate = (float)Must(head.Length - 3),
                Duration = TimeSpan.FromTicks((long)Math.Round(Must(head.Length - 2) * TimeSpan.TicksPerSecond)),
                IsBest = cells[^1] == "1",
            });
        }

        int last = epochs.Count;
        return new TrainingCurves([.. epochs.Select(e => e with { Epochs = last })], points);
    }

    private static void Points(StringBuilder text, int epoch, StepLoss point, int metrics)
    {
        string[] cells = new string[s_first.Length + metrics + s_last.Length];
        cells.AsSpan().Fill("");
        (cells[0], cells[1], cells[2]) = (Number(epoch), Number(point.Step), Number(point.Loss));
        Row(text, cells);
    }

    private static string Column(string metric) => "validation_" + metric.Replace(' ', '_').Replace(',', '_');

    private static string Metric(string column) => column["validation_".Length..].Replace('_', ' ');

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append('\n');
}
