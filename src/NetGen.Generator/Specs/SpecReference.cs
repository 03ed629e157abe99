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
    public static string? ProjectFolderOf(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? folder) && folder.Length > 0
            ? folder
            : null;
}
