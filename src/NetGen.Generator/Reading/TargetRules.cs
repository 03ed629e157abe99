using System.Globalization;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Targets;

namespace NetGen.Generator.Reading;

/// <summary>Whether the project can compile what is generated.</summary>
internal static class TargetRules
{
    private const int Oldest = 703;

    /// <summary>What it lacks and how to come by it, or null.</summary>
    public static string? Lacking(Target target) => target.LanguageVersion < Oldest
        ? $"C# 7.3, and the project has {Version(target)}; set LangVersion to 7.3 or later"
        : null;

    public static Finding? Check(TargetChoice choice, NetworkClass network) => (Lacking(choice.Target), choice.Rule) switch
    {
        ({ } lacking, _) => new Finding(Rules.OldTarget, network.Attribute, $"the network '{network.Declaration.Name}' needs {lacking}"),
        (_, { } rule) => new Finding(rule, network.Attribute, $"the network '{network.Declaration.Name}' {choice.Message}"),
        _ => null,
    };

    public static string Version(Target target) =>
        // C# 1 to 7 count in ones, the later ones in hundreds.
        target.LanguageVersion < 100
            ? target.LanguageVersion.ToString(CultureInfo.InvariantCulture)
            : $"{target.LanguageVersion / 100}.{target.LanguageVersion % 100}";
}
