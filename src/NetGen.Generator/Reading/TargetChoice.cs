using System;
using System.Linq;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Reading;

/// <summary>
/// The target that is generated for: what the project has, or, where its property <c>NetGenTarget</c> names one, what both have.
/// </summary>
/// <param name="Target">Where the name is wrong, what the project has: one mistake is then one error.</param>
/// <param name="Rule">What is wrong with the name; null where nothing is.</param>
/// <param name="Message">How a message goes on that begins with the network.</param>
internal sealed record TargetChoice(Target Target, Rule? Rule, string Message)
{
    private const string Property = "NetGenTarget";

    public static string? NameIn(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property." + Property, out string? name) && name.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    public static TargetChoice Of(Target project, string? name)
    {
        if (name is null)
            return new TargetChoice(project, null, "");
        if (Target.Named.FirstOrDefault(n => n.Name == name).Target is not { } named)
        {
            string[] names = [.. Target.Named.Select(static n => n.Name)];
            string near = Nearest.Find(name, names) is { } found ? $"; did you mean '{found}'?" : "";
            return new TargetChoice(project, Rules.UnknownWord, $"has the target '{name}', but {Property} is {string.Join(" or ", names)}{near}");
        }

        return Missing(named, project) is { } missing
            ? new TargetChoice(project, Rules.OldTarget, $"has the target '{name}', which needs {missing}, or leave {Property} to the build")
            : new TargetChoice(Both(named, project), null, "");
    }

    /// <summary>What the named target cannot do without and the project lacks, and how to come by it; or null.</summary>
    private static string? Missing(Target named, Target project) => (named, project) switch
    {
        ({ HasSpan: true }, { HasSpan: false }) =>
            "System.Span<T>, and the project's framework has none; add the package System.Memory, name the target 'minimal'",
        ({ HasVectors: true }, { HasVectors: false }) =>
            $"the vectors of {(named.HasOldVectors ? ".NET 8" : ".NET 9")}, and the project's framework has none; name the target 'netstandard2.0'",
        ({ HasVectors: true, HasOldVectors: false }, { HasOldVectors: true }) =>
            "the vectors of .NET 9, and the project's framework has those of .NET 8; name the target 'net8.0'",
        ({ HasVectors: true }, { LanguageVersion: < Target.VectorLanguage }) =>
            $"C# 11, and the project has {TargetRules.Version(project)}; set LangVersion to 11 or later",
        _ => null,
    };

    private static Target Both(Target named, Target project) => named with
    {
        LanguageVersion = Math.Min(named.LanguageVersion, project.LanguageVersion),
        HasMathF = named.HasMathF && project.HasMathF,
        HasStaticSpans = named.HasStaticSpans && project.HasStaticSpans,
        HasAggressiveOptimization = named.HasAggressiveOptimization && project.HasAggressiveOptimization,
        // What has the vectors of .NET 8 has these as well.
        HasPortableVectors = named.HasPortableVectors && (project.HasPortableVectors || project.HasVectors),
        // The interfaces take spans, and are implemented by static members.
        HasTraining = project.HasTraining && named is { HasSpan: true, LanguageVersion: >= TargetReader.StaticAbstractMembers },
    };
}
