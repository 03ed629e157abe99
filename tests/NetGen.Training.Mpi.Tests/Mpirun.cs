using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // each test takes all cores

namespace NetGen.Training.Mpi.Tests;

/// <summary>Runs of NetGen.Training.Runs, by themselves or under mpirun.</summary>
internal sealed class Mpirun : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly string? s_path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, "mpirun")).FirstOrDefault(File.Exists);

    private readonly Process process;
    private readonly StringBuilder output = new();

    private Mpirun(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TERM"] = "dumb"; // no control characters
        start.Environment.Remove("DOTNET_GCgen0size"); // of the tests, for each process
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Why it cannot run here; null where it can.</summary>
    public static string? WhyNot => s_path is null ? "mpirun is not installed: apt-get install openmpi-bin" : MpiGroup.IsAvailable ? null : "libmpi is not installed: apt-get install openmpi-bin";

    /// <summary>What was printed, by all processes.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts a command in so many processes; in one without mpirun.</summary>
    public static Mpirun Start(int processes, params string[] command)
    {
        string[] run = [Path.Combine(AppContext.BaseDirectory, "NetGen.Training.Runs.dll"), .. command];
        string[] root = Environment.UserName == "root" ? ["--allow-run-as-root"] : [];
        return processes == 1 ? new Mpirun("dotnet", run) : new Mpirun(s_path!, [.. root, "--oversubscribe", "-np", $"{processes}", "dotnet", .. run]);
    }

    /// <summary>Runs a command to its end, which must be a good one, and gives back the lines but those of process ids.</summary>
    public static string[] Run(int processes, params string[] command)
    {
        using Mpirun run = Start(processes, command);
        Assert.True(run.Wait() == 0, run.Output);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.Contains(": pid "))];
    }

    /// <summary>The exit code, when it has ended.</summary>
    public int Wait()
    {
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It does not end. It printed:\n{Output}");
        }

        process.WaitForExit(); // for the rest of the output
        return process.ExitCode;
    }

    /// <summary>The id of one of its processes, when it has been printed.</summary>
    public int PidOf(int rank)
    {
        Match match = Match.Empty;
        Until(() => (match = PidLine(rank).Match(Output)).Success);
        return int.Parse(match.Groups[1].Value);
    }

    /// <summary>Waits until something is so.</summary>
    public void Until(Func<bool> isSo)
    {
        for (var waited = Stopwatch.StartNew(); !isSo(); Thread.Sleep(5))
            Assert.True(waited.Elapsed < s_patience && !process.HasExited, Output);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static Regex PidLine(int rank) => new($@"process {rank} of \d+: pid (\d+)");

    private void Take(string? line)
    {
        lock (output)
            if (line is not null)
                output.Append(line).Append('\n');
    }
}

/// <summary>A test that needs mpirun; skipped, with the command that installs it, where it is not.</summary>
internal sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = Mpirun.WhyNot;
}

/// <inheritdoc cref="MpiFactAttribute"/>
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = Mpirun.WhyNot;
}
