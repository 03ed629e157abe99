using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Runs;

/// <summary>A command line as it was typed, for a report.</summary>
internal static class CommandText
{
    // They tell how a part of a run was started, and not what it was.
    private static readonly string[] s_passing = ["--resume", "--force", "--json"];

    /// <summary>The words that the process was started with, quoted where a shell needs that.</summary>
    public static string OfProcess() => Of([.. Environment.GetCommandLineArgs().Skip(1)]);

    /// <summary>The same of given words.</summary>
    public static string Of(IReadOnlyList<string> words) => string.Join(' ', words.Where(static w => !s_passing.Contains(w)).Select(Quoted).Prepend("netgen"));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(static c => char.IsLetterOrDigit(c) || "-_=.,:/\\@%+".Contains(c, StringComparison.Ordinal)) ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
