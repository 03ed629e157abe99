using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using NetGen.Cli.Output;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;

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
        NetworkSummary summary;
        try
        {
            CheckResult check = NetworkCompiler.Check(SpecFile.Read(path).Text);
            if (check.Network is not { } network)
            {
                foreach (Diagnostic diagnostic in check.Diagnostics)
                {
                    if (diagnostic.IsError)
                        terminal.Error.WriteLine(Terminal.Printable(diagnostic.ToString(path)));
                }

                return ExitCode.Failure;
            }

            summary = NetworkSummary.Of(network);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Problem($"{path}: {(Directory.Exists(path) ? "it is a folder; name a spec file" : SpecFinder.Reason(e))}");
            return ExitCode.Failure;
        }

        if (json)
            SummaryJson.Write(path, summary, terminal.Out);
        else
            SummaryText.Write(path, summary, terminal);
        return ExitCode.Success;
    }
}
