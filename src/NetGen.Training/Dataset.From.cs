using System;
using System.Collections.Generic;
using System.IO;
using NetGen.Training.Arrays;
using NetGen.Training.Csv;
using NetGen.Training.Images;

namespace NetGen.Training;

/// <content>Where data sets come from.</content>
public abstract partial class Dataset
{
    /// <summary>
    /// Reads a data set for classification from a CSV file. Labels are the integers from 0 to k - 1, or text, whose
    /// classes are numbered in ordinal order; every other column is a number and a feature, or as the options say.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The column of the labels.</param>
    /// <param name="classNames">
    /// The classes in the order of their numbers, as in <c>classNames: train.ClassNames</c> for a second file; null
    /// finds them in the file.
    /// </param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file cannot be read so; the message has the line and the column.</exception>
    public static LabeledDataset FromCsv(string path, string label, IReadOnlyList<string>? classNames = null, CsvOptions? options = null) =>
        CsvDataset.ReadLabeled(path, label, classNames, options ?? new CsvOptions());

    /// <summary>
    /// Reads a data set with one number as the target from a CSV file; every other column is a number and a feature,
    /// or as the options say.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The column of the targets.</param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file cannot be read so; the message has the line and the column.</exception>
    public static TargetDataset FromCsv(string path, string target, CsvOptions? options = null) =>
        FromCsv(path, targets: [target], options);

