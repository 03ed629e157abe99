using System;

namespace NetGen.Training.Chunks;

/// <summary>The chunks of another data set, changed as they are read.</summary>
internal sealed class MappedChunks<TData>(ChunkedDataset<TData> data, Func<TData, TData> change) : ChunkedDataset<TData> where TData : Dataset
{
    /// <inheritdoc/>
    public override int ChunkCount => data.ChunkCount;

    /// <inheritdoc/>
    public override int CountOf(int chunk) => data.CountOf(chunk);

    /// <inheritdoc/>
    public override TData Read(int chunk)
    {
        TData changed = change(data.Read(chunk));
        return changed.Count == CountOf(chunk) ? changed : throw new InvalidOperationException($"Chunk {chunk} has {CountOf(chunk)} samples, but {changed.Count} after the change; change the numbers, not the samples.");
    }
}
