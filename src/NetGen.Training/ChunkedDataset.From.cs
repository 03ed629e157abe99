using System;
using System.Collections.Generic;
using System.IO;
using NetGen.Training.Arrays;
using NetGen.Training.Chunks;
using NetGen.Training.Csv;
using NetGen.Training.Images;

namespace NetGen.Training;

/// <summary>
/// Opens files that need not fit into memory, as data sets that are read chunk by chunk. Training shuffles the order of the chunks, and the samples within
/// each; so a file that is sorted, by class or by time, should be shuffled once before.
/// </summary>
public static class ChunkedDataset
{
    private const int UsualSize = 10_000;

    /// <summary>
    /// Opens a CSV file for classification. Every row is read once here, so that an error is told before training; classes, categories, vocabularies and
    /// the means of missing values are those of the whole file, as by <see cref="Dataset.FromCsv(string, string, IReadOnlyList{string}, CsvOptions)"/>.
    /// </summary>
    /// <param name="path">The file, in UTF-8 or an encoding of one byte a character; it must not change while the data set is in use.</param>
    /// <param name="label">The column of the labels.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="classNames">The classes in the order of their numbers; null finds them in the file.</param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file cannot be read so; the message has the line and the column.</exception>
    /// <exception cref="ArgumentException">Missing values are to be filled by medians, which no chunk has; give FillValues.</exception>
    public static ChunkedDataset<LabeledDataset> FromCsv(
        string path, string label, int chunkSize = UsualSize, IReadOnlyList<string>? classNames = null, CsvOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        using LabeledCsvReader reader = CsvDataset.OpenLabeled(path, label, classNames, options ?? new CsvOptions());
        return new CsvChunks<LabeledDataset>(path, chunkSize, reader, (found, names, start) => CsvDataset.OpenLabeled(path, label, names, found, start));
    }

    /// <summary>Opens a CSV file with one number as the target.</summary>
    /// <inheritdoc cref="FromCsv(string, string, int, IReadOnlyList{string}, CsvOptions)"/>
    /// <param name="path">The file, in UTF-8 or an encoding of one byte a character; it must not change while the data set is in use.</param>
    /// <param name="target">The column of the targets.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    public static ChunkedDataset<TargetDataset> FromCsv(string path, string target, int chunkSize = UsualSize, CsvOptions? options = null) =>
        FromCsv(path, targets: [target], chunkSize, options);

