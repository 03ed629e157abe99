using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests.Completion;

/// <summary>A shell of this machine, if it has it.</summary>
internal static class Shell
{
    /// <summary>Why tests of the shell are skipped; null where it is there.</summary>
    public static string? WhyNot(string name) =>
        Find(name) is null ? $"{name} is not installed{(name == "pwsh" ? "" : $"; apt-get install {name} does it")}" : null;

    /// <summary>Runs it in a folder, and returns what it prints.</summary>
    public static async Task<string> Run(string name, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name)!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, await errors));
        return (await output).ReplaceLineEndings("\n");
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany<string, string>(folder => [Path.Combine(folder, name), Path.Combine(folder, name + ".exe")]).FirstOrDefault(File.Exists);
}

/// <summary>A test that needs a shell; skipped, with the reason, where it is not.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell) => Skip = Shell.WhyNot(shell);
}
