using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Options;

/// <summary>What a named thing takes: its keys, and which of them is the main value.</summary>
internal sealed record OptionKeys(string? Main, EquatableArray<string> Keys)
{
    public static readonly OptionKeys None = new(null, default);

    /// <summary>What is written in place of a single value, where one of each key would not do.</summary>
    public string? Example { get; init; }

    /// <summary>What users of other libraries write for them.</summary>
    public Glossary Words { get; init; } = OptionWords.All;

    public static OptionKeys Of(params string[] keys) => new(null, new EquatableArray<string>(keys));

    public static OptionKeys WithMain(string main, params string[] others) => new(main, new EquatableArray<string>([main, .. others]));
}
