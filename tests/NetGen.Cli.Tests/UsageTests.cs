using System;
using System.IO;
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
