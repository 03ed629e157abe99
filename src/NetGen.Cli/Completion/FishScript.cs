using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Completion;

/// <summary>Completion for fish, from 3.1 on: a <c>complete</c> for each command, option and argument, under the condition that it is their turn.</summary>
internal static class FishScript
{
    private const string Files = """
        # Files of the endings that are given, and folders on the way to them.
        function __netgen_files
            for file in (__fish_complete_path (commandline -ct))
                set -l name (string split -m 1 \t -- $file)[1]
                if string match -q -- '*/' $name
                    echo -- $file
                else
                    for ending in $argv
                        if string match -q -- "*$ending" $name
                            echo -- $file
                        end
                    end
                end
            end
        end

        """;

    private const string At = """
        # Whether the command is $argv[1] and, where $argv[2] says so, that argument's turn (from 0).
        function __netgen_at
            set -l path ''
            set -l at 0
            set -l skip 0
            for word in (commandline -opc)[2..-1]
                if test $skip = 1
                    set skip 0
                else if string match -q -- '-*' $word
                    __netgen_takes_value "$path" $word; and set skip 1
                else if test $at = 0; and __netgen_is_command "$path" $word
                    set path (string trim -- "$path $word")
                else
                    set at (math $at + 1)
                end
            end
            test "$path" = "$argv[1]"; or return 1
            test (count $argv) -lt 2; or test $at = $argv[2]
        end

        """;

    public static string Write(CommandNode root)
    {
        var text = new StringBuilder("# Completion of netgen for fish, written by: netgen completion fish\n\n");
        text.Append(Files.ReplaceLineEndings("\n")).Append('\n');
        Function(text, "__netgen_is_command", "Whether $argv[2] is a command within $argv[1].",
            root.All.SelectMany(static c => c.Commands.SelectMany(part => part.Aliases.Prepend(part.Name).Select(name => $"{c.Path} {name}"))));
        Function(text, "__netgen_takes_value", "Whether the option $argv[2] of the command $argv[1] has a value behind it.",
            root.All.SelectMany(static c => c.Options.Where(static o => o.TakesValue).SelectMany(static o => o.Names).Select(name => $"{c.Path} {name}")));
        text.Append(At.ReplaceLineEndings("\n")).Append("\n# Files only where they are asked for.\ncomplete -c netgen -f\n");
        foreach (CommandNode command in root.All)
            WriteCommand(text, command);
        return text.ToString();
    }

    private static void WriteCommand(StringBuilder text, CommandNode command)
    {
        text.Append($"\n# netgen {command.Path}".TrimEnd()).Append('\n');
        string here = $"complete -c netgen -n {Quoted($"__netgen_at {Quoted(command.Path)}")}";
        foreach (CommandNode part in command.Commands)
            text.Append($"complete -c netgen -n {Quoted($"__netgen_at {Quoted(command.Path)} 0")} -f -a {part.Name} -d {Quoted(part.Description)}\n");
        foreach (OptionNode option in command.Options)
        {
            string names = string.Concat(option.Names.Select(static n =>
                n.StartsWith("--", StringComparison.Ordinal) ? $" -l {n[2..]}" : n.Length == 2 ? $" -s {n[1..]}" : $" -o {n[1..]}"));
            text.Append($"{here}{names}{(option.TakesValue ? " -x" + Values(option.Value) : "")} -d {Quoted(option.Description)}\n");
        }

        for (int i = 0; i < command.Arguments.Count; i++)
        {
            ArgumentNode argument = command.Arguments[i];
            string values = Values(argument.Value);
            if (values.Length > 0)
                text.Append($"{(argument.IsMany ? here : $"complete -c netgen -n {Quoted($"__netgen_at {Quoted(command.Path)} {i}")}")} -f{values}\n");
        }
    }

    private static string Values(Expected value) =>
        value.Files && value.Extensions.Count == 0 ? " -a '(__fish_complete_path (commandline -ct))'"
        : value.Files ? $" -k -a '(__netgen_files {string.Join(' ', value.Extensions)})'"
        : value.Words.Count > 0 ? $" -a {Quoted(string.Join(' ', value.Words))}"
        : "";

    private static void Function(StringBuilder text, string name, string comment, IEnumerable<string> cases)
    {
        text.Append($"# {comment}\nfunction {name}\n    switch \"$argv[1] $argv[2]\"\n");
        foreach (string[] some in cases.Chunk(6))
            text.Append($"        case {string.Join(' ', some.Select(Quoted))}\n            return 0\n");
        text.Append("    end\n    return 1\nend\n\n");
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
