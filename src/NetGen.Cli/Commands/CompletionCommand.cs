using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using NetGen.Cli.Completion;
using NetGen.Cli.Output;
using NetGen.Compiler.Text;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen completion SHELL</c>: what a shell completes the tool's command line by, without starting the tool.</summary>
internal static class CompletionCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = $"The shell: {string.Join(", ", CompletionShell.Names)}." };
        shell.Validators.Add(Paths.RefuseOptions);
        shell.Validators.Add(static argument =>
        {
            if (argument.Tokens is [{ Value: var name }] && !name.StartsWith('-') && ProblemOf(name) is { } problem)
                argument.AddError(problem);
        });
        shell.CompletionSources.Add([.. CompletionShell.Names]);
        var command = new Command("completion", "Writes a script by which a shell completes commands, options, their values and files.") { shell };
        command.SetAction(parsed =>
        {
            CompletionShell found = CompletionShell.All.First(s => s.Name == parsed.GetRequiredValue(shell));
            // The whole tree, from the command that was typed up: other commands are added beside this one.
            var root = (RootCommand)parsed.RootCommandResult.Command;
            terminal.Out.Write(found.Write(CommandNode.Of(root)));
            return ExitCode.Success;
        });
        return new ToolCommand(command, """
            netgen completion bash > ~/.local/share/bash-completion/completions/netgen
                                           needs the package bash-completion; without it, in ~/.bashrc:
                                           source <(netgen completion bash)
            netgen completion zsh > ~/.zfunc/_netgen
                                           and in ~/.zshrc: fpath+=~/.zfunc; autoload -Uz compinit; compinit
            netgen completion fish > ~/.config/fish/completions/netgen.fish
            netgen completion pwsh > ~/netgen-completion.ps1
                                           and in the file that $PROFILE names: . ~/netgen-completion.ps1
            (write the script again after an update of the tool)
            """);
    }

    private static string? ProblemOf(string name)
    {
        if (CompletionShell.Names.Contains(name))
            return null;
        string remedy = name is "powershell" ? "did you mean 'pwsh'?"
            : Nearest.Find(name, CompletionShell.Names) is { } near ? $"did you mean '{near}'?"
            : $"there are {string.Join(", ", CompletionShell.Names)}";
        return $"there is no shell '{name}' here; {remedy}";
    }
}
