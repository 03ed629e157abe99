using System.CommandLine;
using NetGen.Cli.Graph;
using NetGen.Cli.Output;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen graph SPEC</c>: a picture of the network.</summary>
internal static class GraphCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        Option<string> output = OutputFile.Option(".svg", "an SVG", ", and a program such as rsvg-convert makes other pictures of it");
        var command = new Command("graph", "Draws a spec's network as an SVG: its layers and branches, the shapes between them, "
            + "parameters and multiply-adds.") { spec, output };
        command.SetAction(parsed =>
        {
            if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal) is not { } loaded)
                return ExitCode.Failure;
            return OutputFile.Write(parsed.GetValue(output), loaded.Path, NetworkPicture.Draw(loaded), terminal);
        });
        return new ToolCommand(command, """
            netgen graph digits.yaml -o digits.svg
            netgen graph digits.yaml | rsvg-convert -o digits.png
            """);
    }
}
