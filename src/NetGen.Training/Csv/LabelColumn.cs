using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>
/// Gathers the texts of a label column and numbers their classes: integers from 0 to k - 1 as they are, texts in
/// ordinal order, or either by the names that the caller gives.
/// </summary>
internal sealed class LabelColumn
{
    private readonly string file;
    private readonly string name;
    private readonly int index;
    private readonly NumberCell cells;
    private readonly bool areNamesGiven;
    private readonly Categories texts;
    private readonly Dictionary<string, int> integers = new(StringComparer.Ordinal);
    private readonly List<int> labels = [];
    private bool? areIntegers; // as the first one is

    /// <param name="table">The file.</param>
    /// <param name="index">Where the column stands.</param>
    /// <param name="cells">Says which cells are missing.</param>
    /// <param name="classNames">The classes in the order of their numbers; null finds them.</param>
    public LabelColumn(CsvTable table, int index, NumberCell cells, IReadOnlyList<string>? classNames)
    {
        file = table.File;
        name = Excerpt.Quote(table.Columns[index]);
        this.index = index;
        this.cells = cells;
        texts = new Categories("classes", nameof(classNames), classNames);
        areNamesGiven = classNames is not null;
    }

    /// <summary>Whether the current row has no label.</summary>
    public bool IsMissing(CsvTable table) => cells.IsMissingText(table[index]);

    /// <summary>Takes the label of the current row.</summary>
    public void Add(CsvTable table)
    {
        string text = table[index];
        if (text.Length == 0)
            throw table.Error(index, "is empty; fill in the label, or leave the line out.");
        if (IsMissing(table))
            throw table.Error(index, $"holds {Excerpt.Quote(text)}, which stands for a missing value; fill in the label, or leave the line out.");

        areIntegers ??= !areNamesGiven && cells.IsNumber(text);
        labels.Add(areIntegers.Value ? Integer(table, text) : texts.Add(table, index, Canonical(text)));
    }

    /// <summary>The labels of all samples, and the names of the classes.</summary>
    public (int[] Labels, IReadOnlyList<string> ClassNames) Number()
    {
        if (integers.Count > 0)
            return ([.. labels], IntegerNames());

        (IReadOnlyList<string> names, int[] places) = texts.Order();
        return ([.. labels.Select(label => places[label])], names);
    }

    /// <summary>Lets go of the samples that were taken, and keeps the classes.</summary>
    public void Forget() => labels.Clear();

    private int Integer(CsvTable table, string text)
    {
        if (integers.TryGetValue(text, out int known))
            return known;
        if (!double.TryParse(text, NumberStyles.Float, cells.Format, out double value) || !double.IsFinite(value))
            throw table.Error(index, $"holds {Excerpt.Quote(text)}, but the labels before it are numbers; write all labels as integers from 0, or all as texts.");
        if (value != Math.Floor(value))
            throw table.Error(index, $"holds {Excerpt.Quote(text)}, which is not an integer; labels are integers from 0 or texts, and for regression it is target: {name} in the place of label.");
        if (value is < 0 or > int.MaxValue - 1)
            throw table.Error(index, $"holds {Excerpt.Quote(text)}, but labels that are numbers go from 0 to the number of classes - 1; renumber them, or name the classes by classNames.");

        integers.Add(text, (int)value);
        return (int)value;
    }

    // A gap is a class that no sample has: most likely labels that count from 1, or numbers that are no labels.
    private string[] IntegerNames()
    {
        int[] present = [.. integers.Values.Distinct().Order()];
        for (int i = 0; i < present.Length; i++)
            if (present[i] != i)
                throw new DatasetException(file, null, $"column {name} has labels up to {present[^1]}, but {i} is not among them; renumber them from 0 without gaps, name the classes by classNames, or, for regression, write target: {name}.");

        return [.. present.Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    // 3.0 is a label too, and named 3: pandas writes integers so when a column once had a hole. In decimal, which rounds no integer.
    private string Canonical(string text) =>
        areNamesGiven && !texts.IsGiven(text) && decimal.TryParse(text, NumberStyles.Float, cells.Format, out decimal value) && value == decimal.Truncate(value)
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : text;
}