    /// <summary>Opens a CSV file with several numbers as targets, as in <c>targets: ["width", "height"]</c>.</summary>
    /// <inheritdoc cref="FromCsv(string, string, int, IReadOnlyList{string}, CsvOptions)"/>
    /// <param name="path">The file, in UTF-8 or an encoding of one byte a character; it must not change while the data set is in use.</param>
    /// <param name="targets">The columns of the targets, in the order wanted.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    public static ChunkedDataset<TargetDataset> FromCsv(string path, IReadOnlyList<string> targets, int chunkSize = UsualSize, CsvOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        using TargetCsvReader reader = CsvDataset.OpenTargets(path, targets, options ?? new CsvOptions());
        return new CsvChunks<TargetDataset>(path, chunkSize, reader, (found, _, start) => CsvDataset.OpenTargets(path, targets, found, start));
    }

    /// <summary>
    /// Opens two .npy files of NumPy for classification, as <see cref="Dataset.FromNpy(string, string, IReadOnlyList{string}, float)"/> reads them. The labels
    /// are read once here; the features only chunk by chunk.
    /// </summary>
    /// <param name="features">The file of the features, [Count, …], in C order; it must not change while the data set is in use.</param>
    /// <param name="labels">The file of the labels, [Count] or [Count, steps]: integers from 0 to k - 1.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="classNames">The names of the classes in the order of their numbers; null names them "0", "1", …, and none may be missing then.</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">A file cannot be read so, or is in Fortran order.</exception>
    public static ChunkedDataset<LabeledDataset> FromNpy(
        string features, string labels, int chunkSize = UsualSize, IReadOnlyList<string>? classNames = null, float scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ChunkedArrays.Labeled(features, labels, ArrayDatasets.OpenNpy, chunkSize, classNames, scale);
    }

    /// <summary>Opens two .npy files of NumPy with target values.</summary>
    /// <inheritdoc cref="FromNpy(string, string, int, IReadOnlyList{string}, float)"/>
    /// <param name="features">The file of the features, [Count, …], in C order; it must not change while the data set is in use.</param>
    /// <param name="targets">The file of the targets, [Count] or [Count, …].</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    public static ChunkedDataset<TargetDataset> FromNpy(string features, string targets, int chunkSize = UsualSize, float scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ChunkedArrays.Targeted(features, targets, ArrayDatasets.OpenNpy, chunkSize, scale);
    }

    /// <summary>Opens two IDX files for classification, as <see cref="Dataset.FromIdx"/> reads them; they must not be compressed.</summary>
    /// <inheritdoc cref="FromNpy(string, string, int, IReadOnlyList{string}, float)"/>
    /// <param name="images">The file of the features, [Count, …]; it must not change while the data set is in use.</param>
    /// <param name="labels">The file of the labels, [Count] or [Count, steps]: integers from 0 to k - 1.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="classNames">The names of the classes in the order of their numbers; null names them "0", "1", …, and none may be missing then.</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    public static ChunkedDataset<LabeledDataset> FromIdx(
        string images, string labels, int chunkSize = UsualSize, IReadOnlyList<string>? classNames = null, float scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ChunkedArrays.Labeled(images, labels, ChunkedArrays.OpenIdx, chunkSize, classNames, scale);
    }

    /// <summary>
    /// Opens a folder that has a folder of images for each class, as <see cref="Dataset.FromImages"/> reads it. The files are shuffled once, so that a chunk
    /// has images of all classes; each is decoded when its chunk is read.
    /// </summary>
    /// <param name="folder">The folder; it must not change while the data set is in use.</param>
    /// <param name="chunkSize">The samples of a chunk.</param>
    /// <param name="classNames">The classes in the order of their numbers, as in <c>classNames: train.ClassNames</c>; null takes the folders.</param>
    /// <param name="options">Channels, size and scale; null takes the defaults.</param>
    /// <param name="seed">Each seed gives another order.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DatasetException">There is no image, or the first one cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ChunkedDataset<LabeledDataset> FromImages(
        string folder, int chunkSize = 1_000, IReadOnlyList<string>? classNames = null, ImageOptions? options = null, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ImageDatasets.ReadChunks(folder, chunkSize, classNames, options ?? new ImageOptions(), seed);
    }

    /// <summary>
    /// A data set of chunks of one's own, such as one for each of several files. Each function is called once here, which counts its samples and checks that
    /// all chunks are alike, and then as often as training reads the chunk.
    /// </summary>
    /// <typeparam name="TData">What a chunk is: <see cref="LabeledDataset"/> or <see cref="TargetDataset"/>.</typeparam>
    /// <param name="chunks">Each gives the same samples at every call.</param>
    /// <exception cref="ArgumentException">There is no chunk.</exception>
    /// <exception cref="InvalidOperationException">The chunks differ in their features, classes or targets.</exception>
    public static ChunkedDataset<TData> FromChunks<TData>(IReadOnlyList<Func<TData>> chunks) where TData : Dataset => new FunctionChunks<TData>(chunks);

    /// <summary>The data set whose chunks are changed as they are read, such as by a standardizer; the samples stay as many.</summary>
    /// <typeparam name="TData">What a chunk is: <see cref="LabeledDataset"/> or <see cref="TargetDataset"/>.</typeparam>
    /// <param name="data">The data set.</param>
    /// <param name="change">Gives the changed samples, in their order.</param>
    public static ChunkedDataset<TData> Map<TData>(this ChunkedDataset<TData> data, Func<TData, TData> change) where TData : Dataset
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(change);
        return new MappedChunks<TData>(data, change);
    }

    /// <summary>
    /// Sets the mean and the variance of every <c>normalization</c> layer that reads the network's input to those of the training data, as
    /// <see cref="Normalizing.Adapt"/> does over a data set in memory. Each chunk is read once.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <typeparam name="TData">What a chunk is.</typeparam>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="train">The training data, without the samples that test.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or hold a number that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The network has no <c>normalization</c> layer that reads its input.</exception>
    /// <exception cref="DatasetException">A chunk cannot be read.</exception>
    public static void Adapt<TNetwork, TData>(this TNetwork network, ChunkedDataset<TData> train)
        where TNetwork : class, INetwork<TNetwork>
        where TData : Dataset
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        var adaptation = new InputAdaptation<TNetwork>();
        long first = 0;
        for (int chunk = 0; chunk < train.ChunkCount; first += train.CountOf(chunk++))
            adaptation.Add(train.Read(chunk), first);
        adaptation.Finish(network);
    }
}
