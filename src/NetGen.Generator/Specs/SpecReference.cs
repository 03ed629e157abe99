using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Specs;

/// <summary>A spec as a class names it.</summary>
/// <param name="SourcePath">The C# file of the attribute.</param>
/// <param name="Path">The path in the attribute.</param>
internal sealed record SpecReference(string SourcePath, string Path);

/// <summary>The files among which specs are found.</summary>
/// <param name="Paths">Every additional file that is YAML, as its path was handed over.</param>
/// <param name="ProjectFolder">The project's folder, or null where the host does not tell.</param>
internal sealed record SpecFiles(EquatableArray<string> Paths, string? ProjectFolder)
{
    /// <summary>As the package's build files hand it over, else as the SDK does, which cuts it off at a <c>#</c>.</summary>
    public static string? ProjectFolderOf(AnalyzerConfigOptionsProvider options)
    {
        if (options.GlobalOptions.TryGetValue("build_property.NetGenProjectFolder", out string? escaped) && escaped.Length > 0)
            return Regex.Replace(escaped, @"\|(.)", static m => m.Groups[1].Value switch { "h" => "#", "s" => ";", string other => other });
        return options.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? folder) && folder.Length > 0 ? folder : null;
    }
}
