using System;
using System.CommandLine.Parsing;
using System.Linq;

namespace NetGen.Cli.Commands;

/// <summary>What is asked of a path on the command line.</summary>
internal static class Paths
{
    /// <summary>An unknown option would else be taken for a path.</summary>
    public static void RefuseOptions(ArgumentResult argument)
    {
        foreach (Token token in argument.Tokens.Where(static t => t.Value.StartsWith('-')))
            argument.AddError($"there is no option '{token.Value}' (a path that begins with - is written ./{token.Value})");
    }
}
