using System.Collections.Generic;
using System.Linq;
using NetGen.Replay.Storage;

namespace NetGen.Replay.Comparison;

/// <summary>What became of the texts between two manifests.</summary>
/// <param name="Equal">How many are the same, character by character.</param>
/// <param name="Changed">In the order of their keys.</param>
/// <param name="New">Keys of texts that the first had not.</param>
/// <param name="Gone">Keys of texts that the second has not.</param>
internal sealed record ManifestComparison(int Equal, IReadOnlyList<ChangedText> Changed, IReadOnlyList<string> New, IReadOnlyList<string> Gone)
{
    public static ManifestComparison Of(Manifest before, Manifest after)
    {
        var old = before.Entries.ToDictionary(static e => e.Identity);
        var now = after.Entries.ToDictionary(static e => e.Identity);
        TextEntry[] common = [.. after.Entries.Where(e => old.ContainsKey(e.Identity))];
        ChangedText[] changed = [.. common.Select(e => new ChangedText(e.Key, old[e.Identity].Hash, e.Hash)).Where(static c => c.Old != c.New)];
        return new ManifestComparison(
            common.Length - changed.Length,
            changed,
            [.. after.Entries.Where(e => !old.ContainsKey(e.Identity)).Select(static e => e.Key)],
            [.. before.Entries.Where(e => !now.ContainsKey(e.Identity)).Select(static e => e.Key)]);
    }
}
