using System.CommandLine;
using NetGen.Cli.Output;
using NetGen.Compiler.Schema;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen schema</c>: the JSON Schema of a spec, for editors.</summary>
internal static class SchemaCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        Option<string> output = OutputFile.Option(".json", "a JSON Schema");
        var command = new Command("schema", "Writes the JSON Schema of a spec, by which editors complete, explain and mark.") { output };
        command.SetAction(parsed => OutputFile.Write(parsed.GetValue(output), null, SpecSchema.Text(), terminal));
        return new ToolCommand(command, """
            netgen schema -o netgen.schema.json
            (then begin a spec with: # yaml-language-server: $schema=netgen.schema.json)
            """);
    }
}