    /// <summary>Reads a data set with several numbers as targets, as in <c>targets: ["width", "height"]</c>.</summary>
    /// <inheritdoc cref="FromCsv(string, string, CsvOptions)"/>
    /// <param name="path">The file.</param>
    /// <param name="targets">The columns of the targets, in the order wanted.</param>
    /// <param name="options">Encoding, delimiter, columns, missing values and so on; null takes the defaults.</param>
    public static TargetDataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null) =>
        CsvDataset.ReadTargets(path, targets, options ?? new CsvOptions());

    /// <summary>
    /// Reads a data set for classification from two .npy files of NumPy, whose first axes count the samples; the other axes of a sample are flattened, the
    /// last fastest. Types f2, f4, f8, i1 to i8, u1 to u8 and b1, either byte order, C or Fortran order.
    /// </summary>
    /// <param name="features">The file of the features, [Count, …].</param>
    /// <param name="labels">The file of the labels, [Count] or [Count, steps]: integers from 0 to k - 1.</param>
    /// <param name="classNames">The names of the classes in the order of their numbers; null names them "0", "1", …, and none may be missing then.</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">A file cannot be read so; the message has the item and the byte.</exception>
    public static LabeledDataset FromNpy(string features, string labels, IReadOnlyList<string>? classNames = null, float scale = 1) =>
        ArrayDatasets.NpyLabels(features, labels, classNames, scale);

    /// <summary>Reads a data set with target values from two .npy files of NumPy, whose first axes count the samples.</summary>
    /// <inheritdoc cref="FromNpy(string, string, IReadOnlyList{string}, float)"/>
    /// <param name="features">The file of the features, [Count, …].</param>
    /// <param name="targets">The file of the targets, [Count] or [Count, …].</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    public static TargetDataset FromNpy(string features, string targets, float scale = 1) => ArrayDatasets.NpyTargets(features, targets, scale);

    /// <summary>Reads a data set for classification from two arrays of a .npz file, as np.savez and np.savez_compressed write it.</summary>
    /// <inheritdoc cref="FromNpy(string, string, IReadOnlyList{string}, float)"/>
    /// <param name="path">The file.</param>
    /// <param name="features">The name of the features' array, [Count, …].</param>
    /// <param name="labels">The name of the labels' array, [Count] or [Count, steps]: integers from 0 to k - 1.</param>
    /// <param name="classNames">The names of the classes in the order of their numbers; null names them "0", "1", …, and none may be missing then.</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    public static LabeledDataset FromNpz(string path, string features, string labels, IReadOnlyList<string>? classNames = null, float scale = 1) =>
        ArrayDatasets.NpzLabels(path, features, labels, classNames, scale);

    /// <summary>Reads a data set with target values from two arrays of a .npz file, as np.savez and np.savez_compressed write it.</summary>
    /// <inheritdoc cref="FromNpz(string, string, string, IReadOnlyList{string}, float)"/>
    /// <param name="path">The file.</param>
    /// <param name="features">The name of the features' array, [Count, …].</param>
    /// <param name="targets">The name of the targets' array, [Count] or [Count, …].</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    public static TargetDataset FromNpz(string path, string features, string targets, float scale = 1) =>
        ArrayDatasets.NpzTargets(path, features, targets, scale);

    /// <summary>
    /// Reads a data set for classification from two IDX files, as of MNIST, plain or compressed by gzip, which the content tells. All types of IDX are read;
    /// the pixels of MNIST are 0 to 255, and 0 to 1 with <c>scale: 1 / 255f</c>.
    /// </summary>
    /// <inheritdoc cref="FromNpy(string, string, IReadOnlyList{string}, float)"/>
    /// <param name="images">The file of the features, [Count, …].</param>
    /// <param name="labels">The file of the labels, [Count] or [Count, steps]: integers from 0 to k - 1.</param>
    /// <param name="classNames">The names of the classes in the order of their numbers; null names them "0", "1", …, and none may be missing then.</param>
    /// <param name="scale">What each feature is multiplied by.</param>
    public static LabeledDataset FromIdx(string images, string labels, IReadOnlyList<string>? classNames = null, float scale = 1) =>
        ArrayDatasets.Idx(images, labels, classNames, scale);

    /// <summary>
    /// Reads a data set for classification from a folder that has a folder of images for each class. PNG, JPEG, BMP, GIF (its first image), PGM (P5) and PPM
    /// (P6) are read, which the content tells; 16 bits a channel become 8. Classes and files are in ordinal order; hidden files are skipped. A sample is
    /// [channels, height, width], of floats from 0 to 1.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="classNames">The classes in the order of their numbers, as in <c>classNames: train.ClassNames</c>; null takes the folders.</param>
    /// <param name="options">Channels, size and scale; null takes the defaults.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DatasetException">A file is no image, is damaged, or has another size.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static LabeledDataset FromImages(string folder, IReadOnlyList<string>? classNames = null, ImageOptions? options = null) =>
        ImageDatasets.Read(folder, classNames, options ?? new ImageOptions());

    /// <summary>A data set for classification of one's own objects, whose classes are texts, numbered in ordinal order.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <param name="rows">The samples; read once.</param>
    /// <param name="features">The features of a sample, as many for each.</param>
    /// <param name="label">The class of a sample.</param>
    /// <param name="classNames">The classes in the order of their numbers, as in <c>classNames: train.ClassNames</c>; null takes those of the samples.</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">There is no sample, or one has more or fewer numbers than the first.</exception>
    public static LabeledDataset FromRows<T>(
        IEnumerable<T> rows, Func<T, float[]> features, Func<T, string> label,
        IReadOnlyList<string>? classNames = null, IReadOnlyList<string>? featureNames = null) =>
        RowDatasets.Labeled(rows, features, label, classNames, featureNames);

    /// <summary>A data set for classification of one's own objects, whose classes have numbers.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <param name="rows">The samples; read once.</param>
    /// <param name="features">The features of a sample, as many for each.</param>
    /// <param name="label">The number of a sample's class, from 0.</param>
    /// <param name="classNames">The names of the classes; null names them "0", "1", … up to the largest label.</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">There is no sample, or one has more or fewer numbers than the first.</exception>
    public static LabeledDataset FromRows<T>(
        IEnumerable<T> rows, Func<T, float[]> features, Func<T, int> label,
        IReadOnlyList<string>? classNames = null, IReadOnlyList<string>? featureNames = null) =>
        RowDatasets.Labeled(rows, features, label, classNames, featureNames);

    /// <summary>A data set with one number as the target, of one's own objects.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <param name="rows">The samples; read once.</param>
    /// <param name="features">The features of a sample, as many for each.</param>
    /// <param name="target">The target of a sample.</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">There is no sample, or one has more or fewer numbers than the first.</exception>
    public static TargetDataset FromRows<T>(
        IEnumerable<T> rows, Func<T, float[]> features, Func<T, float> target, IReadOnlyList<string>? featureNames = null) =>
        RowDatasets.Targeted(rows, features, row => [target(row)], featureNames);

    /// <summary>A data set with several numbers as targets, of one's own objects.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <param name="rows">The samples; read once.</param>
    /// <param name="features">The features of a sample, as many for each.</param>
    /// <param name="targets">The targets of a sample, as many for each.</param>
    /// <param name="featureNames">The names of the features; null names them x0, x1, ….</param>
    /// <exception cref="ArgumentException">There is no sample, or one has more or fewer numbers than the first.</exception>
    public static TargetDataset FromRows<T>(
        IEnumerable<T> rows, Func<T, float[]> features, Func<T, float[]> targets, IReadOnlyList<string>? featureNames = null) =>
        RowDatasets.Targeted(rows, features, targets, featureNames);

    /// <summary>
    /// Reads samples without labels or targets from a CSV file, chunk by chunk, each once, so that the file need not fit into memory. Categories,
    /// vocabularies and fill values are those that the options state, as <c>options: train.CsvOptions</c> or <see cref="WeightsInfo.Csv"/> do.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How the training data were read.</param>
    /// <param name="keep">Columns whose texts <see cref="FeatureDataset.Kept"/> has beside the features, such as an id; null keeps none.</param>
    /// <param name="chunkSize">The most samples of a chunk.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file cannot be read so; the message has the line and the column.</exception>
    public static IEnumerable<FeatureDataset> ReadFeaturesFromCsv(
        string path, CsvOptions? options = null, IReadOnlyList<string>? keep = null, int chunkSize = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return CsvDataset.ReadFeatures(path, options ?? new CsvOptions(), keep ?? [], chunkSize);
    }

    /// <summary>Reads samples without labels or targets from a .npy file of NumPy in C order, chunk by chunk, each once.</summary>
    /// <param name="path">The file of the features, [Count, …].</param>
    /// <param name="scale">What each feature is multiplied by, such as 1 / 255f for bytes.</param>
    /// <param name="chunkSize">The most samples of a chunk.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file cannot be read so.</exception>
    public static IEnumerable<FeatureDataset> ReadFeaturesFromNpy(string path, float scale = 1, int chunkSize = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ArrayDatasets.ReadFeatures(path, ArrayDatasets.OpenNpy, scale, chunkSize);
    }

    /// <summary>Reads samples without labels or targets from an IDX file, plain or compressed by gzip, chunk by chunk, each once.</summary>
    /// <inheritdoc cref="ReadFeaturesFromNpy"/>
    public static IEnumerable<FeatureDataset> ReadFeaturesFromIdx(string path, float scale = 1, int chunkSize = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ArrayDatasets.ReadFeatures(path, IdxHeader.Open, scale, chunkSize);
    }
}
