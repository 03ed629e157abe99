using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What every package says and holds, and that it comes out the same from another folder.</summary>
[Collection(PackageFeed.Name)]
public sealed class PackageContentTests(PackageFeed feed)
{
    public static TheoryData<string> Ids => [.. PackageFeed.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_a_readme_an_icon_a_licence_and_symbols_in_its_assemblies(string id)
    {
        using ZipArchive package = Open(feed.Packages, id);
        XElement metadata = XDocument.Load(package.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open()).Root!.Elements().Single(static e => e.Name.LocalName == "metadata");
        string Value(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;

        Assert.Equal(("README.md", "netgen.png", "MIT"), (Value("readme"), Value("icon"), Value("license")));
        Assert.All(new[] { "README.md", "netgen.png", "THIRD-PARTY-NOTICES.txt" }, file => Assert.NotNull(package.GetEntry(file)));
        Assert.True(Value("description").Length > 40);
        Assert.Matches(@"\.NET (SDK 7|8|10)", Value("description"));
        // Where a package is shown, nothing lies beside its readme.
        Assert.DoesNotContain("](", Encoding.UTF8.GetString(BytesOf(package.GetEntry("README.md")!)), StringComparison.Ordinal);
        ZipArchiveEntry[] own = [.. package.Entries.Where(static e => e.Name.EndsWith(".dll", StringComparison.Ordinal) && e.Name.StartsWith("NetGen", StringComparison.OrdinalIgnoreCase))];
        Assert.NotEmpty(own);
        foreach (ZipArchiveEntry entry in own)
        {
            using var assembly = new PEReader(new MemoryStream(BytesOf(entry)));
            DebugDirectoryEntry[] debug = [.. assembly.ReadDebugDirectory()];
            Assert.Contains(debug, static d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            Assert.Contains(debug, static d => d.Type == DebugDirectoryEntryType.Reproducible);
            Assert.DoesNotContain(PackageFeed.Repository, SourcesOf(assembly, debug), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_sources_give_the_same_assemblies_again()
    {
        string folder = feed.NewFolder("again");
        // What it is built from the others use, too.
        foreach (string part in new[] { "bin", "obj" })
            Directory.Delete(Path.Combine(feed.Artifacts, part, "NetGen.Training"), recursive: true);
        (await feed.Pack("src/NetGen.Training", folder)).Successful();

        using ZipArchive first = Open(feed.Packages, "NetGen.Training"), second = Open(folder, "NetGen.Training");
        foreach (ZipArchiveEntry entry in first.Entries.Where(static e => e.FullName.StartsWith("lib/", StringComparison.Ordinal)))
            Assert.True(BytesOf(entry).AsSpan().SequenceEqual(BytesOf(second.GetEntry(entry.FullName)!)), entry.FullName);
    }

    private static ZipArchive Open(string folder, string id) => ZipFile.OpenRead(Path.Combine(folder, $"{id}.{PackageFeed.Version}.nupkg"));

    private static byte[] BytesOf(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The paths of the sources that the symbols name.</summary>
    private static string SourcesOf(PEReader assembly, DebugDirectoryEntry[] debug)
    {
        using MetadataReaderProvider symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(debug.Single(static d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        MetadataReader reader = symbols.GetMetadataReader();
        return string.Join("\n", reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)));
    }
}
