using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests.Runs;

/// <summary>Runs that are ended from outside, in processes of their own.</summary>
public sealed class InterruptedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    // As Ctrl-C, but not ignored where the tests themselves run in the background of a shell.
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task A_run_that_is_resumed_ends_with_the_bits_of_one_that_was_not_interrupted(string signal)
    {
        if (OperatingSystem.IsWindows())
            return; // it has no such signals
        // Large enough for a second or two after the first epochs are told of.
        File.WriteAllText(Path.Combine(folder.Path, "net.yaml"), DataFiles.ClassSpec.Replace("units: 8", "units: 256", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder.Path, "points.csv"), DataFiles.ClassCsv(600));
        string[] arguments = ["train", "net.yaml", "--data", "points.csv", "--epochs", "9000", "--patience", "0", "--batch-size", "16"];
        (await Tool.Run(folder.Path, [.. arguments, "-o", "whole"])).Successful();

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "netgen.dll"), .. arguments, "-o", "broken"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using (Process process = Process.Start(start)!)
        {
            // It trains, and has for a while.
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("epoch ", StringComparison.Ordinal))
            {
            }

            await process.StandardOutput.ReadLineAsync();
            using (Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(File.Exists(Path.Combine(folder.Path, "broken.checkpoint")), output);
            if (signal == "TERM")
            {
                Assert.Equal(130, process.ExitCode);
                Assert.Contains("the same command with --resume goes on", output, StringComparison.Ordinal);
                Assert.True(File.Exists(Path.Combine(folder.Path, "broken.report.html")));
            }
        }

        ToolResult resumed = await Tool.Run(folder.Path, [.. arguments, "-o", "broken", "--resume"]);

        resumed.Successful();
        Assert.False(File.Exists(Path.Combine(folder.Path, "broken.checkpoint")));
        // But for the name of its files in the command.
        byte[] whole = File.ReadAllBytes(Path.Combine(folder.Path, "whole.safetensors")), broken = File.ReadAllBytes(Path.Combine(folder.Path, "broken.safetensors"));
        Assert.Equal(WithoutName(whole, "whole"), WithoutName(broken, "broken"));
        Assert.Equal(Losses("whole"), Losses("broken"));
    }

    private static string WithoutName(byte[] file, string name) => System.Text.Encoding.Latin1.GetString(file).Replace($"-o {name}", "", StringComparison.Ordinal)[16..].Replace(" ", "", StringComparison.Ordinal);

    // All but the seconds.
    private string[] Losses(string name) => Array.ConvertAll(File.ReadAllLines(Path.Combine(folder.Path, name + ".metrics.csv")), static line =>
    {
        string[] cells = line.Split(',');
        return string.Join(',', [.. cells[..^2], cells[^1]]);
    });
}
