using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Tasks;

namespace NetGen.Benchmarks;

/// <summary>Programs that are run to their end.</summary>
internal static class Commands
{
    /// <summary>Its status, and what it wrote on both its outputs; null if there is no such program.</summary>
    public static (int Status, string Output)? TryRun(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
