using System;
using System.Collections.Generic;
using NetGen.Compiler.Text;
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

/// <summary>Makes chunked data sets of array files.</summary>
internal static class ArrayChunks
{
    /// <summary>Features and labels. The labels of all samples are read once, and the features only chunk by chunk.</summary>
    public static ChunkedDataset<LabeledDataset> Labeled(
        string features, string labels, Func<string, ArrayFile> open, int chunkSize, IReadOnlyList<string>? classNames, float scale)
    {
        ArrayDatasets.CheckScale(scale);
        using ArrayFile x = open(features), y = open(labels);
        Check(x, y, "labels", chunkSize);
        var classes = new HashSet<int>();
        for (int first = 0; first < y.Layout.Count; first += chunkSize)
            classes.UnionWith(y.ReadLabels(first, Math.Min(chunkSize, y.Layout.Count - first), classNames?.Count));

        IReadOnlyList<string> names = ArrayDatasets.Names(labels, classes, classNames);
        return new ArrayChunks<LabeledDataset>(features, labels, open, x.Layout.Count, chunkSize, (x, y, first, count) =>
            ArrayDatasets.Labeled(x.Layout, x.Read(first, count, "x", scale), y.Layout, y.ReadLabels(first, count, names.Count), names));
    }

    /// <summary>Features and targets.</summary>
    public static ChunkedDataset<TargetDataset> Targeted(string features, string targets, Func<string, ArrayFile> open, int chunkSize, float scale)
    {
        ArrayDatasets.CheckScale(scale);
        using ArrayFile x = open(features), y = open(targets);
        Check(x, y, "targets", chunkSize);
        return new ArrayChunks<TargetDataset>(features, targets, open, x.Layout.Count, chunkSize, (x, y, first, count) =>
            ArrayDatasets.Targeted(x.Layout, x.Read(first, count, "x", scale), y.Layout, y.Read(first, count, "y", 1)));
    }

    /// <summary>Opens an IDX file that can be sought.</summary>
    /// <exception cref="DatasetException">It is compressed.</exception>
    public static ArrayFile OpenIdx(string path)
    {
        using (System.IO.FileStream file = Files.DataFile.Open(path))
            if (IdxHeader.IsGzip(file))
                throw new DatasetException(path, null, "the file is compressed by gzip, in which no chunk can be sought; decompress it (gunzip), or read it whole by Dataset.FromIdx.");

        return IdxHeader.Open(path);
    }

    private static void Check(ArrayFile x, ArrayFile y, string what, int chunkSize)
    {
        ArrayDatasets.CheckCounts(x.File, x.Layout, y.File, y.Layout, what);
        foreach (ArrayFile file in (ArrayFile[])[x, y])
        {
            if (file.Layout.IsFortranOrder)
                throw new DatasetException(file.File, null, "the array is in Fortran order, in which the numbers of a sample lie apart; save it in C order (in NumPy, np.ascontiguousarray), or read it whole by Dataset.FromNpy.");
            if (Math.Min(chunkSize, file.Layout.Count) * (long)file.Layout.SampleSize > Array.MaxLength)
                throw new ArgumentException($"A chunk of {chunkSize} samples of the shape {Excerpt.Shape(file.Layout.SampleShape)} has more than {Array.MaxLength} numbers; take a smaller chunkSize.", nameof(chunkSize));
        }
    }
}
