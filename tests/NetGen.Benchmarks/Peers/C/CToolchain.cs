using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace NetGen.Benchmarks;

/// <summary>A C compiler on this machine.</summary>
internal sealed class CToolchain(string compiler)
{
    /// <summary>Its first line about itself; null if it is not installed.</summary>
    public string? Version { get; } = Find(compiler);

    /// <summary>Compiles and links a shared object; throws with what the compiler said.</summary>
    /// <remarks>Linked without -ffast-math, whose start-up code would flush denormals in this process too.</remarks>
    public string Build(string source, string folder, string name, IReadOnlyList<string> flags, IReadOnlyList<string> libraries)
    {
        string file = Path.Combine(folder, name + ".c"), built = Path.Combine(folder, name + ".o"), library = Path.Combine(folder, name + ".so");
        File.WriteAllText(file, source);
        Run([.. flags, "-fPIC", "-c", file, "-o", built]);
        Run(["-shared", built, "-o", library, .. libraries]);
        return library;
    }

    private static string? Find(string compiler)
    {
        try
        {
            return Execute(compiler, ["--version"]).Output.Split('\n')[0].Trim();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private void Run(IReadOnlyList<string> arguments)
    {
        (int status, string output) = Execute(compiler, arguments);
        if (status != 0)
            throw new InvalidOperationException($"{compiler} {string.Join(' ', arguments)}\n{output}");
    }

    private static (int Status, string Output) Execute(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
