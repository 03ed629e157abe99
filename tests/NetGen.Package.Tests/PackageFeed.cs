using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// The packages of this repository in a folder of their own, and beside it folders for projects outside of the repository:
/// nothing that the repository sets reaches them.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    // A version that no cache knows.
    public const string Version = "0.1.0-test";

    private readonly string _root = Path.Combine(Path.GetTempPath(), "netgen-package-tests-" + Guid.NewGuid().ToString("N"));

    public string Packages => Path.Combine(_root, "feed");

    public async Task InitializeAsync()
    {
        string repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));
        foreach (string project in new[] { "NetGen", "NetGen.Training", "NetGen.Cli" })
        {
            // In folders of its own: other tests may be running from the repository's.
            (await DotNet.Run(
                repository, "pack", $"src/{project}", "-o", Packages, "-p:PackageVersion=" + Version,
                "--artifacts-path", Path.Combine(_root, "artifacts"), "--disable-build-servers")).Successful();
        }
    }

    /// <summary>A new project that uses the packages, with the given files.</summary>
    internal string NewProject(string name, string properties, params (string Path, string Text)[] files)
    {
        string folder = Path.Combine(_root, name);
        Directory.CreateDirectory(folder);

        // The machine's own sources serve the rest. The packages go to a folder of the test, so that none is stale.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_root, "packages")}" /></config>
              <packageSources><add key="feed" value="{Packages}" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <UseAppHost>false</UseAppHost>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              {properties}
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        foreach ((string path, string text) in files)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return folder;
    }

    public Task DisposeAsync()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
