using System;
using System.Collections.Generic;

namespace NetGen.Training.Csv;

/// <summary>Reads data sets from CSV files.</summary>
internal static class CsvDataset
{
    /// <inheritdoc cref="Dataset.FromCsv(string, string, IReadOnlyList{string}, CsvOptions)"/>
    public static LabeledDataset ReadLabeled(string path, string label, IReadOnlyList<string>? classNames, CsvOptions options)
    {
        using LabeledCsvReader reader = OpenLabeled(path, label, classNames, options);
        return ReadAll(reader);
    }

    /// <inheritdoc cref="Dataset.FromCsv(string, IReadOnlyList{string}, CsvOptions)"/>
    public static TargetDataset ReadTargets(string path, IReadOnlyList<string> targets, CsvOptions options)
    {
        using TargetCsvReader reader = OpenTargets(path, targets, options);
        return ReadAll(reader);
    }

    /// <summary>Opens a file whose rows have a label.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The column of the labels.</param>
    /// <param name="classNames">The classes in the order of their numbers; null finds them.</param>
    /// <param name="options">How the file is read.</param>
    /// <param name="start">Where the first row is; null reads the header first.</param>
    public static LabeledCsvReader OpenLabeled(string path, string label, IReadOnlyList<string>? classNames, CsvOptions options, CsvStart? start = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return Open(path, options, start, (table, cells) => new LabeledCsvReader(table, label, cells, classNames));
    }

    /// <summary>Opens a file whose rows have numbers as targets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">The columns of the targets.</param>
    /// <param name="options">How the file is read.</param>
    /// <param name="start">Where the first row is; null reads the header first.</param>
    public static TargetCsvReader OpenTargets(string path, IReadOnlyList<string> targets, CsvOptions options, CsvStart? start = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            throw new ArgumentException("There are no target columns; name at least one.", nameof(targets));
        foreach (string target in targets)
            ArgumentException.ThrowIfNullOrEmpty(target, nameof(targets));

        return Open(path, options, start, (table, cells) => new TargetCsvReader(table, targets, cells));
    }

    /// <inheritdoc cref="Dataset.ReadFeaturesFromCsv"/>
    public static IEnumerable<FeatureDataset> ReadFeatures(string path, CsvOptions options, IReadOnlyList<string> keep, int chunkSize)
    {
        using FeatureCsvReader reader = Open(path, options, null, (table, cells) => new FeatureCsvReader(table, cells, keep));
        bool hasMore = true, isFirst = true;
        while (hasMore)
        {
            while (reader.Columns.Count < chunkSize && (hasMore = reader.Take()))
            {
            }

            // A file without a sample is an error, which the gathering says.
            if (reader.Columns.Count > 0 || isFirst)
                yield return reader.Complete();
            isFirst = false;
            reader.Forget();
        }
    }

    private static TReader Open<TReader>(string path, CsvOptions options, CsvStart? start, Func<CsvTable, NumberCell, TReader> read)
    {
        var table = new CsvTable(path, options, start);
        try
        {
            return read(table, new NumberCell(options));
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static TData ReadAll<TData>(CsvReader<TData> reader) where TData : Dataset
    {
        while (reader.Take())
        {
        }

        return reader.Complete();
    }
}
