using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace NetGen.Package.Tests;

/// <summary>
/// The C# compiler as a server, which a build uses unless told otherwise. This one is of the tests alone: it loads the compiler and the analyzers once for all
/// builds, and ends with the tests.
/// </summary>
internal static class CompilerServer
{
    private static readonly string s_pipe = "netgen-" + Guid.NewGuid().ToString("N");

    /// <summary>What makes a build start the server, or use it where it runs.</summary>
    public static string[] Options => ["-p:UseSharedCompilation=true", "-p:SharedCompilationId=" + s_pipe];

    /// <summary>Ends the server if it runs.</summary>
    public static Task Stop()
    {
        string compilers = typeof(CompilerServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Compilers").Value!;
        string server = Path.Combine(compilers, "bincore", "VBCSCompiler.dll");
        return File.Exists(server) ? DotNet.Run(compilers, "exec", server, "-pipename:" + s_pipe, "-shutdown") : Task.CompletedTask;
    }
}
