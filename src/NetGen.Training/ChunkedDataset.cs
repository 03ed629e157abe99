using System;

namespace NetGen.Training;

/// <summary>
/// A data set that need not fit into memory: it is read chunk by chunk, and training shuffles the order of the chunks and the samples within each.
/// Every chunk has the same features, and the same classes or targets.
/// </summary>
/// <typeparam name="TData">What a chunk is: <see cref="LabeledDataset"/> or <see cref="TargetDataset"/>.</typeparam>
public abstract class ChunkedDataset<TData> where TData : Dataset
{
    /// <summary>The number of chunks, at least 1.</summary>
    public abstract int ChunkCount { get; }

    /// <summary>The number of samples in a chunk, at least 1, which is known without reading it.</summary>
    /// <param name="chunk">From 0 to <see cref="ChunkCount"/> - 1.</param>
    public abstract int CountOf(int chunk);

    /// <summary>Reads a chunk; called by one thread at a time, in any order, as often as there are epochs.</summary>
    /// <param name="chunk">From 0 to <see cref="ChunkCount"/> - 1.</param>
    public abstract TData Read(int chunk);

    /// <summary>The number of samples in all chunks.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            for (int chunk = 0; chunk < ChunkCount; chunk++)
                count += CountOf(chunk);
            return count;
        }
    }
}
