using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>.NET for 64-bit Arm, under QEMU where that is installed.</summary>
internal static class Arm
{
    private const string Emulator = "qemu-aarch64-static";

    /// <summary>Where Debian puts the libraries of that architecture.</summary>
    private const string Libraries = "/usr/aarch64-linux-gnu";

    private static readonly string? s_emulator = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, Emulator)).FirstOrDefault(File.Exists);

    public static string? WhyNot =>
        s_emulator is null ? $"{Emulator} is not installed; {Install}"
        : !File.Exists(Path.Combine(Libraries, "lib/libstdc++.so.6")) ? $"the C++ library for arm64 is not installed; {Install}"
        : null;

    private static string Install => "apt-get install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross";

    /// <summary>What a program writes, behind a line that says which vectors there are.</summary>
    public static string Run(byte[] program)
    {
        string folder = Directory.CreateTempSubdirectory("netgen-arm").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "Host.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <RuntimeIdentifier>linux-arm64</RuntimeIdentifier>
                    <SelfContained>true</SelfContained>
                    <InvariantGlobalization>true</InvariantGlobalization>
                    <NuGetAudit>false</NuGetAudit>
                  </PropertyGroup>
                </Project>
                """);
            File.WriteAllText(Path.Combine(folder, "Program.cs"), """
                using System;
                using System.IO;
                using System.Runtime.Intrinsics.Arm;

                Console.Out.Write("AdvSimd " + (AdvSimd.IsSupported && AdvSimd.Arm64.IsSupported) + "\n");
                System.Reflection.Assembly driven = System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Driven.dll"));
                driven.GetType("Entry", throwOnError: true)!.GetMethod("Run")!.Invoke(null, [Console.Out]);
                """);
            string output = Path.Combine(folder, "out");
            Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, "publish", "-c", "Release", "-o", output,
                "--disable-build-servers", "-v", "q", "--nologo");
            File.WriteAllBytes(Path.Combine(output, "Driven.dll"), program);
            return Start(s_emulator!, folder, "-L", Libraries, Path.Combine(output, "Host"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Start(string file, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the test host was told about MSBuild is not for this build.
        foreach (string name in start.Environment.Keys.Where(static n =>
            n.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || n.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(file)} ended with {process.ExitCode}: {output}{errors.Result}");
    }
}

/// <summary>A test that needs a processor of Arm's.</summary>
internal sealed class ArmFactAttribute : FactAttribute
{
    public ArmFactAttribute() => Skip = Arm.WhyNot;
}
