using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NetGen.Cli.Templates;
using NetGen.Compiler;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>Tests that change what the whole process has: its working folder, its console.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

/// <summary><c>netgen new</c>: what it writes is right, and nothing is lost.</summary>
[Collection(nameof(WholeProcess))]
public sealed class NewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. SpecTemplate.Kinds];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_spec_to_begin_with_has_nothing_wrong_and_comments(string kind)
    {
        string text = SpecTemplate.All.Single(t => t.Kind == kind).Text(hasSchema: true);
        Assert.StartsWith("# yaml-language-server: $schema=netgen.schema.json\n# ", text, StringComparison.Ordinal);
        CheckResult check = NetworkCompiler.Check(text);
        Assert.Empty(check.Diagnostics.Where(static d => d.Rule.IsOn).Select(static d => d.Message));
        Assert.NotNull(check.Network!.Loss);
        Assert.True(text.Count(static c => c == '#') >= 4);
        if (kind == "stream")
            Assert.NotNull(NetworkSummary.Of(check.Network).StreamStateBytes);
    }

    [Fact]
    public async Task A_spec_checks_where_it_was_written_and_is_not_overwritten()
    {
        Assert.Equal("a.yaml\n", (await Tool.Run(_folder.Path, "new", "spec", "a.yaml", "--kind", "sequence")).Successful());
        Assert.Equal("", (await Tool.Run(_folder.Path, "check", "--warn-as-error", "a.yaml")).Successful());
        string text = File.ReadAllText(_folder.File("a.yaml"));
        Assert.DoesNotContain("$schema", text, StringComparison.Ordinal);

        ToolResult again = await Tool.Run(_folder.Path, "new", "spec", "a.yaml");
        Assert.Equal((1, "", "netgen: a.yaml: it is there already; --force overwrites it\n"), (again.ExitCode, again.Output, again.Errors));
        Assert.Equal(text, File.ReadAllText(_folder.File("a.yaml")));

        _folder.Write("netgen.schema.json", "{}");
        (await Tool.Run(_folder.Path, "new", "spec", "a.yaml", "--force")).Successful();
        Assert.StartsWith("# yaml-language-server: $schema=netgen.schema.json\n", File.ReadAllText(_folder.File("a.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_compiles_and_trains_to_the_accuracy_that_it_states()
    {
        string output = (await Tool.Run(_folder.Path, "new", "project", "1. Netz für class")).Successful();
        Assert.Equal("next: cd \"1. Netz für class\" && dotnet run -c Release", output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(Directory.GetFiles(_folder.File("1. Netz für class")).Length, output.TrimEnd().Split('\n').Length - 1);
        string folder = _folder.File("1. Netz für class");
        Assert.Contains("<RootNamespace>Net1.NetzFürClass</RootNamespace>", File.ReadAllText(Path.Combine(folder, "1. Netz für class.csproj")), StringComparison.Ordinal);
        Assert.Equal("", (await Tool.Run(folder, "check", "--warn-as-error", ".")).Successful());

        Assembly program = InMemoryCompiler.CompileProgram(Directory.GetFiles(folder).Select(static f => (Path.GetFileName(f), File.ReadAllText(f))));
        using StringWriter written = new();
        (TextWriter before, string place) = (Console.Out, Directory.GetCurrentDirectory());
        Console.SetOut(written);
        Directory.SetCurrentDirectory(folder);
        try
        {
            program.EntryPoint!.Invoke(null, program.EntryPoint.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Directory.SetCurrentDirectory(place);
            Console.SetOut(before);
        }

        Match accuracy = Regex.Match(written.ToString(), @"^validation accuracy ([01]\.\d+)", RegexOptions.Multiline);
        Assert.True(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture) > 0.97, written.ToString());
        Assert.True(File.Exists(Path.Combine(folder, "spirals.safetensors")));
    }

    [Theory]
    [InlineData("Spirals", "Spirals")]
    [InlineData("my-net", "MyNet")]
    [InlineData("SpiralNet", "SpiralNetApp")]
    [InlineData("namespace", "Namespace")]
    [InlineData("3D", "Net3D")]
    [InlineData("日本 語", "日本語")]
    [InlineData("...", "Net")]
    public void A_projects_namespace_is_made_of_its_name(string name, string space) =>
        Assert.Contains($"\nnamespace {space};\n", ProjectTemplate.Files(name).Single(static f => f.Name == "SpiralNet.cs").Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_project_is_written_whole_or_not_at_all()
    {
        _folder.Write("Net/Program.cs", "mine");
        ToolResult result = await Tool.Run(_folder.Path, "new", "project", "Net");
        string existing = Path.Combine("Net", "Program.cs");
        Assert.Equal((1, "", $"netgen: {existing}: it is there already; --force overwrites it\n"), (result.ExitCode, result.Output, result.Errors));
        Assert.Equal("mine", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.File("Net")))));
    }

    [Theory]
    [InlineData("new project NetGen", "'NetGen' is a package that the project uses")]
    [InlineData("new spec digits", "'digits.yaml' would do")]
    [InlineData("new spec a.yaml --kind dens", "did you mean 'dense'?")]
    public async Task A_name_that_cannot_be_is_wrong_usage(string line, string message)
    {
        ToolResult result = await Tool.Run(_folder.Path, line.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
