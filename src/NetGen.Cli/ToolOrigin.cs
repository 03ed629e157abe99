using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler.Emit;

namespace NetGen.Cli;

/// <summary>Where the running tool came from: a project that it makes takes NetGen from the same place.</summary>
/// <param name="Version">The version of the packages that belong to it.</param>
/// <param name="Feed">The folder of packages that it was installed from; null for any other source, which the machine knows by itself.</param>
/// <param name="Repository">The repository that it was built in and runs from; null where it was installed.</param>
internal sealed record ToolOrigin(string Version, string? Feed, string? Repository)
{
    /// <summary>The packages are where the machine finds packages.</summary>
    public static readonly ToolOrigin Usual = new(Skeleton.Version, null, null);

    /// <summary>The origin of a tool whose program is in a folder.</summary>
    public static ToolOrigin Of(string folder)
    {
        for (DirectoryInfo? parent = new(folder); parent is not null; parent = parent.Parent)
        {
            // NuGet writes it beside the content of each package that it installs, in a folder that is called like the version.
            string metadata = Path.Combine(parent.FullName, ".nupkg.metadata");
            if (File.Exists(metadata))
                return new ToolOrigin(parent.Name, FolderIn(metadata), null);
            if (File.Exists(Path.Combine(parent.FullName, "src", "NetGen", "InRepository.props")))
                return Usual with { Repository = parent.FullName };
        }

        return Usual;
    }

    /// <summary>The feed has a package of this version.</summary>
    public bool FeedHas(string package)
    {
        string file = $"{package}.{Version}.nupkg";
        return Feed is not null && Directory.Exists(Feed)
            && (Directory.EnumerateFiles(Feed).Any(f => Path.GetFileName(f).Equals(file, StringComparison.OrdinalIgnoreCase))
                || Directory.Exists(Path.Combine(Feed, package.ToLowerInvariant(), Version)));
    }

    private static string? FolderIn(string metadata)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(metadata));
            string? source = json.RootElement.TryGetProperty("source", out JsonElement value) ? value.GetString() : null;
            return source is null ? null
                : Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) ? (uri.IsFile ? uri.LocalPath : null)
                : Path.IsPathRooted(source) ? source
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
