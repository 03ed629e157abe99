using System;
using System.CommandLine;
using System.IO;
using NetGen.Cli.Output;
using NetGen.Compiler.Schema;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen schema</c>: the JSON Schema of a spec, for editors.</summary>
internal static class SchemaCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var output = new Option<string>("--output", "-o") { Description = "The file to write; without it, standard output.", HelpName = "FILE" };
        var command = new Command("schema", "Writes the JSON Schema of a spec, by which editors complete, explain and mark.") { output };
        command.SetAction(parsed => Run(parsed.GetValue(output), terminal));
        return new ToolCommand(command, """
            netgen schema -o netgen.schema.json
            (then begin a spec with: # yaml-language-server: $schema=netgen.schema.json)
            """);
    }

    private static int Run(string? path, Terminal terminal)
    {
        if (path is null)
        {
            terminal.Out.Write(SpecSchema.Text());
            return ExitCode.Success;
        }

        try
        {
            File.WriteAllText(path, SpecSchema.Text());
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Problem($"{path}: {SpecFinder.Reason(e)}");
            return ExitCode.Failure;
        }
    }
}
