using System;
using System.CommandLine.Parsing;
using System.Linq;

namespace NetGen.Cli.Commands;

/// <summary>What is asked of a word on the command line.</summary>
internal static class Paths
{
    /// <summary>An unknown option would else be taken for a path.</summary>
    public static void RefuseOptions(ArgumentResult argument)
    {
        foreach (string word in argument.Tokens.Select(static t => t.Value).Where(static v => v.StartsWith('-')))
            argument.AddError($"{UsageErrors.UnknownOption((CommandResult)argument.Parent!, word)} (a path that begins with - is written ./{word})");
    }

    /// <summary>Refuses the values of an option that something is wrong with.</summary>
    /// <param name="problem">What is wrong with a value; null for nothing.</param>
    public static Action<OptionResult> Check(Func<string, string?> problem) => option =>
    {
        foreach (string message in option.Tokens.Select(t => problem(t.Value)).OfType<string>())
            option.AddError($"{option.Option.Name}: {message}");
    };
}
