using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Baking;

/// <summary>The weight files of a project that nothing names, as the build step tells the generator, which says of a missing one what there is.</summary>
internal static class UnreadWeights
{
    private const string FirstLine = "netgen-unread-weights 1";

    public static string Write(IEnumerable<string> paths) => string.Concat(paths.Prepend(FirstLine).Select(static p => p + "\n"));

    /// <summary>Their paths; null where the text is none of ours.</summary>
    public static string[]? Read(string text)
    {
        string[] lines = text.Split('\n');
        return lines[0].TrimEnd('\r') == FirstLine ? [.. lines.Skip(1).Select(static l => l.TrimEnd('\r')).Where(static l => l.Length > 0)] : null;
    }
}
