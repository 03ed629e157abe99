using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Files;

namespace NetGen.Training.Arrays;

/// <summary>Makes data sets of two arrays whose first axes count the same samples.</summary>
internal static class ArrayDatasets
{
    /// <inheritdoc cref="Dataset.FromNpy(string, string, IReadOnlyList{string}, float)"/>
    public static LabeledDataset NpyLabels(string features, string labels, IReadOnlyList<string>? classNames, float scale)
    {
        using ArrayFile x = OpenNpy(features), y = OpenNpy(labels);
        return Labeled(x, y, classNames, scale);
    }

    /// <inheritdoc cref="Dataset.FromNpy(string, string, float)"/>
    public static TargetDataset NpyTargets(string features, string targets, float scale)
    {
        using ArrayFile x = OpenNpy(features), y = OpenNpy(targets);
        CheckScale(scale);
        CheckCounts(x.File, x.Layout, y.File, y.Layout, "targets");
        return Targeted(x.Layout, x.ReadAll("x", scale), y.Layout, y.ReadAll("y", 1));
    }

    /// <inheritdoc cref="Dataset.FromNpz(string, string, string, IReadOnlyList{string}, float)"/>
    public static LabeledDataset NpzLabels(string path, string features, string labels, IReadOnlyList<string>? classNames, float scale)
    {
        CheckScale(scale);
        using var archive = new NpzArchive(path);
        (ArrayLayout layout, int[] Numbers, string File) y = archive.Read(labels, y => (y.Layout, y.ReadLabels(0, y.Layout.Count, classNames?.Count), y.File));
        return archive.Read(features, x =>
        {
            CheckCounts(x.File, x.Layout, y.File, y.layout, "labels");
            return Labeled(x.Layout, x.ReadAll("x", scale), y.layout, y.Numbers, Names(y.File, y.Numbers, classNames));
        });
    }

    /// <inheritdoc cref="Dataset.FromNpz(string, string, string, float)"/>
    public static TargetDataset NpzTargets(string path, string features, string targets, float scale)
    {
        CheckScale(scale);
        using var archive = new NpzArchive(path);
        (ArrayLayout Layout, (float[], ExactValues?) Values, string File) y = archive.Read(targets, y => (y.Layout, y.ReadAll("y", 1), y.File));
        return archive.Read(features, x =>
        {
            CheckCounts(x.File, x.Layout, y.File, y.Layout, "targets");
            return Targeted(x.Layout, x.ReadAll("x", scale), y.Layout, y.Values);
        });
    }

    /// <inheritdoc cref="Dataset.FromIdx"/>
    public static LabeledDataset Idx(string images, string labels, IReadOnlyList<string>? classNames, float scale)
    {
        using ArrayFile x = IdxHeader.Open(images), y = IdxHeader.Open(labels);
        LabeledDataset data = Labeled(x, y, classNames, scale);
        x.CheckEnd();
        y.CheckEnd();
        return data;
    }

    /// <summary>The samples of an array, chunk by chunk.</summary>
    public static IEnumerable<FeatureDataset> ReadFeatures(string path, Func<string, ArrayFile> open, float scale, int chunkSize)
    {
        CheckScale(scale);
        using ArrayFile x = open(path);
        ArrayLayout layout = x.Layout;
        if (layout.IsFortranOrder)
            chunkSize = layout.Count; // the numbers of a sample lie apart
        for (int first = 0; first < layout.Count; first += chunkSize)
        {
            (float[] values, ExactValues? exact) = x.Read(first, Math.Min(chunkSize, layout.Count - first), "x", scale);
            yield return new FeatureDataset(values, layout.SampleSize) { ExactFeatures = exact, SampleShape = layout.SampleShape };
        }

        x.CheckEnd();
    }

    /// <summary>Opens a .npy file.</summary>
    public static ArrayFile OpenNpy(string path)
    {
        System.IO.FileStream stream = DataFile.Open(path);
        try
        {
            return new ArrayFile(path, stream, NpyHeader.Read(path, stream, stream.Length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>A data set of features and labels that were read.</summary>
    public static LabeledDataset Labeled(
        ArrayLayout layout, (float[] Values, ExactValues? Exact) features, ArrayLayout labelLayout, int[] labels, IReadOnlyList<string> classNames) =>
        new(features.Values, layout.SampleSize, labels, classNames, labelSize: labelLayout.SampleSize)
        {
            ExactFeatures = features.Exact,
            SampleShape = layout.SampleShape,
        };

    /// <summary>A data set of features and targets that were read.</summary>
    public static TargetDataset Targeted(
        ArrayLayout layout, (float[] Values, ExactValues? Exact) features, ArrayLayout targetLayout, (float[] Values, ExactValues? Exact) targets) =>
        new(features.Values, layout.SampleSize, targets.Values, targetLayout.SampleSize)
        {
            ExactFeatures = features.Exact,
            ExactTargets = targets.Exact,
            SampleShape = layout.SampleShape,
        };

    /// <summary>The names of the classes: those given, or the numbers, without a gap.</summary>
    /// <exception cref="DatasetException">A number from 0 to the largest label is missing.</exception>
    public static IReadOnlyList<string> Names(string file, IEnumerable<int> labels, IReadOnlyList<string>? classNames)
    {
        if (classNames is not null)
            return classNames;

        int[] present = [.. new HashSet<int>(labels).Order()];
        for (int i = 0; i < present.Length; i++)
            if (present[i] != i)
                throw new DatasetException(file, null, $"the labels go up to {present[^1]}, but {i} is not among them; renumber them from 0 without gaps, or name all classes by classNames.");

        return [.. present.Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Checks that there are as many labels or targets as samples.</summary>
    /// <exception cref="DatasetException">They are more or fewer.</exception>
    public static void CheckCounts(string file, ArrayLayout layout, string otherFile, ArrayLayout other, string what)
    {
        if (layout.Count != other.Count)
            throw new DatasetException(otherFile, null, $"there are {other.Count} {what} (shape {Excerpt.Shape(other.Shape)}), but {file} has {layout.Count} samples (shape {Excerpt.Shape(layout.Shape)}); the first axis of both counts the samples.");
    }

    /// <summary>Checks what features are multiplied by.</summary>
    public static void CheckScale(float scale)
    {
        if (!float.IsFinite(scale) || scale == 0)
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "Features are multiplied by a finite number that is not 0, such as 1 / 255f.");
    }

    private static LabeledDataset Labeled(ArrayFile x, ArrayFile y, IReadOnlyList<string>? classNames, float scale)
    {
        CheckScale(scale);
        CheckCounts(x.File, x.Layout, y.File, y.Layout, "labels");
        int[] labels = y.ReadLabels(0, y.Layout.Count, classNames?.Count);
        IReadOnlyList<string> names = Names(y.File, labels, classNames);
        return Labeled(x.Layout, x.ReadAll("x", scale), y.Layout, labels, names);
    }
}
