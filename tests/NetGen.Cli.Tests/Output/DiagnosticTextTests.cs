using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Cli.Output;
using NetGen.Compiler;
using NetGen.Compiler.Diagnostics;
using Xunit;

namespace NetGen.Cli.Tests.Output;

/// <summary>Diagnostics where somebody looks, and where nobody does.</summary>
public sealed class DiagnosticTextTests
{
    private const string Wrong = "input: 8\nlayers:\n  - dense: { unitz: 64 }\n  - dense: 3\n  - softmax\n  - softmax\nloss: cross_entropy\n";

    [Fact]
    public void In_a_terminal_the_line_stands_below_with_marks_under_what_must_change() => Assert.Equal(
        """
        a.yaml(3,14): error NETGEN006: layer 'dense_1' has no option 'unitz'; did you mean 'units'?
            3 |   - dense: { unitz: 64 }
              |              ^^^^^

        """.ReplaceLineEndings("\n"),
        Written("input: 8\nlayers:\n  - dense: { unitz: 64 }\n"));

    [Fact]
    public void Letters_of_two_columns_shift_the_marks_as_they_shift_the_text()
    {
        string[] lines = Written("input: 8\nlayers:\n  - dense: { units: 3, name: \"日本\", fo: 1 }\n").TrimEnd().Split('\n');

        Assert.Equal("    3 |   - dense: { units: 3, name: \"日本\", fo: 1 }", lines[^2]);
        Assert.Equal("      | " + new string(' ', "  - dense: { units: 3, name: \"____\", ".Length) + "^^", lines[^1]);
    }

    [Fact]
    public void A_long_line_is_cut_on_both_sides_of_the_place()
    {
        string many = string.Join(", ", Enumerable.Repeat("relu", 50));
        string written = Written($"input: 8\nlayers: [{many}, {{ dense: {{ unitz: 3 }} }}, {many}]\n");

        string[] lines = written.Split('\n');
        Assert.All(lines.Skip(1), static line => Assert.True(line.Length <= 60));
        Assert.Matches("^    2 \\| ….*unitz: 3.*…$", lines[1]);
        Assert.Equal(lines[1].IndexOf("unitz", StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Colours_are_of_the_kind_of_mistake_and_only_where_they_are_wanted()
    {
        Assert.Contains("\u001b[91merror NETGEN006\u001b[0m", Written(Wrong, hasColour: true), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Written(Wrong));
    }

    [Fact]
    public void In_a_pipe_it_is_the_compilers_format_alone() =>
        Assert.All(Written(Wrong, isLive: false).TrimEnd().Split('\n'), static line => Assert.Matches(@"^(a\.yaml\(\d+,\d+\): (error|warning) NETGEN\d+: |    input )", line));

    [Fact]
    public void What_a_spec_smuggles_in_stays_out_of_the_excerpt()
    {
        string written = Written("input: 8\nlayers:\n  - dense: { \"\\e[31munitz\": 64 } # \u001b[31m\n", hasColour: false);

        Assert.DoesNotContain('\u001b', written);
    }

    [Theory]
    [InlineData("1 spec, nothing wrong", "input: 4\nlayers:\n  - dense: 3\n")]
    [InlineData("1 error in 1 spec", "input: 4\nlayers:\n  - dense: { unitz: 3 }\n")]
    [InlineData("2 errors in 2 specs", "input: 4\nlayers:\n  - dense: { unitz: 3 }\n", "input: 4\nlayers:\n  - dense: { unitz: 3 }\n")]
    [InlineData("1 error, 1 warning in 2 specs", "input: 4\nlayers:\n  - dense: { unitz: 3 }\n",
        "input: 4\nlayers:\n  - dense: 3\n  - softmax\n  - softmax\nloss: cross_entropy\n")]
    public void The_count_is_in_words(string count, params string[] specs) => Assert.Equal(count, DiagnosticText.Count([.. specs.Select(Check)]));

    private static CheckedFile Check(string text) =>
        new("a.yaml", text, [], [.. NetworkCompiler.Check(text).Diagnostics.Where(static d => d.Rule.IsOn && d.Rule.Severity != Severity.Info)]);

    private static string Written(string text, bool isLive = true, bool hasColour = false)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using var terminal = new Terminal(output, TextWriter.Null, isLive, hasColour) { Width = 60 };
        DiagnosticText.Write([Check(text)], terminal);
        return output.ToString();
    }
}
