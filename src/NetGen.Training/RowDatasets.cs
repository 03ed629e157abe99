using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training;

/// <summary>Makes data sets of the caller's objects.</summary>
internal static class RowDatasets
{
    /// <summary>Objects whose classes are texts.</summary>
    public static LabeledDataset Labeled<T>(
        IEnumerable<T> rows, Func<T, float[]> features, Func<T, string> label, IReadOnlyList<string>? classNames, IReadOnlyList<string>? featureNames)
    {
        ArgumentNullException.ThrowIfNull(label);
        var texts = new List<string>();
        (float[] values, int size) = Gather(rows, features, "features", row =>
            texts.Add(label(row) ?? throw new ArgumentException($"The label of row {texts.Count} is null; give each a class.", nameof(label))));

        string[] names = [.. classNames ?? [.. texts.Distinct().Order(StringComparer.Ordinal)]];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in names)
            if (!numbers.TryAdd(name, numbers.Count))
                throw new ArgumentException($"Classes {numbers[name]} and {numbers.Count} are both named {Excerpt.Quote(name)}; give each a name of its own.", nameof(classNames));

        int unknown = texts.FindIndex(text => !numbers.ContainsKey(text));
        if (unknown >= 0)
            throw new ArgumentException($"The label of row {unknown} is {Excerpt.Quote(texts[unknown])}, which is none of the {names.Length} classes {Excerpt.Names(names)}{(Nearest.Find(texts[unknown], names) is { } near ? $"; did you mean '{near}'?" : ".")}", nameof(label));
        return new LabeledDataset(values, size, [.. texts.Select(text => numbers[text])], names, featureNames);
    }

    /// <summary>Objects whose classes are numbers.</summary>
    public static LabeledDataset Labeled<T>(
        IEnumerable<T> rows, Func<T, float[]> features, Func<T, int> label, IReadOnlyList<string>? classNames, IReadOnlyList<string>? featureNames)
    {
        ArgumentNullException.ThrowIfNull(label);
        var labels = new List<int>();
        (float[] values, int size) = Gather(rows, features, "features", row => labels.Add(label(row)));
        return new LabeledDataset(values, size, [.. labels], classNames, featureNames);
    }

    /// <summary>Objects with targets.</summary>
    public static TargetDataset Targeted<T>(IEnumerable<T> rows, Func<T, float[]> features, Func<T, float[]> targets, IReadOnlyList<string>? featureNames)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var answers = new List<float[]>();
        (float[] values, int size) = Gather(rows, features, "features", row => answers.Add(targets(row)));
        (float[] wanted, int targetSize) = Gather(answers, static answer => answer, "targets", null);
        return new TargetDataset(values, size, wanted, targetSize, featureNames: featureNames);
    }

    private static (float[] Values, int Size) Gather<T>(IEnumerable<T> rows, Func<T, float[]> valuesOf, string what, Action<T>? also)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(valuesOf, what);
        var values = new List<float>();
        int count = 0, size = 0;
        foreach (T row in rows)
        {
            float[] one = valuesOf(row) ?? throw new ArgumentException($"The {what} of row {count} are null; give {(count == 0 ? "its numbers" : $"{size} numbers")}.", what);
            size = count == 0 ? one.Length : size;
            if (one.Length != size || size == 0)
                throw new ArgumentException($"Row {count} has {one.Length} {what}{(size == 0 ? "; give at least 1" : $", but row 0 has {size}; give as many for each")}.", what);
            values.AddRange(one);
            also?.Invoke(row);
            count++;
        }

        return count > 0 ? ([.. values], size) : throw new ArgumentException("There are no rows; a data set has at least one sample.", nameof(rows));
    }
}
