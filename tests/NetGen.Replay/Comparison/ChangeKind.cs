using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Replay.Comparison;

/// <summary>Places in any texts that changed in the same way, but for numbers.</summary>
/// <param name="Texts">How many texts have such a place.</param>
/// <param name="Places">How many there are in all of them.</param>
/// <param name="Example">One of the texts.</param>
/// <param name="Change">Which of its changes it is.</param>
internal sealed partial record ChangeKind(int Texts, int Places, ChangedText Example, int Change)
{
    /// <summary>The kinds, what most texts have first.</summary>
    /// <param name="read">A text by its hash.</param>
    public static IReadOnlyList<ChangeKind> Of(IEnumerable<ChangedText> texts, Func<string, string> read) =>
    [
        .. texts.GroupBy(static text => (text.Old, text.New)).AsParallel().AsOrdered()
            .Select(same => (Texts: same.Count(), Example: same.First(), Kinds: Kinds(LineDiff.Of(read(same.Key.Old), read(same.Key.New)))))
            .AsSequential()
            .SelectMany(
                static same => same.Kinds,
                static (same, kind) => (kind.Kind, Found: new ChangeKind(same.Texts, same.Texts * kind.Places, same.Example, kind.First)))
            .GroupBy(static t => t.Kind, static t => t.Found)
            .Select(static kind => kind.First() with { Texts = kind.Sum(static k => k.Texts), Places = kind.Sum(static k => k.Places) })
            .OrderByDescending(static kind => kind.Texts).ThenByDescending(static kind => kind.Places),
    ];

    private static IReadOnlyList<(string Kind, int First, int Places)> Kinds(LineDiff diff) =>
    [
        .. diff.Changes().Index().GroupBy(static change => Numbers().Replace(change.Item, "0"))
            .Select(static kind => (kind.Key, kind.First().Index, kind.Count())),
    ];

    [GeneratedRegex(@"\d+(\.\d+)?([eE][+-]?\d+)?")]
    private static partial Regex Numbers();
}
