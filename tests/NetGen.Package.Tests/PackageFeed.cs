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

    public static readonly string[] Ids = ["NetGen", "NetGen.Training", "NetGen.Training.Mpi", "NetGen.Cli"];

    // A version that no cache knows.
    public const string Version = "0.1.0-test";

    private readonly string _root = Path.Combine(Path.GetTempPath(), "netgen-package-tests-" + Guid.NewGuid().ToString("N"));

    private Task<string>? _tool;

    public string Packages => Path.Combine(_root, "feed");

    /// <summary>Where they were built, all at once; the paths of generated files are in their symbols.</summary>
    public string Artifacts => Path.Combine(_root, "artifacts");

    /// <summary>The path of the tool, which is installed once.</summary>
    public Task<string> Tool => _tool ??= InstallTool();

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_root);
        string all = Path.Combine(_root, "Packages.slnx");
        // What they are built from belongs to the solution: it would be built in another configuration otherwise.
        string[] projects = Directory.GetFiles(Path.Combine(Repository, "src"), "*.csproj", SearchOption.AllDirectories);
        File.WriteAllText(all, $"<Solution>{string.Concat(projects.Select(static p => $"<Project Path=\"{p}\" />"))}</Solution>");
        (await Pack(all, Packages)).Successful();
    }

    /// <summary>Packs as a release does, in folders of its own: other tests may be running from the repository's.</summary>
    internal Task<DotNetResult> Pack(string project, string into) => DotNet.Build(
        Repository, "pack", project, "-c", "Release", "-o", into, "-p:PackageVersion=" + Version,
        "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", "--artifacts-path", Artifacts);

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
              </PropertyGroup>
              {properties}
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    public async Task DisposeAsync()
    {
        await CompilerServer.Stop();
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    public static string Repository => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
