using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace NetGen.Cli.Completion;

/// <summary>An option as a shell completes it.</summary>
/// <param name="Names">Its names, the longest first.</param>
/// <param name="TakesValue">A word follows it.</param>
/// <param name="IsRepeatable">It may be given more than once.</param>
internal sealed record OptionNode(IReadOnlyList<string> Names, string Description, bool TakesValue, bool IsRepeatable, string ValueName, Expected Value);

/// <summary>An argument as a shell completes it.</summary>
/// <param name="IsMany">All further words are such arguments.</param>
internal sealed record ArgumentNode(string Name, bool IsMany, Expected Value);

/// <summary>A command as a shell completes it: all that the scripts are made of.</summary>
/// <param name="Path">The words from the tool's name on, without it; empty for the tool itself.</param>
internal sealed record CommandNode(
    string Path, string Name, IReadOnlyList<string> Aliases, string Description, IReadOnlyList<CommandNode> Commands, IReadOnlyList<OptionNode> Options,
    IReadOnlyList<ArgumentNode> Arguments)
{
    /// <summary>The command and those within it, each before its parts.</summary>
    public IEnumerable<CommandNode> All => Commands.SelectMany(static c => c.All).Prepend(this);

    /// <summary>The tree of the parser's commands, without what is hidden.</summary>
    public static CommandNode Of(RootCommand root) => Of(root, "", []);

    private static CommandNode Of(Command command, string path, IReadOnlyList<Option> inherited)
    {
        Option[] shared = [.. inherited, .. command.Options.Where(static o => o.Recursive)];
        return new CommandNode(
            path, command.Name, [.. command.Aliases], Sentence(command.Description),
            [.. command.Subcommands.Where(static c => !c.Hidden).Select(c => Of(c, path.Length == 0 ? c.Name : $"{path} {c.Name}", shared))],
            [.. command.Options.Concat(inherited).Where(static o => !o.Hidden).DistinctBy(static o => o.Name).Select(Of)],
            [.. command.Arguments.Where(static a => !a.Hidden)
                .Select(static a => new ArgumentNode(a.Name, a.Arity.MaximumNumberOfValues > 1, Expected.Of(a)))]);
    }

    private static OptionNode Of(Option option)
    {
        Expected value = Expected.Of(option);
        string description = Sentence(option.Description);
        // Which words there are, is offered anyway.
        int list = value.Words.Count > 0 ? description.IndexOf(": ", StringComparison.Ordinal) : -1;
        return new OptionNode(
            // /? and /h are for Windows alone, and no shell completes -?.
            [.. option.Aliases.Append(option.Name).Where(static n => n.StartsWith('-') && !n.Contains('?')).OrderByDescending(static n => n.Length)],
            list < 0 ? description : description[..list],
            option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0,
            option.Arity.MaximumNumberOfValues > 1,
            option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant(),
            value);
    }

    /// <summary>The first sentence, without its full stop: menus have one line for it.</summary>
    private static string Sentence(string? description)
    {
        string text = (description ?? "").ReplaceLineEndings(" ");
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
