using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Replay.Corpus;

/// <summary>
/// The networks of all specs that tests, examples, benchmarks and pages hold. It is gathered once and kept, so that what is compared is one set of networks
/// under one set of names, whatever becomes of the tests meanwhile.
/// </summary>
/// <param name="Networks">Each once, by the places of their specs.</param>
/// <param name="Files">What was read: the hash of each file that may hold a spec, by its path.</param>
internal sealed record SpecCorpus(IReadOnlyList<CorpusNetwork> Networks, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Equal for corpora of the same networks under the same names.</summary>
    public string Id => Hash(string.Join('\n', Networks.Select(static n => $"{n.Place}#{n.Id} {string.Join(' ', n.Unrolls)}")))[..10];

    /// <summary>Reads all sources anew; the tests are built for it.</summary>
    /// <param name="failed">Called with each member of the tests that could not be read.</param>
    public static SpecCorpus Gather(Repository repository, Action<string> failed)
    {
        IReadOnlyList<string> paths = SpecFiles.Paths(repository.Root);
        ILookup<string, string> byKind = paths.ToLookup(static path => Path.GetExtension(path));
        IEnumerable<FoundText> Read(string kind) => byKind[kind].AsParallel().AsOrdered().SelectMany(path => SpecFiles.Texts(repository.Root, path));

        // What has a name of its own comes first, since a network bears that of the place where it is found first.
        CorpusNetwork[] networks = Distinct([.. Read(".yaml"), .. Read(".json"), .. TestAssembly.Texts(repository, failed), .. Read(".cs"), .. Read(".md")]);
        return new SpecCorpus(networks, Hashes(repository.Root, paths));
    }

    /// <summary>The networks of those texts that are specs, each once.</summary>
    public static CorpusNetwork[] Distinct(IReadOnlyCollection<FoundText> texts) =>
    [
        .. texts.Where(static t => MayHoldSpec(t.Text)).DistinctBy(static t => t.Text)
            .AsParallel().AsOrdered().Select(CorpusNetwork.Of).AsSequential()
            .OfType<CorpusNetwork>()
            .GroupBy(static n => n.Id).Select(CorpusNetwork.Merge)
            .OrderBy(static n => n.Place, StringComparer.Ordinal).ThenBy(static n => n.Id, StringComparer.Ordinal),
    ];

    /// <summary>The files that are not as they were.</summary>
    public IReadOnlyList<string> Outdated(Repository repository)
    {
        IReadOnlyDictionary<string, string> now = Hashes(repository.Root, SpecFiles.Paths(repository.Root));
        return [.. now.Keys.Union(Files.Keys).Where(path => now.GetValueOrDefault(path) != Files.GetValueOrDefault(path)).Order(StringComparer.Ordinal)];
    }

    private static IReadOnlyDictionary<string, string> Hashes(string root, IReadOnlyList<string> paths) =>
        paths.AsParallel().Select(path => (Path: path, Text: File.ReadAllText(Path.Combine(root, path)))).Where(static file => MayHoldSpec(file.Text))
            .ToDictionary(static file => file.Path, static file => Hash(file.Text));

    /// <summary>No spec is without the word; nearly all other strings are.</summary>
    private static bool MayHoldSpec(string text) => text.Contains("layers", StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
