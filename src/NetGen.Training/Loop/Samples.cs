using System;

namespace NetGen.Training.Loop;

/// <summary>The samples of an epoch in the order in which it takes them.</summary>
internal abstract class Samples<TData> where TData : Dataset
{
    /// <summary>The number of samples in the training data.</summary>
    public abstract long Count { get; }

    /// <summary>Any of the data, for sizes and names.</summary>
    public abstract TData Example { get; }

    /// <summary>Draws the epoch's order.</summary>
    /// <param name="epoch">From 1; 0 for what is tried before the first.</param>
    public abstract void BeginEpoch(int epoch);

    /// <summary>Has the samples from a place of the order on at hand.</summary>
    public abstract void Load(long first, int count);

    /// <summary>A seed for a sample that is at hand: by the run's seed, the epoch and the place in its order.</summary>
    public abstract ulong SeedOf(int index);

    /// <summary>The one data set that all samples are of; null where they are of several.</summary>
    public virtual TData? Whole => null;

    /// <summary>Of one data set, the numbers of the samples that are at hand, and of those behind.</summary>
    public virtual ReadOnlySpan<int> Rows => default;

    /// <summary>One of the samples that are at hand, from 0; from any thread.</summary>
    public abstract (TData Data, int Sample) this[int index] { get; }
}

/// <summary>A data set in memory.</summary>
internal sealed class WholeSet<TData>(TData data, TrainingOptions options) : Samples<TData> where TData : Dataset
{
    private readonly int[] order = new int[data.Count];
    private int epoch;
    private int first;

    public override long Count => data.Count;

    public override TData Example => data;

    public override TData Whole => data;

    public override ReadOnlySpan<int> Rows => order.AsSpan(first);

    public override (TData Data, int Sample) this[int index] => (data, order[first + index]);

    public override ulong SeedOf(int index) => SplitMix64.SeedOf(options.Seed, epoch, first + index);

    public override void BeginEpoch(int epoch)
    {
        this.epoch = epoch;
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        if (options.Shuffle)
            SplitMix64.For(options.Seed, epoch).Shuffle(order);
    }

    public override void Load(long first, int count) => this.first = (int)first;
}
