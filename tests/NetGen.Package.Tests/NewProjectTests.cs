using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>A new project where nothing knows of the folder that the tool came from.</summary>
[Collection(PackageFeed.Name)]
public sealed class NewProjectTests(PackageFeed feed)
{
    private const string Name = "Zwei Spiralen für 2";

    [Fact]
    public async Task It_builds_without_warnings_from_an_empty_cache_without_the_folder_that_the_tool_was_installed_from_and_learns()
    {
        string folder = feed.NewFolder("Apart"), tools = Path.Combine(folder, "tools");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), """<configuration><config><add key="globalPackagesFolder" value="cache" /></config></configuration>""");
        (await DotNet.Run(folder, "tool", "install", "NetGen.Cli", "--tool-path", tools, "--version", PackageFeed.Version, "--add-source", feed.Packages)).Successful();
        string tool = Directory.GetFiles(tools, "netgen.dll", SearchOption.AllDirectories).Single();

        string output = (await DotNet.Run(folder, tool, "new", "project", Name)).Successful();

        Assert.EndsWith($"next: cd \"{Name}\" && dotnet run -c Release\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string project = Path.Combine(folder, Name);
        (await DotNet.Build(project, "build", "-c", "Release", "-warnaserror", "-p:NuGetAudit=false")).Successful();
        string run = (await DotNet.Run(project, Path.Combine("bin", "Release", "net10.0", Name + ".dll"))).Successful();
        Match accuracy = Regex.Match(run, @"^validation accuracy ([01]\.\d+)", RegexOptions.Multiline);
        Assert.True(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture) > 0.97, run);
    }
}
