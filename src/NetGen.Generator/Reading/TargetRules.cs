using System.Globalization;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Emit;

namespace NetGen.Generator.Reading;

/// <summary>Whether the project can compile what is generated.</summary>
internal static class TargetRules
{
    private const int Oldest = 703;

    /// <summary>What it lacks and how to come by it, or null.</summary>
    public static string? Lacking(Target target) => target switch
    {
        { LanguageVersion: < Oldest } => $"C# 7.3, and the project has {Version(target)}; set LangVersion to 7.3 or later",
        { HasSpan: false } => "System.Span<T>, which the project's framework lacks; add the package System.Memory, or target .NET Standard 2.1 or .NET",
        _ => null,
    };

    public static Finding? Check(Target target, NetworkClass network) => Lacking(target) is { } lacking
        ? new Finding(Rules.OldTarget, network.Attribute, $"the network '{network.Declaration.Name}' needs {lacking}")
        : null;

    private static string Version(Target target) =>
        // C# 1 to 7 count in ones, the later ones in hundreds.
        target.LanguageVersion < 100
            ? target.LanguageVersion.ToString(CultureInfo.InvariantCulture)
            : $"{target.LanguageVersion / 100}.{target.LanguageVersion % 100}";
}
