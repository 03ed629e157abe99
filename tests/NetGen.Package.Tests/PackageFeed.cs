using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// The packages of this repository in a folder of their own, and beside it folders for projects outside of the repository:
/// nothing that the repository sets reaches them.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PackageFeed : IAsyncLifetime, ICollectionFixture<PackageFeed>
{
    public const string Name = "packages";

    // A version that no cache knows.
    public const string Version = "0.1.0-test";

    private readonly string _root = Path.Combine(Path.GetTempPath(), "netgen-package-tests-" + Guid.NewGuid().ToString("N"));

    private Task<string>? _tool;

    public string Packages => Path.Combine(_root, "feed");

    /// <summary>Where they were built; the paths of generated files are in their symbols.</summary>
    public string Artifacts => Path.Combine(_root, "artifacts");

    /// <summary>The path of the tool, which is installed once.</summary>
    public Task<string> Tool => _tool ??= InstallTool();

    public async Task InitializeAsync()
    {
        foreach (string project in new[] { "NetGen", "NetGen.Training", "NetGen.Training.Mpi", "NetGen.Cli" })
        {
            (await Pack(project, Packages, Artifacts)).Successful();
        }
    }

    /// <summary>Packs as a release does, in folders of its own: other tests may be running from the repository's.</summary>
    internal static Task<DotNetResult> Pack(string project, string into, string artifacts) => DotNet.Run(
        Repository, "pack", $"src/{project}", "-o", into, "-p:PackageVersion=" + Version, "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", "--artifacts-path", artifacts, "--disable-build-servers");

    private async Task<string> InstallTool()
    {
        string folder = NewFolder("tool"), tools = Path.Combine(folder, "tools");
        (await DotNet.Run(folder, "tool", "install", "NetGen.Cli", "--tool-path", tools, "--version", Version)).Successful();
        return Directory.GetFiles(tools, "netgen.dll", SearchOption.AllDirectories).Single();
    }

    /// <summary>A new folder from which the packages can be restored, with the given files.</summary>
    internal string NewFolder(string name, params (string Path, string Text)[] files)
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
        foreach ((string path, string text) in files)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return folder;
    }

    /// <summary>A new project that uses the packages, with the given files.</summary>
    internal string NewProject(string name, string properties, params (string Path, string Text)[] files)
    {
        string folder = NewFolder(name, files);
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
        return folder;
    }

    public Task DisposeAsync()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    public static string Repository => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
