using System.CommandLine;
using NetGen.Cli.Output;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen summary SPEC</c>: what each layer gives, has and costs.</summary>
internal static class SummaryCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        var json = new Option<bool>("--json") { Description = "Write the table as a JSON object." };
        var command = new Command("summary", "Prints a spec's layers: output shape, parameters, multiply-adds, and the memory that the network needs.") { spec, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(spec), parsed.GetValue(json), terminal));
        return new ToolCommand(command, """
            netgen summary digits.yaml
            netgen summary digits.yaml --json
            """);
    }

    private static int Run(string path, bool json, Terminal terminal)
    {
        if (LoadedSpec.Read(path, terminal) is not { } spec)
            return ExitCode.Failure;
        NetworkSummary summary = NetworkSummary.Of(spec.Network);
        if (json)
            SummaryJson.Write(path, summary, terminal.Out);
        else
            SummaryText.Write(path, summary, terminal);
        return ExitCode.Success;
    }
}
