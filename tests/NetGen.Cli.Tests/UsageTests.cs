using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>What the tool says of itself, and of a wrong command line.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("", "netgen --help")]
    [InlineData("frobnicate", "netgen --help")]
    [InlineData("check", "netgen check --help")]
    [InlineData("check --bogus a.yaml", "netgen check --help")]
    [InlineData("summary", "netgen summary --help")]
    [InlineData("summary a.yaml b.yaml", "netgen summary --help")]
    [InlineData("schema -o", "netgen schema --help")]
    [InlineData("graph", "netgen graph --help")]
    [InlineData("new", "netgen new --help")]
    public async Task A_wrong_command_line_ends_with_2_and_says_where_help_is(string line, string help)
    {
        ToolResult result = await Tool.Run(Path.GetTempPath(), line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.EndsWith($"netgen: see {help}\n", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chek", "there is no command 'chek'; did you mean 'check'?")]
    [InlineData("Check a.yaml --fix", "there is no command 'Check'; did you mean 'check'?")]
    [InlineData("frobnicate", "there is no command 'frobnicate'; there are check, summary, graph, emit, train, evaluate, predict, sweep, report, export, new, schema, explain, completion")]
    [InlineData("", "a command is missing; there are check, summary, graph, emit, train, evaluate, predict, sweep, report, export, new, schema, explain, completion")]
    [InlineData("new projct X", "there is no command 'projct'; did you mean 'project'?")]
    [InlineData("new", "a command is missing; there are spec, project")]
    [InlineData("check --jsn a.yaml", "there is no option '--jsn'; did you mean '--json'? (a path that begins with - is written ./--jsn)")]
    [InlineData("check -warnaserrors a.yaml",
        "there is no option '-warnaserrors'; did you mean '--warn-as-error'? (a path that begins with - is written ./-warnaserrors)")]
    [InlineData("summary --jsom=1 a.yaml", "there is no option '--jsom'; did you mean '--json'? (a path that begins with - is written ./--jsom=1)")]
    [InlineData("graph a.yaml --out x.svg", "there is no option '--out'; did you mean '--output'?")]
    [InlineData("emit a.yaml --clas A --namespac B", "there is no option '--clas'; did you mean '--class'?\nthere is no option '--namespac'; did you mean '--namespace'?")]
    [InlineData("new spec --kin dense", "there is no option '--kin'; did you mean '--kind'?")]
    [InlineData("new project X --forc", "there is no option '--forc'; did you mean '--force'?")]
    [InlineData("schema --zzz", "there is no option '--zzz'; there are --help, --output")]
    [InlineData("--jsn", "there is no option '--jsn'; did you mean '--json'?")]
    [InlineData("--json check a.yaml", "there is no option '--json' before a command; write it behind 'check'")]
    [InlineData("new project X --zzz", "there is no option '--zzz'; there are --force, --help")]
    [InlineData("summary a.yaml b.yaml", "'b.yaml' is one too many: summary takes one SPEC")]
    [InlineData("schema a.json", "'a.json' is one too many: schema takes options alone")]
    [InlineData("emit", "emit needs SPEC")]
    [InlineData("emit a.yaml --target", "Required argument missing for option: '--target'")]
    [InlineData("graph a.yaml -o a.svg -o b.svg", "Option '-o' expects a single argument but 2 were provided")]
    [InlineData("graph a.yaml -o net.png", "--output: an SVG is written, which 'net.png' is no name for; 'net.svg' would do, "
        + "and a program such as rsvg-convert makes other pictures of it")]
    [InlineData("emit a.yaml -o a.yaml", "--output: C# is written, which 'a.yaml' is no name for; 'a.cs' would do")]
    [InlineData("schema -o a.yaml", "--output: a JSON Schema is written, which 'a.yaml' is no name for; 'a.json' would do")]
    public async Task A_mistake_is_said_once_with_the_nearest_that_there_is(string line, string messages)
    {
        using var folder = new TemporaryFolder();
        ToolResult result = await Tool.Run(folder.Path, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        string[] said = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(messages.Split('\n').Select(static m => "netgen: " + m), said.SkipLast(1));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--help", "netgen check specs/")]
    [InlineData("check --help", "netgen check --fix digits.yaml")]
    [InlineData("summary --help", "netgen summary digits.yaml --json")]
    [InlineData("schema --help", "netgen schema -o netgen.schema.json")]
    [InlineData("new --help", "netgen new spec digits.yaml")]
    [InlineData("new project --help", "netgen new project Spirals")]
    public async Task Help_ends_with_examples(string line, string example)
    {
        string output = (await Tool.Run(Path.GetTempPath(), line.Split(' '))).Successful();
        Assert.Contains("Usage:\n  netgen", output, StringComparison.Ordinal);
        Assert.Contains("  " + example, output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_a_version_alone() =>
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+(-[a-z0-9.]+)?\n$"), (await Tool.Run(Path.GetTempPath(), "--version")).Successful());
}
