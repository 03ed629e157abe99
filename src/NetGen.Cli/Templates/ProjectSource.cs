using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;

namespace NetGen.Cli.Templates;

/// <summary>What a new project says of where NetGen is.</summary>
/// <param name="origin">Where the tool came from.</param>
/// <param name="folder">The project's folder.</param>
internal sealed class ProjectSource(ToolOrigin origin, string folder)
{
    public const string Config = "nuget.config";

    /// <summary>The folder of packages in the project. A folder that is called packages is what many repositories ignore.</summary>
    public const string Feed = "netgen-packages";

    /// <summary>The items of the project file.</summary>
    public string References => origin.Repository is { } repository
        ? $"""    <ProjectReference Include="{Xml(From(repository))}/src/NetGen.Training/NetGen.Training.csproj" />"""
        : $"""
              <PackageReference Include="NetGen" Version="{Xml(origin.Version)}" />
              <PackageReference Include="NetGen.Training" Version="{Xml(origin.Version)}" />
          """;

    /// <summary>Files beside the project's, by their names.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files => origin switch
    {
        { Repository: { } repository } =>
        [
            // They stand for those of the repository above, if any, too.
            ("Directory.Build.props", Import($"{From(repository)}/src/NetGen/InRepository.props")),
            ("Directory.Build.targets", Import($"{From(repository)}/src/NetGen/InRepository.targets")),
        ],
        { Packages.Length: > 0 } =>
        [
            (Config, Bytes($"""
                <?xml version="1.0" encoding="utf-8"?>
                <configuration>
                  <packageSources>
                    <!-- NetGen and NetGen.Training are in this folder; everything else is where this machine finds packages. -->
                    <add key="netgen" value="{Feed}" />
                  </packageSources>
                </configuration>

                """)),
            .. origin.Packages.Select(static package => (Path.Combine(Feed, Path.GetFileName(package)), File.ReadAllBytes(package))),
        ],
        _ => [],
    };

    // Relative where both are likely to be moved together: beside each other, or one in the other.
    private string From(string place)
    {
        string relative = Path.GetRelativePath(Path.GetFullPath(folder), place);
        return (relative.StartsWith(Path.Combine("..", ".."), StringComparison.Ordinal) ? place : relative).Replace('\\', '/');
    }

    private static byte[] Import(string path) => Bytes($"""
        <Project>
          <Import Project="{Xml(path)}" />
        </Project>

        """);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));

    private static string Xml(string text) => SecurityElement.Escape(text);
}
