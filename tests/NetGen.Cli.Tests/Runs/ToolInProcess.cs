using System;
using System.IO;
using System.Threading.Tasks;
using NetGen.Cli.Output;

namespace NetGen.Cli.Tests.Runs;

/// <summary>Runs a command line in this process, where C#'s compiler is warm. Paths are whole ones: the current folder is all tests'.</summary>
internal static class ToolInProcess
{
    public static async Task<ToolResult> Run(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        using var terminal = new Terminal(output, errors, isLive: false);
        int status = await Task.Run(() => Program.Run(arguments, terminal));
        return new ToolResult(status, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
