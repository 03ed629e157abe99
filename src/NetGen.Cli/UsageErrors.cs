using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Cli;

/// <summary>What is wrong with a command line, with the nearest command and option that there are.</summary>
internal static class UsageErrors
{
    private const string NoOption = "there is no option ";

    /// <summary>A sentence for each mistake.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        IReadOnlyList<string> unknown = parsed.UnmatchedTokens;
        // The parser says of each unknown word that it is one, and of an unknown command that there is none.
        string[] others = [.. parsed.Errors
            .Where(error => unknown.Count == 0 || (command.Subcommands.Count == 0 && !unknown.Any(word => error.Message == $"Unrecognized command or argument '{word}'.")))
            .Select(error => Message(error, command))];
        // An unknown option that was taken for the argument leaves the argument itself over.
        bool isArgumentLeft = others.Any(static o => o.StartsWith(NoOption, StringComparison.Ordinal));
        return isArgumentLeft ? others : [.. Unknown(parsed, command, unknown), .. others];
    }

    /// <summary>An option that a command does not have.</summary>
    /// <param name="owner">The command's result, whose parents' options count too where they are for all commands.</param>
    /// <param name="word">What was written, which may have a value behind it.</param>
    public static string UnknownOption(CommandResult owner, string word)
    {
        string name = word.Split('=', ':')[0];
        string[] names = [.. Names(Options(owner))];
        string? near = names.Where(n => name.Length > 3 && n.StartsWith(name, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? Nearest.Find(name, names)
            ?? Nearest.Find(name, Names(Descendants(owner.Command).SelectMany(static c => c.Options)));
        return $"{NoOption}'{name}'" + (near == name ? $" before a command; write it behind '{owner.Command.Name}'"
            : near is not null ? $"; did you mean '{near}'?"
            : $"; there are {string.Join(", ", Options(owner).Select(static o => o.Name).Order(StringComparer.Ordinal))}");
    }

    private static string Message(ParseError error, Command command) => error.Message switch
    {
        "Required command was not provided." => $"a command is missing; there are {Commands(command)}",
        var message when message.StartsWith("Required argument missing for command", StringComparison.Ordinal) =>
            $"{command.Name} needs {command.Arguments.First(static a => !a.HasDefaultValue).Name}",
        var message when Required(message) is { } option => $"{command.Name} needs {option}",
        var message => message.TrimEnd('.'),
    };

    // "Option '--data' is required."
    private static string? Required(string message) =>
        message.StartsWith("Option '", StringComparison.Ordinal) && message.EndsWith("' is required.", StringComparison.Ordinal) ? message["Option '".Length..^"' is required.".Length] : null;

    private static IEnumerable<Command> Descendants(Command command) => command.Subcommands.SelectMany(static c => Descendants(c).Prepend(c));

    private static IEnumerable<string> Unknown(ParseResult parsed, Command command, IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].Length > 1 && words[i][0] == '-')
            {
                yield return UnknownOption(parsed.CommandResult, words[i]);
                // What follows it is most likely its value.
                if (i + 1 < words.Count && !words[i + 1].StartsWith('-'))
                    i++;
            }
            else if (command.Subcommands.Count > 0)
            {
                string? near = Nearest.Find(words[i], command.Subcommands.Select(static c => c.Name));
                yield return $"there is no command '{words[i]}'; {(near is null ? $"there are {Commands(command)}" : $"did you mean '{near}'?")}";
                yield break; // the rest belongs to it
            }
            else
            {
                string taken = command.Arguments.Count == 0 ? "options alone" : $"one {command.Arguments[0].Name}";
                yield return $"'{words[i]}' is one too many: {command.Name} takes {taken}";
            }
        }
    }

    private static string Commands(Command command) => string.Join(", ", command.Subcommands.Select(static c => c.Name));

    private static IEnumerable<string> Names(IEnumerable<Option> options) => options.SelectMany(static o => o.Aliases.Append(o.Name));

    private static IEnumerable<Option> Options(CommandResult owner)
    {
        IEnumerable<Option> options = owner.Command.Options;
        for (SymbolResult? parent = owner.Parent; parent is CommandResult { Command: var command }; parent = parent.Parent)
            options = options.Concat(command.Options.Where(static o => o.Recursive));
        return options.Where(static o => !o.Hidden);
    }
}
