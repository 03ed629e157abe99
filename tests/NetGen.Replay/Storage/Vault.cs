using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Replay.Corpus;

namespace NetGen.Replay.Storage;

/// <summary>The folder that the tool keeps everything in: the corpus, a manifest for each state of the compiler, and the texts of all.</summary>
internal sealed class Vault(string folder)
{
    public string Folder { get; } = folder;

    public TextStore Texts { get; } = new(Path.Combine(folder, "texts"));

    private string CorpusPath => Path.Combine(Folder, "corpus.json");

    /// <summary>The corpus as it was gathered; null where it was not.</summary>
    public SpecCorpus? LoadCorpus() => File.Exists(CorpusPath) ? JsonSerializer.Deserialize<SpecCorpus>(File.ReadAllText(CorpusPath)) : null;

    public void Save(SpecCorpus corpus)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(CorpusPath, JsonSerializer.Serialize(corpus));
    }

    public void Save(Manifest manifest)
    {
        Directory.CreateDirectory(Folder);
        manifest.Write(Folder);
    }

    /// <summary>The names of what was recorded, the newest first.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(Folder) ? [] :
    [
        .. new DirectoryInfo(Folder).EnumerateFiles("*" + Manifest.Extension).OrderByDescending(static file => file.LastWriteTimeUtc)
            .Select(static file => Path.GetFileNameWithoutExtension(file.Name)),
    ];

    public Manifest Load(string name) => Manifest.Read(Path.Combine(Folder, name + Manifest.Extension));

    /// <exception cref="ReplayException">Nothing was recorded yet.</exception>
    public Manifest Newest() => Names() is [var newest, ..] ? Load(newest) : throw new ReplayException("nothing was recorded yet: replay record");

    /// <summary>What a change is compared with.</summary>
    /// <param name="wanted">A name, or how one begins; null for the newest.</param>
    /// <param name="current">What the working tree is called: it is compared with itself only where there is nothing else, or where it was asked for.</param>
    /// <exception cref="ReplayException">There is none.</exception>
    public Manifest Base(string? wanted, string current) => Load(ChooseBase(Names(), wanted, current));

    /// <param name="names">The newest first.</param>
    public static string ChooseBase(IReadOnlyList<string> names, string? wanted, string current)
    {
        if (names.Count == 0)
            throw new ReplayException("nothing was recorded yet: replay record, before the change");
        if (wanted is null)
            return names.FirstOrDefault(name => name != current && name != Manifest.NameOf(current, isFull: true)) ?? names[0];
        // Of a commit and what was made of it, the commit.
        return names.Where(name => name.StartsWith(wanted, StringComparison.Ordinal)).MinBy(static name => name.Length)
            ?? throw new ReplayException($"'{wanted}' was not recorded; these were: {string.Join(", ", names)}");
    }
}
