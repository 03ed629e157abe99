using System;
using System.Collections.Generic;
using System.IO;
using System.Security;

namespace NetGen.Cli.Templates;

/// <summary>What a new project says of where NetGen is.</summary>
/// <param name="origin">Where the tool came from.</param>
/// <param name="folder">The project's folder.</param>
internal sealed class ProjectSource(ToolOrigin origin, string folder)
{
    public const string Config = "nuget.config";

    /// <summary>The items of the project file.</summary>
    public string References => origin.Repository is { } repository
        ? $"""    <ProjectReference Include="{Xml(From(repository))}/src/NetGen.Training/NetGen.Training.csproj" />"""
        : $"""
              <PackageReference Include="NetGen" Version="{Xml(origin.Version)}" />
              <PackageReference Include="NetGen.Training" Version="{Xml(origin.Version)}" />
          """;

    /// <summary>Files beside the project's, by their names.</summary>
    public IReadOnlyList<(string Name, string Text)> Files => origin switch
    {
        { Repository: { } repository } =>
        [
            // They stand for those of the repository above, if any, too.
            ("Directory.Build.props", Import($"{From(repository)}/src/NetGen/InRepository.props")),
            ("Directory.Build.targets", Import($"{From(repository)}/src/NetGen/InRepository.targets")),
        ],
        { Feed: { } feed } => [(Config, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources>
                <!-- NetGen and NetGen.Training are where the tool netgen was installed from; everything else is where this machine finds packages. -->
                <add key="netgen" value="{Xml(From(feed))}" />
              </packageSources>
            </configuration>

            """.ReplaceLineEndings("\n"))],
        _ => [],
    };

    /// <summary>A place as the project names it: relative where both are likely to be moved together, that is beside each other or one in the other.</summary>
    private string From(string place)
    {
        string relative = Path.GetRelativePath(Path.GetFullPath(folder), place);
        return (relative.StartsWith(Path.Combine("..", ".."), StringComparison.Ordinal) ? place : relative).Replace('\\', '/');
    }

    private static string Import(string path) => $"""
        <Project>
          <Import Project="{Xml(path)}" />
        </Project>

        """.ReplaceLineEndings("\n");

    private static string Xml(string text) => SecurityElement.Escape(text);
}
