using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>A new project where nothing knows of the folder that the tool came from.</summary>
[Collection(PackageFeed.Name)]
public sealed class NewProjectTests(PackageFeed feed)
{
    [Fact]
    public async Task It_builds_from_an_empty_cache_without_the_folder_that_the_tool_was_installed_from()
    {
        string folder = feed.NewFolder("Apart"), tools = Path.Combine(folder, "tools");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), """<configuration><config><add key="globalPackagesFolder" value="cache" /></config></configuration>""");
        (await DotNet.Run(folder, "tool", "install", "NetGen.Cli", "--tool-path", tools, "--version", PackageFeed.Version, "--add-source", feed.Packages)).Successful();
        string tool = Directory.GetFiles(tools, "netgen.dll", SearchOption.AllDirectories).Single();

        string output = (await DotNet.Run(folder, tool, "new", "project", "Spirals")).Successful();

        Assert.EndsWith("next: cd Spirals && dotnet run -c Release\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string project = Path.Combine(folder, "Spirals");
        (await DotNet.Run(project, "build", "-c", "Release", "-warnaserror", "-p:NuGetAudit=false", "-p:UseSharedCompilation=false", "--disable-build-servers")).Successful();
        Assert.Contains("validation accuracy", (await DotNet.Run(project, Path.Combine("bin", "Release", "net10.0", "Spirals.dll"))).Successful(), StringComparison.Ordinal);
    }
}
