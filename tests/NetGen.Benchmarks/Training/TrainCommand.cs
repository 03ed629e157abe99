using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>train</c>: MNIST by NetGen.Training's trainer and by PyTorch, with the same initial weights, batches and optimizer on the same core: seconds an
/// epoch, and seconds of training until the test accuracy reaches 98 and 99 %.
/// </summary>
internal static class TrainCommand
{
    private const double Good = 0.98, Best = 0.99;

    private static readonly string[] s_columns =
        ["net", "by", "seed", "epochs", "seconds an epoch", "ours / it", "seconds to 98 %", "seconds to 99 %", "best accuracy"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        TrainOptions options;
        Mnist data;
        try
        {
            options = TrainOptions.Parse(arguments);
            data = Mnist.Read(options.Data);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(TrainOptions.Usage);
            return 2;
        }

        bool isPinned = Affinity.Pin(options.Core);
        (string Command, string Version)? python = TorchPython.Find();
        using TorchTraining? torch = python is null ? null : new TorchTraining(python.Value.Command, data);
        List<IReadOnlyList<string>> rows = [];
        foreach (TrainingNet net in options.Nets)
        {
            for (int seed = 1; seed <= options.Seeds; seed++)
            {
                TrainingCurve ours = net.Train(data, seed, options.Plan, Best);
                rows.Add(Row(net, OursPeer.PeerName, seed, ours, ours));
                TrainingCurve? theirs = torch?.Train(net, seed, options.Plan, Best);
                rows.Add(theirs is null
                    ? [net.Name, "pytorch", Text(seed), $"skipped: not found; {TorchPeer.Installation}", .. Enumerable.Repeat("", s_columns.Length - 4)]
                    : Row(net, "pytorch", seed, theirs, ours));
                Console.Error.WriteLine($"{net.Name}, seed {seed}: trained");
            }
        }

        string[] circumstances =
        [
            $"{DateTime.UtcNow:yyyy-MM-dd}, {ProcessorName.Value}, {(isPinned ? $"core {options.Core}" : "any core")}, {RuntimeInformation.FrameworkDescription}, pytorch {python?.Version ?? "not found"}",
            .. options.Nets.Select(n => $"{n.Name}: {n.Net.Description}, {Words.Whole(n.Net.Parameters)} parameters"),
            $"{Words.Whole(data.Train.Count)} images, batches of {TrainingPlan.BatchSize}, cross-entropy; Adam, whose rate falls from {options.Plan.LearningRate.ToString(CultureInfo.InvariantCulture)} "
            + $"to 0 over {options.Plan.Epochs} epochs; the same initial weights; the accuracy is that on {Words.Whole(data.Test.Count)} test images after each epoch, whose time does not count",
        ];
        ConsoleReport.Write(s_columns, rows);
        foreach (string line in circumstances)
            Console.WriteLine(line);
        if (options.Markdown is not null)
            File.WriteAllText(options.Markdown, MarkdownReport.Table(s_columns, rows) + string.Concat(circumstances.Select(line => $"- {line}\n")));
        return 0;
    }

    private static IReadOnlyList<string> Row(TrainingNet net, string by, int seed, TrainingCurve curve, TrainingCurve ours) =>
    [
        net.Name, by, Text(seed), Text(curve.Epochs.Count), Seconds(curve.SecondsOfAnEpoch), Words.Ratio(ours.SecondsOfAnEpoch / curve.SecondsOfAnEpoch),
        Seconds(curve.SecondsTo(Good)), Seconds(curve.SecondsTo(Best)), (100 * curve.BestAccuracy).ToString("0.00", CultureInfo.InvariantCulture) + " %",
    ];

    private static string Seconds(double? seconds) => seconds?.ToString("0.00", CultureInfo.InvariantCulture) ?? "not reached";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
