namespace NetGen.Replay.Storage;

/// <summary>One emitted text.</summary>
/// <param name="Key"><c>place#network@target/unroll</c>.</param>
/// <param name="Hash">SHA-256 of its UTF-8.</param>
internal sealed record TextEntry(string Key, string Hash, int Lines, int Characters)
{
    /// <summary>The key without the place: a spec that moved is the same network.</summary>
    public string Identity => Key[(Key.LastIndexOf('#') + 1)..];

    public static string KeyOf(string place, string network, string variant) => $"{place}#{network}@{variant}";
}
