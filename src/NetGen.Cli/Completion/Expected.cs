using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.IO;
using System.Linq;

namespace NetGen.Cli.Completion;

/// <summary>What may stand in the place of an argument or of an option's value.</summary>
/// <param name="Words">Words to choose from; empty where there are none to know.</param>
/// <param name="Files">Files may stand there, and folders on the way to them.</param>
/// <param name="Extensions">The endings of the files, with their points; empty for any.</param>
internal sealed record Expected(IReadOnlyList<string> Words, bool Files, IReadOnlyList<string> Extensions)
{
    public static Expected Nothing { get; } = new([], false, []);

    // By the name that the help shows: it is what tells a user, too.
    private static readonly Dictionary<string, string[]> s_files = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SPEC"] = [".yaml", ".yml"],
        ["DATA"] = [".csv", ".tsv", ".txt"],
        ["CSV"] = [".csv", ".tsv", ".txt"],
        ["WEIGHTS"] = [".safetensors"],
        ["MODEL"] = [".onnx", ".tflite", ".nam"],
        ["FILE"] = [],
        ["PATH"] = [],
        ["FOLDER"] = [],
        ["DIRECTORY"] = [],
    };

    public static Expected Of(Argument argument) => Of(argument, argument.Name, "", argument.ValueType);

    public static Expected Of(Option option) => Of(option, option.HelpName ?? "", option.Name.TrimStart('-'), option.ValueType);

    private static Expected Of(Symbol symbol, string helpName, string name, Type type)
    {
        if (type == typeof(bool))
            return Nothing;
        // What the parser would suggest: the names of an enumeration, those of AcceptOnlyFromAmong, and what a command adds as CompletionSources.
        string[] words = [.. symbol.GetCompletions(CompletionContext.Empty).Select(static c => c.InsertText ?? c.Label).Distinct()];
        if (words.Length > 0)
            return Nothing with { Words = words };
        // --data FILE says more by its own name than by that of its value.
        string[]? extensions = s_files.GetValueOrDefault(name) ?? s_files.GetValueOrDefault(helpName.TrimEnd('…', '.'));
        return extensions is not null || typeof(FileSystemInfo).IsAssignableFrom(type) ? new Expected([], true, extensions ?? []) : Nothing;
    }
}
