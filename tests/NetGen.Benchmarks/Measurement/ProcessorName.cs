using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>What the system calls the processor, with family and model where names are vague.</summary>
internal static class ProcessorName
{
    public static string Value { get; } = Find();

    private static string Find()
    {
        if (!File.Exists("/proc/cpuinfo"))
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
        string[] lines = File.ReadAllLines("/proc/cpuinfo");
        string name = Field("model name");
        return name == ""
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : $"{name} (family {Field("cpu family")}, model {Field("model")})";

        string Field(string key) =>
            lines.Select(l => l.Split(':', 2)).FirstOrDefault(p => p.Length == 2 && p[0].Trim() == key)?[1].Trim() ?? "";
    }
}
