using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training;

/// <summary>Cuts samples into folds, each of which tests once.</summary>
internal static class SampleFolds
{
    // Splits take 0 of the same seed.
    private const int Purpose = 1;

    /// <summary>Folds whose sizes differ by at most 1, drawn without regard to labels.</summary>
    public static SampleSplit[] Shuffled(int samples, int count, int seed)
    {
        Check(count, samples, "samples");
        int[] order = Order(samples, seed);
        return Splits(order, Deal(order, count), count);
    }

    /// <summary>Folds whose sizes, and whose members of each class, differ by at most 1.</summary>
    public static SampleSplit[] Stratified(int[] labels, IReadOnlyList<string> classNames, int count, int seed)
    {
        Check(count, labels.Length, "samples");
        var sizes = new int[classNames.Count];
        foreach (int label in labels)
            sizes[label]++;
        if (sizes.Count(size => size > 0) == 1)
            throw new ArgumentException($"All {labels.Length} samples are of the class {Excerpt.Quote(classNames[labels[0]])}, so there is nothing to stratify by; give samples of every class, or fold without stratify.", "stratify");
        int small = Array.FindIndex(sizes, size => size > 0 && size < count);
        if (small >= 0)
            throw new ArgumentException($"The class {Excerpt.Quote(classNames[small])} has {sizes[small]} samples for {count} folds, so that some would have none; take at most {sizes[small]} folds, more samples of it, or fold without stratify.", nameof(count));

        // Dealt out class by class, going on from fold to fold.
        int[] order = Order(labels.Length, seed);
        return Splits(order, Deal([.. order.OrderBy(sample => labels[sample])], count), count);
    }

    /// <summary>Folds of whole groups, about equally large: the largest group first, each to the fold that is smallest so far.</summary>
    public static SampleSplit[] Grouped(ReadOnlySpan<int> groups, int count, int seed)
    {
        int[][] members = SampleGroups.Of(groups, seed);
        Check(count, members.Length, "groups");
        var sizes = new int[count];
        var folds = new int[groups.Length];
        foreach (int[] group in members.OrderByDescending(group => group.Length))
        {
            int fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] += group.Length;
            foreach (int sample in group)
                folds[sample] = fold;
        }

        return Splits(Order(groups.Length, seed), folds, count);
    }

    /// <summary>
    /// Forward chaining: the samples, in their order, are cut into one part more than there are folds, and each fold tests the next part after training on
    /// all parts before it. What does not divide is in the first part.
    /// </summary>
    public static SampleSplit[] InOrder(int samples, int count)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, "Folds in order are at least 1.");
        if (samples <= count)
            throw new ArgumentException($"There are {samples} samples for {count} folds in order, which take {count + 1} parts; take at most {samples - 1} folds.", nameof(count));

        int size = samples / (count + 1);
        int[] all = [.. Enumerable.Range(0, samples)];
        IEnumerable<int> starts = Enumerable.Range(0, count).Select(fold => samples - (count - fold) * size);
        return [.. starts.Select(start => new SampleSplit(all[..start], all[start..(start + size)]))];
    }

    private static void Check(int count, int members, string what)
    {
        if (count < 2)
            throw new ArgumentOutOfRangeException(nameof(count), count, "Folds are at least 2: each tests what the others train on.");
        if (members < count)
            throw new ArgumentException($"There are {members} {what} for {count} folds; take at most {members} folds.", nameof(count));
    }

    private static int[] Order(int samples, int seed)
    {
        int[] order = [.. Enumerable.Range(0, samples)];
        SplitMix64.For(seed, Purpose).Shuffle(order);
        return order;
    }

    // The fold of each sample, dealt out in turn.
    private static int[] Deal(int[] order, int count)
    {
        var folds = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
            folds[order[place]] = place % count;

        return folds;
    }

    private static SampleSplit[] Splits(int[] order, int[] folds, int count) =>
    [
        .. Enumerable.Range(0, count).Select(fold =>
            new SampleSplit([.. order.Where(sample => folds[sample] != fold)], [.. order.Where(sample => folds[sample] == fold)])),
    ];
}
