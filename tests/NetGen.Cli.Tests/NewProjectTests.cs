using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>From where a new project has NetGen: the same place as the tool that made it.</summary>
public sealed class NewProjectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tool_from_a_folder_gives_a_project_that_names_it_and_says_so()
    {
        string feed = Feed("feed", "NetGen.1.2.3-x.nupkg", "NetGen.Training.1.2.3-x.nupkg");

        (int status, string output, string errors) = Write("deep/er/Spirals", ToolOrigin.Of(Installed(feed, "1.2.3-x")));

        string project = _folder.File("deep/er/Spirals");
        Assert.Equal((0, ""), (status, errors));
        Assert.Equal(feed, SourceOf(project));
        Assert.EndsWith($"nuget.config names {feed}, where this netgen was installed from\nnext: cd \"{project}\" && dotnet run -c Release\n", output, StringComparison.Ordinal);
        string file = File.ReadAllText(Path.Combine(project, "Spirals.csproj"));
        Assert.Contains("""<PackageReference Include="NetGen" Version="1.2.3-x" />""", file, StringComparison.Ordinal);
        Assert.Contains("""<PackageReference Include="NetGen.Training" Version="1.2.3-x" />""", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_beside_the_project_is_named_relative_to_it()
    {
        string feed = Feed("feed & more", "NetGen.1.0.0.nupkg", "NetGen.Training.1.0.0.nupkg");

        Write("Spirals", new ToolOrigin("1.0.0", feed, null));

        Assert.Equal("../feed & more", SourceOf(_folder.File("Spirals")));
    }

    [Fact]
    public void A_folder_without_the_packages_is_complained_of()
    {
        string feed = Feed("feed", "NetGen.Cli.1.0.0.nupkg", "NetGen.1.0.0.nupkg");

        (int status, _, string errors) = Write("Spirals", new ToolOrigin("1.0.0", feed, null));

        Assert.Equal((0, $"netgen: {feed}: NetGen 1.0.0 and NetGen.Training 1.0.0 are not both there, which the project needs; put them there first\n"), (status, errors));
        Assert.NotEmpty(Write("Other", new ToolOrigin("1.0.0", _folder.File("gone"), null)).Errors);
    }

    [Theory]
    [InlineData("https://packages.example/v3/index.json")]
    [InlineData(null)]
    public void A_tool_from_anywhere_else_leaves_sources_to_the_machine(string? source)
    {
        ToolOrigin origin = ToolOrigin.Of(Installed(source, "1.0.0"));

        (_, string output, string errors) = Write("Spirals", origin);

        Assert.Equal(("1.0.0", null, null, ""), (origin.Version, origin.Feed, origin.Repository, errors));
        Assert.False(File.Exists(_folder.File("Spirals/nuget.config")));
        Assert.DoesNotContain("nuget.config", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_there_is_the_users()
    {
        string feed = Feed("feed", "NetGen.1.0.0.nupkg", "NetGen.Training.1.0.0.nupkg");
        _folder.Write("Spirals/nuget.config", "<configuration />");

        (int status, string output, _) = Write("Spirals", new ToolOrigin("1.0.0", feed, null), force: true);

        Assert.Equal((0, "<configuration />"), (status, File.ReadAllText(_folder.File("Spirals/nuget.config"))));
        Assert.Contains($"nuget.config is there already: it must name {feed}", output, StringComparison.Ordinal);
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

    private string Feed(string name, params string[] packages)
    {
        foreach (string package in packages)
            _folder.Write($"{name}/{package}", "");
        return _folder.File(name);
    }

    /// <summary>The folder of a tool's program, as NuGet lays it out.</summary>
    private string Installed(string? source, string version)
    {
        string package = $"store/netgen.cli/{version}/netgen.cli/{version}";
        _folder.Write(package + "/.nupkg.metadata", source is null ? "{}" : $$"""{ "version": 2, "source": "{{source.Replace("\\", "\\\\", StringComparison.Ordinal)}}" }""");
        string program = _folder.File(package + "/tools/net10.0/any");
        Directory.CreateDirectory(program);
        return program;
    }

    private static string SourceOf(string project) =>
        XDocument.Load(Path.Combine(project, "nuget.config")).Descendants("add").Single().Attribute("value")!.Value;

    private (int Status, string Output, string Errors) Write(string name, ToolOrigin origin, bool force = false)
    {
        using StringWriter output = new(), errors = new();
        using var terminal = new Terminal(output, errors, isLive: false);
        int status = NewCommand.WriteProject(_folder.File(name), origin, force, terminal);
        return (status, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
