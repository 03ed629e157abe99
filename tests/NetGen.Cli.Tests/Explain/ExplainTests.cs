using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NetGen.Cli.Explain;
using NetGen.Cli.Output;
using NetGen.Compiler.Diagnostics;
using Xunit;

namespace NetGen.Cli.Tests.Explain;

/// <summary><c>netgen explain</c>: the rules' pages and their list.</summary>
public sealed class ExplainTests
{
    [Fact]
    public void Every_rule_has_its_page_in_the_tool() => Assert.All(Rules.All, static rule =>
        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", RulePages.Read(rule), StringComparison.Ordinal));

    [Theory]
    [InlineData("NETGEN020")]
    [InlineData("netgen020")]
    [InlineData("NetGen20")]
    [InlineData("020")]
    [InlineData("20")]
    public async Task In_a_pipe_the_page_is_its_Markdown(string name) =>
        Assert.Equal(RulePages.Read(Rules.InputMismatch), (await Tool.Run(Path.GetTempPath(), "explain", name)).Successful());

    [Fact]
    public async Task Without_a_rule_all_are_listed_with_their_severity()
    {
        string[] lines = (await Tool.Run(Path.GetTempPath(), "explain")).Successful().TrimEnd().Split('\n');

        Assert.Equal(Rules.All.Count, lines.Length);
        Assert.Contains("NETGEN020  error    The stated input size differs from what the layer before gives", lines);
        Assert.Contains("NETGEN034  info     The learning rate is the default", lines);
        Assert.Contains("NETGEN100  warning  The input's channels seem to come last", lines);
    }

    [Theory]
    [InlineData("NETGN020", "there is no rule 'NETGN020'; did you mean NETGEN020 (The stated input size differs from what the layer before gives)?")]
    [InlineData("018",
        "there is no rule '018'; did you mean NETGEN017 (Two layers have one name) or NETGEN019 (The layer reads from a name that no layer before it has)?")]
    [InlineData("Nesterov", "there is no rule 'Nesterov'; did you mean NETGEN031 (Nesterov momentum without momentum)?")]
    [InlineData("zzz", "there is no rule 'zzz'; netgen explain lists all, which are named as in NETGEN020 or 20")]
    [InlineData("--jsn", "there is no option '--jsn'; did you mean '--json'? (a path that begins with - is written ./--jsn)")]
    public async Task An_unknown_rule_is_wrong_usage_and_the_nearest_is_named(string name, string message)
    {
        ToolResult result = await Tool.Run(Path.GetTempPath(), "explain", name);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"netgen: {message}\nnetgen: see netgen explain --help\n", result.Errors);
    }

    [Fact]
    public async Task Other_programs_get_JSON_of_one_rule_or_of_all()
    {
        using JsonDocument one = JsonDocument.Parse((await Tool.Run(Path.GetTempPath(), "explain", "--json", "61")).Successful());
        using JsonDocument all = JsonDocument.Parse((await Tool.Run(Path.GetTempPath(), "explain", "--json")).Successful());

        Assert.Equal(("NETGEN061", "info", "The network's figures", false), Of(one.RootElement));
        Assert.Equal(RulePages.Read(Rules.Figures), one.RootElement.GetProperty("page").GetString());
        Assert.Equal(Rules.All.Select(static r => (r.Id, Diagnostic.Word(r.Severity), r.Title, r.IsOn)), all.RootElement.EnumerateArray().Select(Of));

        static (string, string, string, bool) Of(JsonElement rule) =>
            (Text(rule, "id"), Text(rule, "severity"), Text(rule, "title"), rule.GetProperty("isOn").GetBoolean());
        static string Text(JsonElement rule, string name) => rule.GetProperty(name).GetString()!;
    }

    [Fact]
    public void In_a_terminal_headings_are_bold_code_is_cyan_and_links_are_their_text() => Assert.Equal(
        """
        <1>A head with<0> <96>code<0>

        Some <1>bold<0> text, <96>a `tick`<0>, a link and a*b.

        <96>    input: 4<0>
        """,
        Laid("# A head with `code`\n\nSome **bold** text,\n`` a `tick` ``, a [link](there.md) and a\\*b.\n\n```yaml\ninput: 4\n```\n", hasColour: true)
            .Replace("\u001b[0m", "<0>").Replace("\u001b[1m", "<1>").Replace("\u001b[96m", "<96>"));

    [Fact]
    public void Paragraphs_and_items_are_wrapped_between_words_and_code_is_not() => Assert.Equal(
        """
        These are twelve words in a
        paragraph, which has units:
        64, and more.

        - an item that does not fit
          on one line
        - short
            a line of code that is longer than the terminal
        """,
        Laid("""
            These are twelve words in a paragraph, which has `units: 64`, and more.

            - an item that does
              not fit on one line
            - short
            ```
            a line of code that is longer than the terminal
            ```
            """, width: 28));

    [Fact]
    public void A_tables_columns_are_aligned_and_the_widest_gives_way() => Assert.Equal(
        """
        what    at most
        a | b   1
        longer  a sentence that is
                wrapped
        """,
        Laid("| what | at most |\n|---|---|\n| `a \\| b` | 1 |\n| longer | a sentence that is wrapped |\n", width: 26));

    [Fact]
    public void No_page_is_wider_than_the_terminal_but_for_its_code()
    {
        foreach (Rule rule in Rules.All)
        {
            string[] blocks = RulePages.Read(rule).Split("```");
            IEnumerable<string> code = blocks.Where(static (_, i) => i % 2 == 1).SelectMany(static c => c.Split('\n')).Select(static l => "    " + l);
            IEnumerable<string> lines = Laid(RulePages.Read(rule), width: 60).Split('\n').Except(code);
            Assert.All(lines, line => Assert.True(line.Length <= 60 || !line.Contains(' '), $"{rule.Id}: {line}"));
            // Nothing of Markdown is left over outside code.
            Assert.DoesNotContain("](", Laid(RulePages.Read(rule)), StringComparison.Ordinal);
        }
    }

    private static string Laid(string markdown, int width = 80, bool hasColour = false)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using (var terminal = new Terminal(output, TextWriter.Null, isLive: true, hasColour) { Width = width })
            new MarkdownText(terminal).Write(markdown.ReplaceLineEndings("\n"));
        return output.ToString().TrimEnd('\n');
    }
}
