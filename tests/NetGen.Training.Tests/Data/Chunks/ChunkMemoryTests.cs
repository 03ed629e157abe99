using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data.Chunks;

/// <summary>Alone, since the memory of the whole process is measured.</summary>
[CollectionDefinition(nameof(ChunkMemoryTests), DisableParallelization = true)]
[Collection(nameof(ChunkMemoryTests))]
public sealed class ChunkMemoryTests
{
    [Fact]
    public void Memory_is_bounded_by_the_chunk_not_by_the_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i},{i}\n")));
        ChunkedDataset.FromCsv(path, target: "y", chunkSize: 100_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        ChunkedDataset<TargetDataset> chunks = ChunkedDataset.FromCsv(path, target: "y", chunkSize: 1000);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 300_000);
        before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(299_999, chunks.Read(299).Features[^1]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
    }
}
