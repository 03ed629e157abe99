using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Compiler.Weights;
using NetGen.Training.Safetensors;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Training.Tests.Checkpoints;

/// <summary>
/// A process that trains and saves after every step is killed at random moments, in the middle of a write as well, until the run is complete: what is
/// in the file can always be resumed, and the run ends with the bits of one that nobody disturbed. 20 kills, or 200 by NETGEN_THOROUGH_TESTS=1.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int kills = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 200 : 20;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_that_is_killed_at_random_moments_ends_with_the_bits_of_one_that_was_not()
    {
        // So slow that it is not done before the last kill: at most 15 steps are taken before each.
        string[] run = ["train", "--net", "mlp", "--average", "0.99", "--batch", "64", "--steps", $"{kills * 8}"];
        string expected = Weights(Finish(run));
        string path = folder.File("run.safetensors");
        string[] saved = [.. run, "--checkpoint", path, "--every-steps", "1", "--resume"];

        var random = new Random(7);
        int seen = 0, interrupted = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = Start([.. saved, "--slow", "3"]);
            // It takes some tenths of a second to begin; then it writes every few milliseconds.
            DateTime before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
            var patience = Stopwatch.StartNew();
            while (!process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60) && (!File.Exists(path) || File.GetLastWriteTimeUtc(path) == before))
                Thread.Sleep(1);
            Thread.Sleep(random.Next(60));
            bool isKilled = !process.HasExited;
            process.Kill();
            process.WaitForExit();
            interrupted += isKilled ? 1 : 0;
            seen += Directory.GetFiles(folder.Path, "*.tmp").Length;

            // The newest file is whole, whenever it was.
            using FileStream file = File.OpenRead(path);
            (List<TensorEntry> tensors, _) = WeightFileReader.ReadHeader(file, path);
            WeightFileReader.ReadData(file, path, tensors, new Dictionary<TensorEntry, SavedTensor>());
        }

        string last = Finish(saved);
        output.WriteLine($"{interrupted} of {kills} kills hit a running process; {seen} half-written files were left beside");
        Assert.True(interrupted > kills / 2, $"only {interrupted} of {kills} kills hit a running process");
        Assert.Contains("resumed in epoch", last);
        Assert.Equal(expected, Weights(last));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private static string Weights(string output) => string.Join("\n", output.Split('\n').Where(line => line.StartsWith("weights ", StringComparison.Ordinal) || line.StartsWith("state ", StringComparison.Ordinal)));

    private static string Finish(string[] arguments)
    {
        using Process process = Start(arguments);
        string text = process.StandardOutput.ReadToEnd(), errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {text}{errors}");
        return text;
    }

    private static Process Start(string[] arguments)
    {
        // Built beside, into the same configuration and framework.
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string runs = Path.GetFullPath(Path.Combine(here, "../../../../NetGen.Training.Runs/bin", Path.GetFileName(Path.GetDirectoryName(here)!), Path.GetFileName(here), "NetGen.Training.Runs.dll"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { runs }.Concat(arguments))
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
