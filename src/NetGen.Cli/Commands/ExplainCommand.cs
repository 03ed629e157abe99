using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using NetGen.Cli.Explain;
using NetGen.Cli.Output;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen explain RULE</c>: a diagnostic's page, without a browser.</summary>
internal static class ExplainCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var rule = new Argument<string?>("RULE")
        {
            HelpName = "RULE",
            Description = "A rule, as in NETGEN020 or 20; without it, all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        rule.Validators.Add(Paths.RefuseOptions);
        rule.Validators.Add(static argument =>
        {
            if (argument.Tokens is [{ Value: var name }] && !name.StartsWith('-') && RulePages.Problem(name) is { } problem)
                argument.AddError(problem);
        });
        rule.CompletionSources.Add([.. Rules.All.Select(static r => r.Id)]);
        var json = new Option<bool>("--json") { Description = "Write the rule and its page, or the list, as JSON." };
        var command = new Command("explain", "Explains a rule: its cause, an example, how to fix it, and how to switch it off. Without a rule, lists all.")
        {
            rule, json,
        };
        command.SetAction(parsed =>
        {
            bool isJson = parsed.GetValue(json);
            if (parsed.GetValue(rule) is not { } name)
            {
                if (isJson)
                    RuleText.WriteListJson(terminal);
                else
                    RuleText.WriteList(terminal);
                return ExitCode.Success;
            }

            Rule found = RulePages.Find(name)!;
            if (isJson)
                RuleText.WritePageJson(found, terminal);
            else
                RuleText.WritePage(found, terminal);
            return ExitCode.Success;
        });
        return new ToolCommand(command, """
            netgen explain NETGEN020
            netgen explain 20              the same
            netgen explain                 all rules
            netgen explain --json 20       for other programs
            """);
    }
}
