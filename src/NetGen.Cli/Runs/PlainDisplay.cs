using System;
using System.Diagnostics;
using System.IO;
using NetGen.Cli.Output;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>A line for an epoch, some forty in all, and in long epochs a line every few seconds: for pipes and files.</summary>
internal sealed class PlainDisplay(TextWriter output) : IRunDisplay, IProgress<TrainingProgress>
{
    private const int Lines = 40;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5), s_silence = TimeSpan.FromSeconds(1);

    private int every = 1;
    private long last = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public TrainingHistory Show(int epochs, Func<Action<EpochReport>, IProgress<TrainingProgress>?, TrainingHistory> run)
    {
        every = Math.Max(1, (epochs + Lines - 1) / Lines);
        return run(Epoch, this);
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (Stopwatch.GetElapsedTime(last) >= s_pause)
            Write(value.ToString());
    }

    private void Epoch(EpochReport report)
    {
        // The first tells that it goes well, and who waits hears of it.
        if (report.Epoch == 1 || report.Epoch % every == 0 || report.Epoch == report.Epochs || Stopwatch.GetElapsedTime(last) >= s_silence)
            Write(report.ToString());
    }

    private void Write(string line)
    {
        output.WriteLine(Terminal.Printable(line));
        output.Flush();
        last = Stopwatch.GetTimestamp();
    }
}
