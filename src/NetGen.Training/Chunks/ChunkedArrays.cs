using System;
using System.Collections.Generic;
using NetGen.Compiler.Text;
using NetGen.Training.Arrays;

namespace NetGen.Training.Chunks;

/// <summary>Makes chunked data sets of array files.</summary>
internal static class ChunkedArrays
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
