using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.CallSites;

/// <summary>What the pages on the rules of calls show is what the build says.</summary>
public sealed partial class CallSitePageTests
{
    [Theory]
    [InlineData("NETGEN070")]
    [InlineData("NETGEN071")]
    [InlineData("NETGEN072")]
    [InlineData("NETGEN073")]
    [InlineData("NETGEN074")]
    [InlineData("NETGEN075")]
    [InlineData("NETGEN076")]
    [InlineData("NETGEN077")]
    [InlineData("NETGEN078")]
    public async Task The_example_gives_exactly_the_message_that_the_page_shows_and_the_cure_gives_none(string id)
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/diagnostics", id + ".md")).Replace("\r", "");
        List<(string Language, string Text)> blocks = [.. Fence().Matches(page).Select(static m => (m.Groups[1].Value, m.Groups[2].Value))];
        string[] sources = [.. blocks.Where(static b => b.Language == "csharp").Select(static b => b.Text)];

        Diagnostic found = Assert.Single(await DiagnosticsOf(sources[0]));
        Microsoft.CodeAnalysis.Text.LinePosition start = found.Location.GetLineSpan().StartLinePosition;
        string severity = found.Id switch { "NETGEN073" => "warning", "NETGEN074" => "info", _ => "error" };

        // The line of the project's using is not on the page.
        Assert.Equal(
            blocks.Single(static b => b.Language == "text").Text.TrimEnd(),
            $"Digits.cs({start.Line},{start.Character + 1}): {severity} {found.Id}: {found.GetMessage(null)}");
        Assert.Empty(await DiagnosticsOf(sources[1]));
    }

    private static Task<IReadOnlyList<Diagnostic>> DiagnosticsOf(string source) => Expect.DiagnosticsOf(GeneratorRun.Of(new TestProject().WithSource("Digits.cs", source)));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
