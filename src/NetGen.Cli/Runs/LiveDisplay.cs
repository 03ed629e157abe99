using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using NetGen.Training;
using Spectre.Console;

namespace NetGen.Cli.Runs;

/// <summary>A bar, the time left, and the curves of losses and of a metric, drawn anew ten times a second: for terminals.</summary>
internal sealed class LiveDisplay(int width) : IRunDisplay, IProgress<TrainingProgress>
{
    private const int ChartHeight = 8, MostWidth = 140, BarWidth = 30;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly List<double> train = [], validation = [], metric = [];
    private LiveDisplayContext? context;
    private string? metricName;
    private long drawn;
    private int epochs;
    private EpochReport? last, best;
    private TrainingProgress? progress;

    /// <inheritdoc/>
    public TrainingHistory Show(int epochs, Func<Action<EpochReport>, IProgress<TrainingProgress>?, TrainingHistory> run)
    {
        this.epochs = epochs;
        TrainingHistory? history = null;
        AnsiConsole.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Crop).Start(live =>
        {
            context = live;
            history = run(Epoch, this);
            Draw(isEnd: true);
        });
        return history!;
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        progress = value;
        Draw(isEnd: false);
    }

    private void Epoch(EpochReport report)
    {
        (last, progress) = (report, null);
        if (report.IsBest)
            best = report;
        train.Add(report.TrainLoss);
        if (report.ValidationLoss is { } loss)
            validation.Add(loss);
        metricName ??= report.ValidationAccuracy is not null ? "accuracy" : report.Metrics.Keys.LastOrDefault();
        if (metricName is not null)
            metric.Add(report.ValidationAccuracy ?? report.Metrics.GetValueOrDefault(metricName, double.NaN));
        Draw(isEnd: false);
    }

    private void Draw(bool isEnd)
    {
        if (!isEnd && Stopwatch.GetElapsedTime(drawn) < s_pause)
            return;
        drawn = Stopwatch.GetTimestamp();
        context!.UpdateTarget(new Markup(string.Join('\n', Lines())));
    }

    private IEnumerable<string> Lines()
    {
        double done = (last?.Epoch ?? 0) + (progress is { } p ? (double)p.Step / p.StepsPerEpoch : 0);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        int full = (int)Math.Round(BarWidth * Math.Clamp(done / epochs, 0, 1));
        string left = done > 0 && done < epochs ? $", at most {Time(elapsed * ((epochs - done) / done))} left" : "";
        yield return $"[green]{new string('━', full)}[/][dim]{new string('━', BarWidth - full)}[/] epoch "
            + $"{(progress?.Epoch ?? last?.Epoch ?? 0)}/{epochs}  [dim]{Time(elapsed)}{left}[/]";
        if (last is null)
        {
            if (progress is not null)
                yield return Markup.Escape(progress.ToString());
            yield break;
        }

        // A line that is broken over two would move all below it.
        string now = Figures("last", last), top = best is null ? "" : Figures($"best, epoch {best.Epoch}", best);
        yield return now.Length + top.Length + 3 <= width ? $"{Markup.Escape(now)}   [green]{Markup.Escape(top)}[/]" : Markup.Escape(now[..Math.Min(now.Length, width)]);
        int columns = Math.Min(width, MostWidth) - 2;
        bool hasTwo = metricName is not null && columns >= 70;
        int each = hasTwo ? columns / 2 - 1 : columns;
        IReadOnlyList<string> losses = BrailleChart.Draw(
            "loss", validation.Count > 0 ? [new Curve("training", train, Color.Aqua), new Curve("validation", validation, Color.Orange1)] : [new Curve("training", train, Color.Aqua)],
            each, ChartHeight);
        IReadOnlyList<string> metrics = hasTwo ? BrailleChart.Draw(metricName!, [new Curve("validation", metric, Color.Orange1)], each, ChartHeight) : [];
        for (int i = 0; i < losses.Count; i++)
            yield return hasTwo ? losses[i] + new string(' ', each - Markup.Remove(losses[i]).Length + 2) + metrics[i] : losses[i];
    }

    private static string Figures(string which, EpochReport report)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{which}: loss {report.TrainLoss:g4}");
        if (report.ValidationLoss is { } loss)
            text = string.Create(CultureInfo.InvariantCulture, $"{which}: validation loss {loss:g4}");
        if (report.ValidationAccuracy is { } accuracy)
            text += string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * accuracy:0.0} %");
        return text + string.Concat(report.Metrics.Take(report.ValidationAccuracy is null ? 2 : 0).Select(static m => string.Create(CultureInfo.InvariantCulture, $", {m.Key} {m.Value:g4}")));
    }

    private static string Time(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min");
}
