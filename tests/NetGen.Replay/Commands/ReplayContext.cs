using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen.Replay.Corpus;
using NetGen.Replay.Emission;
using NetGen.Replay.Storage;

namespace NetGen.Replay.Commands;

/// <summary>What every command works with, and what several do.</summary>
internal sealed class ReplayContext(Repository repository, Vault vault, TextWriter output)
{
    public const int Ok = 0, Changed = 1, Unusable = 2;

    private const int MostNames = 5;

    /// <summary>Where manifests and texts are.</summary>
    public static Option<string?> OutOption { get; } = new("--out")
    {
        Description = "The folder of the corpus, the manifests and the texts; without it, artifacts/replay.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public Repository Repository { get; } = repository;

    public Vault Vault { get; } = vault;

    public TextWriter Output { get; } = output;

    public static ReplayContext Of(ParseResult parsed)
    {
        var repository = Repository.Around(AppContext.BaseDirectory);
        string folder = Path.GetFullPath(parsed.GetValue(OutOption) ?? repository.Artifacts);
        return new ReplayContext(repository, new Vault(folder), parsed.InvocationConfiguration.Output);
    }

    /// <summary>Emits everything by the compiler of the working tree, and keeps it.</summary>
    public Manifest Record(string revision, bool isFull)
    {
        Repository.RequireBuilt();
        SpecCorpus corpus = Vault.LoadCorpus() ?? Gather();
        var clock = Stopwatch.StartNew();
        Recording recording = Recorder.Record(corpus, Manifest.NameOf(revision, isFull), isFull, Vault.Texts);
        Manifest manifest = recording.Manifest;
        Vault.Save(manifest);
        Output.WriteLine($"{manifest.Name}: {manifest.Entries.Count:N0} texts of {corpus.Networks.Count:N0} networks, "
            + $"{manifest.Characters:N0} characters, {clock.Elapsed.TotalSeconds:0.0} s");
        if (recording.Failed > 0)
            Output.WriteLine($"at {recording.Failed:N0} texts the compiler threw: replay show says what");
        if (recording.Refused.Count > 0)
            Output.WriteLine($"{recording.Refused.Count:N0} specs are refused now: {Some([.. recording.Refused.Select(static n => $"{n.Place}#{n.Id}")])}");
        if (corpus.Outdated(Repository) is { Count: > 0 } files)
            Output.WriteLine($"files that may hold specs have changed ({Some(files)}): replay corpus reads them anew");
        return manifest;
    }

    /// <summary>Reads the specs of the working tree.</summary>
    public SpecCorpus Gather()
    {
        Repository.RequireBuilt();
        Output.WriteLine("gathering specs; the compiler's tests are built for it");
        var clock = Stopwatch.StartNew();
        SpecCorpus corpus = SpecCorpus.Gather(Repository, member => Output.WriteLine($"{member} cannot be read"));
        Vault.Save(corpus);
        Output.WriteLine($"{corpus.Networks.Count:N0} networks in {corpus.Files.Count:N0} files and the tests' classes, {clock.Elapsed.TotalSeconds:0.0} s");
        return corpus;
    }

    /// <summary>Some names of many.</summary>
    public static string Some(IReadOnlyList<string> names, int most = MostNames) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? ", ..." : "");
}
