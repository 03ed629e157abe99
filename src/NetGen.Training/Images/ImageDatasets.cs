using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training.Images;

/// <summary>Makes data sets of folders of images.</summary>
internal static class ImageDatasets
{
    /// <inheritdoc cref="Dataset.FromImages"/>
    public static LabeledDataset Read(string folder, IReadOnlyList<string>? classNames, ImageOptions options)
    {
        var images = new ImageFolder(folder, classNames);
        var reader = new ImageReader(options, images.Files[0].Path);
        Check(folder, images.Files.Count, reader, null);
        return reader.Read(images.Files, images.ClassNames);
    }

    /// <inheritdoc cref="ChunkedDataset.FromImages"/>
    public static ChunkedDataset<LabeledDataset> ReadChunks(string folder, int chunkSize, IReadOnlyList<string>? classNames, ImageOptions options, int seed)
    {
        var images = new ImageFolder(folder, classNames);
        var reader = new ImageReader(options, images.Files[0].Path);
        Check(folder, Math.Min(chunkSize, images.Files.Count), reader, chunkSize);

        // Shuffled once: the folders stand class by class, and a chunk of one class would teach the network that class alone.
        int[] order = [.. Enumerable.Range(0, images.Files.Count)];
        SplitMix64.For(seed, 0).Shuffle(order);
        return new ImageChunks([.. order.Select(i => images.Files[i])], images.ClassNames, reader, chunkSize);
    }

    private static void Check(string folder, int count, ImageReader reader, int? chunkSize)
    {
        string remedy = chunkSize is null ? "read them in chunks by ChunkedDataset.FromImages" : "take a smaller chunkSize";
        if (count * reader.SampleSize > Array.MaxLength)
            throw new DatasetException(folder, null, $"{count} images of {reader.SampleSize} numbers are {count * reader.SampleSize}, and an array takes {Array.MaxLength}; {remedy}, or smaller images.");
    }

    private sealed class ImageChunks(
        IReadOnlyList<(string Path, int Label)> files, IReadOnlyList<string> classNames, ImageReader reader, int chunkSize) : ChunkedDataset<LabeledDataset>
    {
        /// <inheritdoc/>
        public override int ChunkCount => (files.Count - 1) / chunkSize + 1;

        /// <inheritdoc/>
        public override int CountOf(int chunk)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(chunk);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk, ChunkCount);
            return Math.Min(chunkSize, files.Count - chunk * chunkSize);
        }

        /// <inheritdoc/>
        public override LabeledDataset Read(int chunk) => reader.Read([.. files.Skip(chunk * chunkSize).Take(CountOf(chunk))], classNames);
    }
}
