using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace NetGen.Training.Loop;

/// <summary>
/// Chunks in shuffled order, the samples of each shuffled as well. While one is trained on, the next is read; a batch may take the end of one and the beginning
/// of the next.
/// </summary>
internal sealed class ChunkFeed<TData> : Samples<TData> where TData : Dataset
{
    private readonly ChunkedDataset<TData> chunks;
    private readonly TrainingOptions options;
    private readonly int[] order;
    private readonly long[] begins; // of the chunks, by their place in the order
    private readonly List<Loaded> loaded = [];
    private readonly Action<TData> check;
    private Task<Loaded>? next;
    private int epoch;
    private long first;

    /// <param name="chunks">The data.</param>
    /// <param name="options">Say whether they are shuffled.</param>
    /// <param name="check">Refuses a chunk that does not fit the network.</param>
    public ChunkFeed(ChunkedDataset<TData> chunks, TrainingOptions options, Action<TData> check)
    {
        this.check = check;
        this.chunks = chunks;
        this.options = options;
        order = new int[chunks.ChunkCount];
        begins = new long[order.Length + 1];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Example = chunks.Read(0);
        BeginEpoch(0);
    }

    public override long Count => begins[^1];

    public override TData Example { get; }

    public override (TData Data, int Sample) this[int index]
    {
        get
        {
            long position = first + index;
            foreach (Loaded chunk in loaded)
                if (position >= chunk.Begin && position < chunk.Begin + chunk.Order.Length)
                    return (chunk.Data, chunk.Order[position - chunk.Begin]);

            throw new InvalidOperationException($"Sample {position} of the epoch is not at hand.");
        }
    }

    public override ulong SeedOf(int index) => SplitMix64.SeedOf(options.Seed, epoch, first + index);

    public override void BeginEpoch(int epoch)
    {
        this.epoch = epoch;
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        if (options.Shuffle)
            SplitMix64.For(options.Seed, epoch).Shuffle(order);
        for (int place = 0; place < order.Length; place++)
            begins[place + 1] = begins[place] + chunks.CountOf(order[place]);
        loaded.Clear();
        next?.Wait(); // one thread at a time reads
        next = null;
    }

    public override void Load(long first, int count)
    {
        this.first = first;
        if (loaded.Count > 0 && first < loaded[0].Begin)
            loaded.Clear(); // back
        loaded.RemoveAll(chunk => chunk.Begin + chunk.Order.Length <= first);
        long at = loaded.Count == 0 ? first : loaded[^1].Begin + loaded[^1].Order.Length;
        while (at < first + count)
        {
            int place = PlaceOf(at);
            Loaded? ready = next?.GetAwaiter().GetResult();
            loaded.Add(ready is not null && ready.Place == place ? ready : Read(place));
            next = place + 1 < order.Length ? Task.Run(() => Read(place + 1)) : null;
            at = begins[place + 1];
        }
    }

    private int PlaceOf(long position)
    {
        int place = Array.BinarySearch(begins, position);
        return place >= 0 ? place : ~place - 1;
    }

    private Loaded Read(int place)
    {
        TData data = chunks.Read(order[place]);
        int count = (int)(begins[place + 1] - begins[place]);
        if (data.Count != count || data.FeatureCount != Example.FeatureCount)
            throw new InvalidOperationException($"Chunk {order[place]} has {data.Count} samples of {data.FeatureCount} features, but {count} of {Example.FeatureCount} were announced; the data changed while they were trained on.");

        check(data);
        if (data.HasWeights != Example.HasWeights)
            throw new InvalidOperationException($"Chunk {order[place]} has {(data.HasWeights ? "" : "no ")}weights, unlike the first; give weights to all chunks or to none.");

        var samples = new int[count];
        for (int i = 0; i < count; i++)
            samples[i] = i;
        if (options.Shuffle)
        {
            // Another stream of numbers than that of the order of the chunks: a purpose for each chunk of each epoch.
            SplitMix64 seeds = SplitMix64.For(options.Seed, epoch);
            SplitMix64.For((int)seeds.Next(), order[place] + 1).Shuffle(samples);
        }

        return new Loaded(place, begins[place], data, samples);
    }

    private sealed record Loaded(int Place, long Begin, TData Data, int[] Order);
}
