using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>Samples that belong together, such as those of one patient, so that a network is tested on none that it has seen another of.</summary>
internal static class SampleGroups
{
    private const int Purpose = 2;

    /// <summary>The samples of each group, the groups in shuffled order.</summary>
    public static int[][] Of(ReadOnlySpan<int> groups, int seed)
    {
        var members = new Dictionary<int, List<int>>();
        for (int sample = 0; sample < groups.Length; sample++)
        {
            if (!members.TryGetValue(groups[sample], out List<int>? group))
                members.Add(groups[sample], group = []);
            group.Add(sample);
        }

        int[][] all = [.. members.OrderBy(group => group.Key).Select(group => group.Value.ToArray())];
        int[] order = [.. Enumerable.Range(0, all.Length)];
        SplitMix64.For(seed, Purpose).Shuffle(order);
        return [.. order.Select(group => all[group])];
    }

    /// <summary>Checks that there is a group for each sample.</summary>
    /// <exception cref="ArgumentException">There are none, more or fewer.</exception>
    public static void Check(ReadOnlySpan<int> groups, int samples)
    {
        if (groups.Length != samples)
            throw new ArgumentException($"There are {groups.Length} groups for {samples} samples; give the number of its group for each sample, as the data set's Groups of a CSV file read with Group in the options.", nameof(groups));
    }
}
