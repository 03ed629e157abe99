using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>What the tool wrote and how it ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its output, where it ended well and had nothing to complain of.</summary>
    public string Successful()
    {
        Assert.Equal("", Errors);
        Assert.True(ExitCode == 0, Output);
        return Output;
    }
}

/// <summary>Runs the built tool in a process of its own, its output in pipes.</summary>
internal static class Tool
{
    public static async Task<ToolResult> Run(string folder, params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "netgen.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [tool, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolResult(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }
}
