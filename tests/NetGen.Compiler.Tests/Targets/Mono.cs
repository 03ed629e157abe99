using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>Mono, where it is installed: a runtime of .NET Framework's libraries.</summary>
internal static class Mono
{
    private static readonly string[] s_spans = ["System.Memory.dll", "System.Buffers.dll", "System.Numerics.Vectors.dll", "System.Runtime.CompilerServices.Unsafe.dll"];

    private static readonly string? s_path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);

    public static string? WhyNot => s_path is null ? "mono is not installed" : null;

    /// <summary>What a program writes.</summary>
    public static string Run(byte[] program)
    {
        string folder = Directory.CreateTempSubdirectory("netgen-mono").FullName;
        try
        {
            string file = Path.Combine(folder, "Driven.exe");
            File.WriteAllBytes(file, program);
            foreach (string assembly in s_spans)
            {
                using Stream stream = TargetReferences.Open("net461", assembly);
                using FileStream copy = File.Create(Path.Combine(folder, assembly));
                stream.CopyTo(copy);
            }

            using Process process = Process.Start(new ProcessStartInfo(s_path!, file) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"mono ended with {process.ExitCode}: {errors.Result}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>Tests that need Mono.</summary>
internal sealed class MonoTheoryAttribute : TheoryAttribute
{
    public MonoTheoryAttribute() => Skip = Mono.WhyNot;
}
