using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>The numbers of the samples that train and of those that test.</summary>
internal sealed record SampleSplit(int[] Train, int[] Test)
{
    /// <summary>A share of all samples, drawn without regard to their labels.</summary>
    public static SampleSplit Shuffled(int count, double testFraction, int seed)
    {
        int testCount = TestCount(count, testFraction);
        int[] order = [.. Enumerable.Range(0, count)];
        SplitMix64.For(seed, 0).Shuffle(order);
        return new SampleSplit(order[testCount..], order[..testCount]);
    }

    /// <summary>
    /// The same share of each class, rounded by the largest remainder so that the test set is as large as
    /// without; ties go to the class that comes first.
    /// </summary>
    public static SampleSplit Stratified(ReadOnlySpan<int> labels, int classCount, double testFraction, int seed)
    {
        int testCount = TestCount(labels.Length, testFraction);
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        SplitMix64.For(seed, 0).Shuffle(order);

        var sizes = new int[classCount];
        foreach (int label in labels)
            sizes[label]++;
        int[] shares = Apportion(sizes, testCount);

        var train = new List<int>();
        var test = new List<int>();
        foreach (int sample in order)
            if (shares[labels[sample]]-- > 0)
                test.Add(sample);
            else
                train.Add(sample);

        return new SampleSplit([.. train], [.. test]);
    }

    /// <summary>Whole groups, in shuffled order, each taken for the test set where that brings it nearer to its share; both sets have at least one.</summary>
    public static SampleSplit Grouped(ReadOnlySpan<int> groups, double testFraction, int seed)
    {
        int wanted = TestCount(groups.Length, testFraction);
        int[][] members = SampleGroups.Of(groups, seed);
        if (members.Length < 2)
            throw new ArgumentException($"All {groups.Length} samples are of 1 group, which cannot be in both sets; give at least 2 groups.", nameof(groups));

        var chosen = new HashSet<int>();
        int count = 0;
        for (int i = 0; i < members.Length && chosen.Count < members.Length - 1; i++)
            if (Math.Abs(wanted - count - members[i].Length) < Math.Abs(wanted - count))
            {
                chosen.Add(i);
                count += members[i].Length;
            }

        if (chosen.Count == 0)
            chosen.Add(Array.FindIndex(members, group => group.Length == members.Min(other => other.Length)));
        var isTest = new bool[groups.Length];
        foreach (int sample in chosen.SelectMany(i => members[i]))
            isTest[sample] = true;

        int[] order = [.. Enumerable.Range(0, groups.Length)];
        SplitMix64.For(seed, 0).Shuffle(order);
        return new SampleSplit([.. order.Where(sample => !isTest[sample])], [.. order.Where(sample => isTest[sample])]);
    }

    /// <summary>The last samples test, and those before them train, in their order.</summary>
    public static SampleSplit InOrder(int count, double testFraction)
    {
        int trainCount = count - TestCount(count, testFraction);
        return new SampleSplit([.. Enumerable.Range(0, trainCount)], [.. Enumerable.Range(trainCount, count - trainCount)]);
    }

    // The largest-remainder method: whole parts first, then one more for each of the largest remainders. In integers, so exact.
    private static int[] Apportion(int[] sizes, int seats)
    {
        long total = sizes.Sum(size => (long)size);
        int[] shares = [.. sizes.Select(size => (int)((long)size * seats / total))];
        int left = seats - shares.Sum();
        foreach (int label in Enumerable.Range(0, sizes.Length).OrderByDescending(label => (long)sizes[label] * seats % total).Take(left))
            shares[label]++;

        return shares;
    }

    private static int TestCount(int count, double testFraction)
    {
        if (!(testFraction > 0 && testFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The share of the test set is between 0 and 1, such as 0.2.");
        if (count < 2)
            throw new ArgumentException("There is 1 sample, which cannot be split into a training and a test set; give at least 2.");

        return Math.Clamp((int)Math.Round(count * testFraction, MidpointRounding.AwayFromZero), 1, count - 1);
    }
}
