using System.Collections.Generic;

namespace NetGen.Training.Tests;

/// <summary>Chunks in memory, which remember the order in which they were read.</summary>
internal sealed class Chunks<TData>(IReadOnlyList<TData> parts) : ChunkedDataset<TData> where TData : Dataset
{
    public List<int> Reads { get; } = [];

    public override int ChunkCount => parts.Count;

    public override int CountOf(int chunk) => parts[chunk].Count;

    public override TData Read(int chunk)
    {
        Reads.Add(chunk);
        return parts[chunk];
    }
}
