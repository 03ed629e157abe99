using System.Collections.Generic;
using System.CommandLine;

namespace NetGen.Cli.Commands;

/// <summary>A command and how it is used.</summary>
/// <param name="Examples">For the end of its help, a line each.</param>
internal sealed record ToolCommand(Command Command, string Examples)
{
    /// <summary>The commands that it consists of, if any.</summary>
    public IReadOnlyList<ToolCommand> Parts { get; init; } = [];
}
