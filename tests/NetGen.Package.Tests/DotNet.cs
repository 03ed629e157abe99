using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What <c>dotnet</c> said and how it ended.</summary>
internal sealed record DotNetResult(int ExitCode, string Output)
{
    public string Successful()
    {
        Assert.True(ExitCode == 0, Output);
        return Output;
    }
}

/// <summary>Runs the <c>dotnet</c> that runs the tests, as a user would on the command line.</summary>
internal static class DotNet
{
    public static Task<DotNetResult> Run(string folder, params string[] arguments) =>
        RunProgram(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, arguments);

    /// <summary>Builds, publishes or packs, in one process and with the tests' own <see cref="CompilerServer"/>.</summary>
    public static Task<DotNetResult> Build(string folder, string command, params string[] arguments) =>
        Run(folder, [command, .. arguments, "-m:1", "-p:UseRazorBuildServer=false", .. CompilerServer.Options]);

    public static async Task<DotNetResult> RunProgram(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test host was told about MSBuild, its servers and the collector is not for the user's build.
        List<string> inherited = [.. start.Environment.Keys];
        foreach (string name in inherited)
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("DOTNET_GC", StringComparison.OrdinalIgnoreCase))
                start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DotNetResult(process.ExitCode, await output + await errors);
    }
}
