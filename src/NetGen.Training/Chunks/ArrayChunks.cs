using System;
using NetGen.Training.Arrays;

namespace NetGen.Training.Chunks;

/// <summary>Two array files in chunks of samples, read where they stand.</summary>
internal sealed class ArrayChunks<TData> : ChunkedDataset<TData> where TData : Dataset
{
    private readonly FileStamp x, y;
    private readonly Func<string, ArrayFile> open;
    private readonly Func<ArrayFile, ArrayFile, int, int, TData> read;
    private readonly int count, chunkSize;

    /// <param name="features">The file of the features.</param>
    /// <param name="answers">The file of the labels or targets.</param>
    /// <param name="open">Opens a file.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="read">Reads some samples, by the first of them and their number.</param>
    public ArrayChunks(
        string features, string answers, Func<string, ArrayFile> open, int count, int chunkSize, Func<ArrayFile, ArrayFile, int, int, TData> read)
    {
        (x, y) = (FileStamp.Of(features), FileStamp.Of(answers));
        (this.open, this.read, this.count, this.chunkSize) = (open, read, count, chunkSize);
    }

    /// <inheritdoc/>
    public override int ChunkCount => (count - 1) / chunkSize + 1;

    /// <inheritdoc/>
    public override int CountOf(int chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk, ChunkCount);
        return Math.Min(chunkSize, count - chunk * chunkSize);
    }

    /// <inheritdoc/>
    public override TData Read(int chunk)
    {
        int size = CountOf(chunk);
        x.Check();
        y.Check();
        using ArrayFile features = open(x.Path), answers = open(y.Path);
        return read(features, answers, chunk * chunkSize, size);
    }
}
