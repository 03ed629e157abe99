using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;

namespace NetGen.Cli;

/// <summary>The tool's entry: its commands, and what becomes of a wrong command line, a failure and Ctrl-C.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CSharpCompilerFinder.Register();
        using Terminal terminal = Terminal.OfProcess();
        try
        {
            int status = await Run(args, terminal);
            // What cannot be written is a failure, not something that happens on the way out.
            terminal.Out.Flush();
            return status;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (IOException e)
        {
            // The disk is full, or whoever read the output has gone.
            terminal.TryProblem(e.Message);
            return ExitCode.Failure;
        }
        catch (Exception e)
        {
            terminal.TryProblem($"netgen failed with {InternalErrors.Describe(e)}; this is a mistake in NetGen, please report it");
            return ExitCode.Failure;
        }
    }

    /// <summary>All that the tool can do.</summary>
    public static IReadOnlyList<ToolCommand> Commands(Terminal terminal) =>
    [
        CheckCommand.Create(terminal), SummaryCommand.Create(terminal), GraphCommand.Create(terminal), EmitCommand.Create(terminal),
        TrainCommand.Create(terminal), EvaluateCommand.Create(terminal), PredictCommand.Create(terminal), VerifyCommand.Create(terminal),
        SweepCommand.Create(terminal), ReportCommand.Create(terminal),
        ImportCommand.Create(terminal), ExportCommand.Create(terminal), WeightsCommand.Create(terminal),
        NewCommand.Create(terminal), SchemaCommand.Create(terminal), ExplainCommand.Create(terminal), CompletionCommand.Create(terminal),
    ];

    /// <summary>Runs a command line.</summary>
    internal static async Task<int> Run(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Checks, draws, compiles and trains neural networks, by the rules of NetGen's build.");
        var examples = new Dictionary<Command, string> { [root] = "netgen train --infer --data iris.csv\nnetgen check specs/\nnetgen summary digits.yaml" };
        foreach (ToolCommand command in Commands(terminal))
        {
            root.Add(command.Command);
            foreach (ToolCommand part in command.Parts.Prepend(command))
                examples.Add(part.Command, part.Examples);
        }

        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new HelpWithExamples(help, examples);
        }

        // A path may begin with @, which is not a file of arguments here.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (string message in UsageErrors.Of(parsed))
                terminal.Problem(message);
            string command = "";
            for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: var c } && c != root; result = result.Parent)
                command = $" {c.Name}{command}";
            terminal.Problem($"see netgen{command} --help");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // What is cancelled has a checkpoint to write, and a report.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            Output = terminal.Out,
            Error = terminal.Error,
        });
    }

    /// <summary>The usual help, and below it the command's examples.</summary>
    private sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, string> examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int status = help.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in examples[parseResult.CommandResult.Command].Split('\n'))
                output.WriteLine("  " + line);
            return status;
        }
    }
}
