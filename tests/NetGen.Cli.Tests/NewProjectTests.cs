using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>From where a new project has NetGen: from the tool that made it.</summary>
public sealed class NewProjectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_installed_tool_brings_the_packages_along_and_the_project_names_their_folder()
    {
        (int status, string output, string errors) = Write("deep/er/Spirals", ToolOrigin.Of(Installed("1.2.3-x")));

        string project = _folder.File("deep/er/Spirals");
        Assert.Equal((0, ""), (status, errors));
        Assert.Equal("netgen-packages", XDocument.Load(Path.Combine(project, "nuget.config")).Descendants("add").Single().Attribute("value")!.Value);
        Assert.Equal("NetGen.1.2.3-x", File.ReadAllText(Path.Combine(project, "netgen-packages", "NetGen.1.2.3-x.nupkg")));
        Assert.Equal("NetGen.Training.1.2.3-x", File.ReadAllText(Path.Combine(project, "netgen-packages", "NetGen.Training.1.2.3-x.nupkg")));
        Assert.EndsWith($"nuget.config names netgen-packages, which has NetGen 1.2.3-x\nnext: cd \"{project}\" && dotnet run -c Release\n", output, StringComparison.Ordinal);
        string file = File.ReadAllText(Path.Combine(project, "Spirals.csproj"));
        Assert.Contains("""<PackageReference Include="NetGen" Version="1.2.3-x" />""", file, StringComparison.Ordinal);
        Assert.Contains("""<PackageReference Include="NetGen.Training" Version="1.2.3-x" />""", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_there_is_the_users()
    {
        _folder.Write("Spirals/nuget.config", "<configuration />");

        (int status, string output, _) = Write("Spirals", ToolOrigin.Of(Installed("1.0.0")));

        Assert.Equal((0, "<configuration />"), (status, File.ReadAllText(_folder.File("Spirals/nuget.config"))));
        Assert.Contains("nuget.config was there already: let it name netgen-packages, which has NetGen 1.0.0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_without_packages_leaves_them_to_the_machine()
    {
        string project = _folder.File("Spirals");

        (_, string output, string errors) = Write("Spirals", ToolOrigin.Usual);

        Assert.Equal("", errors);
        Assert.Equal(5, Directory.GetFileSystemEntries(project).Length);
        Assert.Equal(6, output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_tool_that_runs_from_the_repository_gives_a_project_that_references_its_projects()
    {
        ToolOrigin origin = ToolOrigin.Of(AppContext.BaseDirectory);

        Write("Spirals", origin);

        string project = _folder.File("Spirals");
        Assert.NotNull(origin.Repository);
        XElement reference = Assert.Single(XDocument.Load(Path.Combine(project, "Spirals.csproj")).Descendants("ProjectReference"));
        Assert.True(File.Exists(Path.Combine(project, reference.Attribute("Include")!.Value)));
        foreach (string file in new[] { "Directory.Build.props", "Directory.Build.targets" })
            Assert.True(File.Exists(Path.Combine(project, XDocument.Load(Path.Combine(project, file)).Root!.Element("Import")!.Attribute("Project")!.Value)));
        Assert.False(File.Exists(Path.Combine(project, "nuget.config")));
    }

    [Fact]
    public void A_project_beside_the_repository_names_it_by_a_relative_path()
    {
        _folder.Write("netgen/src/NetGen/InRepository.props", "<Project />");
        string program = _folder.File("netgen/src/NetGen.Cli/bin/Debug");
        Directory.CreateDirectory(program);

        Write("Spirals", ToolOrigin.Of(program));

        Assert.Contains("\"../netgen/src/NetGen/InRepository.props\"", File.ReadAllText(_folder.File("Spirals/Directory.Build.props")), StringComparison.Ordinal);
    }

    /// <summary>The folder of an installed tool's program.</summary>
    private string Installed(string version)
    {
        foreach (string package in new[] { "NetGen", "NetGen.Training" })
            _folder.Write($"store/tools/net10.0/any/packages/{package}.{version}.nupkg", $"{package}.{version}");
        return _folder.File("store/tools/net10.0/any");
    }

    private (int Status, string Output, string Errors) Write(string name, ToolOrigin origin)
    {
        using StringWriter output = new(), errors = new();
        using var terminal = new Terminal(output, errors, isLive: false);
        int status = NewCommand.WriteProject(_folder.File(name), origin, force: false, terminal);
        return (status, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
