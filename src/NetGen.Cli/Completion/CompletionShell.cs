using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Completion;

/// <summary>A shell that a script can be written for.</summary>
/// <param name="Name">What <c>netgen completion</c> calls it.</param>
/// <param name="Write">The script, which offers what the commands had when it was written.</param>
internal sealed record CompletionShell(string Name, Func<CommandNode, string> Write)
{
    public static IReadOnlyList<CompletionShell> All { get; } =
    [
        new("bash", BashScript.Write),
        new("zsh", ZshScript.Write),
        new("fish", FishScript.Write),
        new("pwsh", PowerShellScript.Write),
    ];

    public static IEnumerable<string> Names => All.Select(static shell => shell.Name);
}
