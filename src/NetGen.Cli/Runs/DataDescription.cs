using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>What data are, for a report.</summary>
internal static class DataDescription
{
    private const int MostColumns = 200;

    /// <summary>Describes samples.</summary>
    /// <param name="files">The files' names.</param>
    /// <param name="data">All samples that were divided.</param>
    /// <param name="split">How.</param>
    /// <param name="summary">What the columns of a CSV file hold; null describes the features.</param>
    /// <param name="label">The column of the labels.</param>
    public static DataFacts Of(IReadOnlyList<string> files, Dataset data, DataSplit split, CsvSummary? summary, string? label)
    {
        IReadOnlyList<ColumnFacts>? columns = summary is null ? null : [.. summary.Columns.Select(column => Column(column, Role(column.Name, data, label)))];
        string sets = $"{split.Train.Count:N0} training"
            + (split.Validation is null ? "" : $", {split.Validation.Count:N0} validation") + (split.Test is null ? "" : $", {split.Test.Count:N0} test");
        var labeled = data as LabeledDataset;
        return new DataFacts(
            files, data.Count, $"{sets}: {split.How}", columns ?? Features(data),
            labeled is null ? [] : [.. labeled.ClassNames.Zip(labeled.ClassCounts, static (name, count) => (name, (long)count))]);
    }

    private static string Role(string column, Dataset data, string? label) =>
        column == label ? "label"
        : (data as TargetDataset)?.TargetNames.Contains(column) == true ? "target"
        : column == data.CsvOptions?.Group ? "group"
        : data.CsvOptions?.Features?.Contains(column) == true ? "feature" : "ignored";

    private static ColumnFacts Column(CsvColumnSummary column, string role) => column.IsNumeric
        ? new ColumnFacts(column.Name, role, "number", column.Missing, column.Min, column.Mean, column.Max, column.StandardDeviation, column.Distinct)
        : new ColumnFacts(column.Name, role, "text", column.Missing, null, null, null, null, column.Distinct);

    private static IReadOnlyList<ColumnFacts> Features(Dataset data)
    {
        int size = data.FeatureCount;
        // Of images and arrays, one line for all numbers.
        return size > MostColumns || data.SampleShape.Count > 1
            ? [Column($"all {size} numbers of a sample", "feature", data.Features, 0, 1)]
            : [.. data.FeatureNames.Select((name, i) => Column(name, "feature", data.Features, i, size)), .. Targets(data)];
    }

    private static IEnumerable<ColumnFacts> Targets(Dataset data) =>
        data is TargetDataset targets ? targets.TargetNames.Select((name, i) => Column(name, "target", targets.Targets, i, targets.TargetSize)) : [];

    private static ColumnFacts Column(string name, string role, ReadOnlySpan<float> values, int first, int step)
    {
        (double min, double max, double sum, long count) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0);
        for (int i = first; i < values.Length; i += step)
            (min, max, sum, count) = (Math.Min(min, values[i]), Math.Max(max, values[i]), sum + values[i], count + 1);
        double mean = sum / count, squares = 0;
        for (int i = first; i < values.Length; i += step)
            squares += (values[i] - mean) * (values[i] - mean);
        return new ColumnFacts(name, role, "number", 0, min, mean, max, Math.Sqrt(squares / count), null);
    }
}
