using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using static System.FormattableString;

namespace NetGen.Replay.Storage;

/// <summary>The texts of one state of the compiler.</summary>
/// <param name="Name">The commit, and <c>-dirty</c> where files differ from it, and <c>-full</c> where every variant was emitted.</param>
/// <param name="CorpusId">What was emitted.</param>
/// <param name="Entries">By their keys.</param>
internal sealed record Manifest(string Name, bool IsFull, string CorpusId, IReadOnlyList<TextEntry> Entries)
{
    public const string Extension = ".tsv", FullSuffix = "-full";

    private const string CorpusLine = "# corpus ";

    public long Characters => Entries.Sum(static e => (long)e.Characters);

    public static string NameOf(string revision, bool isFull) => isFull ? revision + FullSuffix : revision;

    public static Manifest Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string name = Path.GetFileNameWithoutExtension(path);
        return new Manifest(name, name.EndsWith(FullSuffix, StringComparison.Ordinal), lines[0][CorpusLine.Length..], [.. lines.Skip(1).Select(Entry)]);
    }

    public void Write(string folder) => File.WriteAllLines(
        Path.Combine(folder, Name + Extension),
        Entries.Select(static e => Invariant($"{e.Key}\t{e.Hash}\t{e.Lines}\t{e.Characters}")).Prepend(CorpusLine + CorpusId));

    private static TextEntry Entry(string line) => line.Split('\t') is [var key, var hash, var lines, var characters]
        ? new TextEntry(key, hash, int.Parse(lines, CultureInfo.InvariantCulture), int.Parse(characters, CultureInfo.InvariantCulture))
        : throw new ReplayException($"a manifest has a line that is none: {line}");
}
