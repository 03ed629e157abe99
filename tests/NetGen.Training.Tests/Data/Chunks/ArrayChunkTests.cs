using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Data.Arrays.ArrayBytes;

namespace NetGen.Training.Tests.Data.Chunks;

/// <summary>Array files and functions in chunks.</summary>
public sealed class ArrayChunkTests
{
    [Fact]
    public void Npy_files_are_read_where_the_chunk_stands()
    {
        using var folder = new TemporaryFolder();
        string x = folder.Write("x.npy", Npy("<i2", [5, 1, 2], Bytes(Enumerable.Range(0, 10).Select(i => (short)i)))), y = folder.Write("y.npy", Npy("|u1", [5], [0, 1, 2, 1, 0]));

        ChunkedDataset<LabeledDataset> labeled = ChunkedDataset.FromNpy(x, labels: y, chunkSize: 2, scale: 0.5f);
        ChunkedDataset<TargetDataset> targeted = ChunkedDataset.FromNpy(x, targets: x, chunkSize: 4);

        Assert.Equal((5L, 3, 2, 1), (labeled.Count, labeled.ChunkCount, labeled.CountOf(0), labeled.CountOf(2)));
        Assert.Equal([2f, 2.5f, 3, 3.5f], labeled.Read(1).Features.ToArray());
        Assert.Equal([2, 1], labeled.Read(1).Labels.ToArray());
        Assert.Equal(["0", "1", "2"], labeled.Read(0).ClassNames);
        Assert.Equal([1, 2], labeled.Read(0).SampleShape);
        Assert.Equal([8f, 9], targeted.Read(1).Targets.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => labeled.Read(3));
    }

    [Fact]
    public void Idx_files_are_read_so_unless_they_are_compressed()
    {
        using var folder = new TemporaryFolder();
        byte[] images = Idx(8, [3, 2], 1, 2, 3, 4, 5, 6), labels = Idx(8, [3], 0, 1, 1);
        string x = folder.Write("x", images), y = folder.Write("y", labels), packed = folder.Write("x.gz", Gzip(images));

        Assert.Equal([5f, 6], ChunkedDataset.FromIdx(x, y, chunkSize: 2).Read(1).Features.ToArray());
        Assert.Contains("x.gz: the file is compressed by gzip, in which no chunk can be sought; decompress it", Refused(() => ChunkedDataset.FromIdx(packed, y)));
    }

    [Fact]
    public void What_cannot_be_read_in_chunks_is_refused_when_it_is_opened()
    {
        using var folder = new TemporaryFolder();
        string fortran = folder.Write("x.npy", Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2)}", [1, 2, 3, 4]));
        string y = folder.Write("y.npy", Npy("|u1", [2], [0, 1])), three = folder.Write("z.npy", Npy("|u1", [3], [0, 1, 9]));

        Assert.Contains("x.npy: the array is in Fortran order", Refused(() => ChunkedDataset.FromNpy(fortran, labels: y)));
        Assert.Contains("there are 3 labels (shape [3]), but ", Refused(() => ChunkedDataset.FromNpy(y, labels: three)));
        Assert.Contains("the labels go up to 9, but 2 is not among them", Refused(() => ChunkedDataset.FromNpy(three, labels: three, chunkSize: 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedDataset.FromNpy(y, labels: y, chunkSize: -1));
    }

    [Fact]
    public void A_number_that_is_none_is_told_with_its_place_in_the_whole_file_when_its_chunk_is_read()
    {
        using var folder = new TemporaryFolder();
        string x = folder.Write("x.npy", Npy([3, 1], 1, 2, float.NaN));

        ChunkedDataset<TargetDataset> chunks = ChunkedDataset.FromNpy(x, targets: folder.Write("y.npy", Npy([3], 1, 2, 3)), chunkSize: 2);

        Assert.Equal(2, chunks.Read(0).Count);
        Assert.Contains("item [2, 0] (byte 136) is NaN", Refused(() => chunks.Read(1)));
    }

    [Fact]
    public void Functions_of_ones_own_are_chunks_if_they_are_alike()
    {
        LabeledDataset a = new([1, 2], 1, [0, 1]), b = new([3], 1, [1], ["0", "1"]), wide = new([3, 4], 2, [1], ["0", "1"]), more = new([3], 1, [2]);

        ChunkedDataset<LabeledDataset> chunks = ChunkedDataset.FromChunks<LabeledDataset>([() => a, () => b]);

        Assert.Equal((2, 3L, 1), (chunks.ChunkCount, chunks.Count, chunks.CountOf(1)));
        Assert.Same(b, chunks.Read(1));
        Assert.Contains("Chunk 1 has 2 features for each sample, but chunk 0 has 1", Wrong([() => a, () => wide]));
        Assert.Contains("Chunk 1 has the classes '0', '1', '2', but chunk 0 has '0', '1'", Wrong([() => a, () => more]));
        Assert.Contains("gave null", Wrong([() => null!]));
        Assert.Throws<ArgumentException>(() => ChunkedDataset.FromChunks<LabeledDataset>([]));
        int calls = 0;
        chunks = ChunkedDataset.FromChunks<LabeledDataset>([() => calls++ == 0 ? a : b]);
        Assert.Contains("Chunk 0 has 1 samples, and had 2", Assert.Throws<InvalidOperationException>(() => chunks.Read(0)).Message);
    }

    [Fact]
    public void Chunks_that_are_mapped_keep_their_samples()
    {
        TargetDataset data = new([1, 2, 3], 1, [1, 2, 3]);
        ChunkedDataset<TargetDataset> chunks = ChunkedDataset.FromChunks<TargetDataset>([() => data]);

        Assert.Equal([2f, 4, 6], chunks.Map(chunk => chunk.WithFeatures([2, 4, 6])).Read(0).Features.ToArray());
        Assert.Contains("Chunk 0 has 3 samples, but 1 after the change", Assert.Throws<InvalidOperationException>(() => chunks.Map(chunk => chunk.Subset([0])).Read(0)).Message);
    }

    private static string Refused(Func<object> act) => Assert.Throws<DatasetException>(act).Message;

    private static string Wrong(IReadOnlyList<Func<LabeledDataset>> chunks) => Assert.Throws<InvalidOperationException>(() => ChunkedDataset.FromChunks(chunks)).Message;
}
