using System;
using System.IO;
using System.Linq;
using NetGen.Compiler.Emit;

namespace NetGen.Cli;

/// <summary>Where a project that the running tool makes has NetGen from.</summary>
/// <param name="Version">The version of the packages that belong to the tool.</param>
/// <param name="Packages">The packages' files, which an installed tool brings along; none for a tool that was built.</param>
/// <param name="Repository">The repository that the tool was built in and runs from; null where it was installed.</param>
internal sealed record ToolOrigin(string Version, string[] Packages, string? Repository)
{
    private const string Training = "NetGen.Training.";

    /// <summary>The packages are where the machine finds packages.</summary>
    public static readonly ToolOrigin Usual = new(Skeleton.Version, [], null);

    /// <summary>The origin of a tool whose program is in a folder.</summary>
    public static ToolOrigin Of(string folder)
    {
        string companions = Path.Combine(folder, "packages");
        string[] packages = Directory.Exists(companions) ? [.. Directory.GetFiles(companions, "*.nupkg").Order(StringComparer.Ordinal)] : [];
        if (packages.Select(Path.GetFileNameWithoutExtension).FirstOrDefault(static n => n!.StartsWith(Training, StringComparison.Ordinal)) is { } training)
            return new ToolOrigin(training[Training.Length..], packages, null);

        for (DirectoryInfo? parent = new(folder); parent is not null; parent = parent.Parent)
            if (File.Exists(Path.Combine(parent.FullName, "src", "NetGen", "InRepository.props")))
                return Usual with { Repository = parent.FullName };

        return Usual;
    }
}
