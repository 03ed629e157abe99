using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Diagnostics;
using Xunit;

namespace NetGen.Compiler.Tests.Diagnostics;

/// <summary>Every rule has its page in <c>docs/diagnostics</c>, and what a page shows is what the compiler says.</summary>
public sealed partial class DiagnosticPageTests
{
    public static TheoryData<string> AllRules => [.. Rules.All.Select(static rule => rule.Id)];

    /// <summary>The rules that a spec can break; those from 050 to 099 are about the class, calls, or weight files.</summary>
    public static TheoryData<string> SpecRules => [.. Rules.All.Select(static rule => rule.Id).Where(static id => Number(id) is < 50 or 83 or >= 100)];

    [Theory]
    [MemberData(nameof(AllRules))]
    public void A_rule_has_a_page_with_its_title_and_the_same_sections_as_every_other(string id)
    {
        string page = Page(id);
        Rule rule = Rules.All.Single(r => r.Id == id);
        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Equal(
            ["Cause", "Example", "How to fix", "Suppression"],
            page.Split('\n').Where(static line => line.StartsWith("## ", StringComparison.Ordinal)).Select(static line => line[3..]));
        Assert.Contains($"{(id == "NETGEN082" ? "App.vbproj " : ")")}: {Diagnostic.Word(rule.Severity)} {rule.Id}: ", Blocks(page, "text").Single(), StringComparison.Ordinal);
        Assert.Equal(2, Blocks(page, Number(id) is < 50 or 80 or 81 or 83 or >= 100 ? "yaml" : Number(id) == 82 ? "xml" : "csharp").Length);
    }

    [Theory]
    [MemberData(nameof(SpecRules))]
    public void The_example_gives_exactly_the_message_that_the_page_shows_and_the_cure_gives_none(string id)
    {
        string page = Page(id);
        string[] specs = Blocks(page, "yaml");
        string shown = Blocks(page, "text").Single().TrimEnd('\n');
        Diagnostic[] found = Found(specs[0], id);
        Assert.Equal(shown, string.Join("\n", found.Select(d => d.ToString(shown[..shown.IndexOf('(')]))));
        Assert.Empty(Found(specs[1], id));
    }

    /// <summary>The errors of a spec, and what else the rule says of it.</summary>
    private static Diagnostic[] Found(string spec, string id) =>
        [.. NetworkCompiler.Check(spec).Diagnostics.Where(d => d.IsError || d.Rule.Id == id)];

    /// <summary>Every fix that a page's example offers leads to a spec that no longer has that mistake.</summary>
    [Theory]
    [MemberData(nameof(SpecRules))]
    public void The_fixes_of_the_example_cure_it(string id)
    {
        string spec = Blocks(Page(id), "yaml")[0];
        foreach (Fix fix in Found(spec, id).Where(d => d.Rule.Id == id).SelectMany(static d => d.Fixes))
        {
            string cured = TextEdit.Apply(spec, fix.Edits);
            Assert.True(Found(cured, id).Length < Found(spec, id).Length, $"{fix.Title} gives\n{cured}\n{string.Join("\n", Found(cured, id).Select(static d => d.ToString("spec.yaml")))}");
        }
    }

    [Fact]
    public void The_index_lists_every_rule_with_its_title_and_there_is_no_page_without_a_rule()
    {
        string index = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        foreach (Rule rule in Rules.All)
            Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} |\n", index, StringComparison.Ordinal);

        IEnumerable<string?> pages = Directory.EnumerateFiles(Folder(), "NETGEN*.md").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Rules.All.Select(static r => r.Id).Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    private static int Number(string id) => int.Parse(id.AsSpan("NETGEN".Length), CultureInfo.InvariantCulture);

    private static string Page(string id)
    {
        string path = Path.Combine(Folder(), id + ".md");
        Assert.True(File.Exists(path), $"docs/diagnostics/{id}.md is missing");
        return File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>What stands in the fenced blocks of a language.</summary>
    private static string[] Blocks(string page, string language) =>
        [.. Fence().Matches(page).Where(m => m.Groups["language"].Value == language).Select(static m => m.Groups["content"].Value)];

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    /// <summary>Above the test's own folder; source paths are mapped away in reproducible builds.</summary>
    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string pages = Path.Combine(folder.FullName, "docs", "diagnostics");
            if (Directory.Exists(pages))
                return pages;
        }

        throw new DirectoryNotFoundException("docs/diagnostics");
    }
}
