using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>A section of a page in docs/layers: the names of layers in its heading, the specs that it shows, and its pictures.</summary>
internal sealed partial record LayerSection(string Page, string Heading, IReadOnlyList<string> Specs, IReadOnlyList<string> Pictures)
{
    /// <summary>What the heading names.</summary>
    public IEnumerable<string> Names => Code().Matches(Heading).Select(static m => m.Groups[1].Value);

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Code();
}

/// <summary>The pages on layers.</summary>
internal static partial class LayerPage
{
    public static string Folder { get; } = FindFolder();

    /// <summary>Of all pages, by their order in the files.</summary>
    public static IReadOnlyList<LayerSection> Sections { get; } =
    [
        .. Directory.GetFiles(Folder, "*.md").Order(StringComparer.Ordinal)
            .SelectMany(static file => Parts(Path.GetFileName(file), File.ReadAllText(file).ReplaceLineEndings("\n"))),
    ];

    private static IEnumerable<LayerSection> Parts(string page, string text) =>
        from part in Heading().Split(text).Skip(1).Chunk(2)
        select new LayerSection(page, part[0], Found(Spec(), part[1]), Found(Picture(), part[1]));

    private static IReadOnlyList<string> Found(Regex what, string text) => [.. what.Matches(text).Select(static m => m.Groups[1].Value)];

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetGen.sln")))
                return Path.Combine(folder.FullName, "docs", "layers");
        }

        throw new DirectoryNotFoundException("docs/layers");
    }

    [GeneratedRegex("^## (.+)\n", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```yaml\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Spec();

    [GeneratedRegex(@"!\[[^\]]+\]\(pictures/([a-z0-9_]+)\.svg\)")]
    private static partial Regex Picture();
}
