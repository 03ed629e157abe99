using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Replay.Comparison;

/// <summary>Texts that changed in the same way: the same lines are gone, and the same came.</summary>
/// <param name="Texts">Those with the shortest diffs first.</param>
/// <param name="FewestLines">How many lines the first diff removes and adds.</param>
/// <param name="MostLines">How many the last does.</param>
internal sealed record DiffGroup(IReadOnlyList<ChangedText> Texts, int FewestLines, int MostLines)
{
    /// <summary>The groups: what changed most texts first, and of those that changed as many, what takes fewest lines to say.</summary>
    /// <param name="read">A text by its hash.</param>
    public static IReadOnlyList<DiffGroup> Of(IEnumerable<ChangedText> texts, Func<string, string> read) =>
    [
        // Texts of different networks may well be the same: they are compared once.
        .. texts.GroupBy(static text => (text.Old, text.New)).AsParallel().AsOrdered()
            .Select(same => (Texts: same, Diff: Summary(LineDiff.Of(read(same.Key.Old), read(same.Key.New)))))
            .AsSequential()
            .SelectMany(static same => same.Texts.Select(text => (Text: text, same.Diff.Signature, same.Diff.Lines)))
            .GroupBy(static t => t.Signature)
            .Select(static group => Of(group.Select(static t => (t.Text, t.Lines))))
            .OrderByDescending(static group => group.Texts.Count).ThenBy(static group => group.FewestLines)
            .ThenBy(static group => group.Texts[0].Key, StringComparer.Ordinal),
    ];

    private static DiffGroup Of(IEnumerable<(ChangedText Text, int Lines)> texts)
    {
        (ChangedText Text, int Lines)[] ordered = [.. texts.OrderBy(static t => t.Lines).ThenBy(static t => t.Text.Key, StringComparer.Ordinal)];
        return new DiffGroup([.. ordered.Select(static t => t.Text)], ordered[0].Lines, ordered[^1].Lines);
    }

    // The diffs themselves hold all lines of both texts: too much to keep for thousands of them.
    private static (string Signature, int Lines) Summary(LineDiff diff) => (diff.Signature(), diff.Lines);
}
