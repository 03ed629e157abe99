using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Diagnostics;
using NetGen.Generator.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A rule stands in three places that must agree.</summary>
public sealed class DescriptorTests
{
    [Fact]
    public void Every_rule_has_its_descriptor_and_every_descriptor_its_rule()
    {
        Assert.Equal(
            Rules.All.Select(r => (r.Id, r.Title, r.Severity.ToString())).Order(),
            Descriptors.All.Select(d => (d.Id, d.Title.ToString(null), d.DefaultSeverity.ToString())).Order());
        Assert.All(Descriptors.All, d =>
        {
            Assert.True(d.IsEnabledByDefault);
            // The compiler would skip analyzers, and with them the errors in YAML, after an error that nobody can configure.
            Assert.DoesNotContain(WellKnownDiagnosticTags.NotConfigurable, d.CustomTags);
        });
    }

    [Fact]
    public void Every_rule_is_tracked_with_its_title()
    {
        string folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../src/NetGen.Generator");
        string tracked = File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"));

        Assert.Equal(
            Rules.All.Select(r => (r.Id, r.Title, r.Severity.ToString())).Order(),
            Regex.Matches(tracked, @"^(NETGEN\d+) \| NetGen \| (\w+) \| (.+?)\r?$", RegexOptions.Multiline)
                .Select(m => (m.Groups[1].Value, m.Groups[3].Value, m.Groups[2].Value)).Order());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
