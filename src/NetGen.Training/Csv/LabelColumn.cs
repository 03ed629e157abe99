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
    private readonly Dictionary<string, int> given;
    private readonly Dictionary<string, int> found = new(StringComparer.Ordinal); // each text, and the line it came on first
    private readonly List<string> texts = [];
    private readonly IReadOnlyList<string>? classNames;

    /// <param name="file">For messages.</param>
    /// <param name="name">The column's.</param>
    /// <param name="classNames">The classes in the order of their numbers; null finds them.</param>
    public LabelColumn(string file, string name, IReadOnlyList<string>? classNames)
    {
        this.file = file;
        this.name = Excerpt.Quote(name);
        this.classNames = classNames;
        given = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < (classNames?.Count ?? 0); i++)
            if (!given.TryAdd(classNames![i], i))
                throw new ArgumentException($"Classes {given[classNames[i]]} and {i} are both named '{classNames[i]}'; give each class a name of its own.", nameof(classNames));
    }

    /// <summary>Takes the label of one more sample, from a column of the current row.</summary>
    public void Add(CsvTable table, int column)
    {
        string text = Canonical(table[column]);
        if (text.Length == 0)
            throw NumberCell.Error(table, column, "is empty; fill in the label, or leave the line out.");
        if (classNames is not null && !given.ContainsKey(text))
            throw NumberCell.Error(table, column, $"holds {Excerpt.Quote(text)}, which is none of the {classNames.Count} classes {Excerpt.Names([.. classNames])}{(Nearest.Find(text, classNames) is { } near ? $"; did you mean '{near}'?" : "")}");

        if (!found.ContainsKey(text))
            found.Add(text, table.Line);
        texts.Add(text);
    }

    /// <summary>The labels of all samples, and the names of the classes.</summary>
    public (int[] Labels, IReadOnlyList<string> ClassNames) Number()
    {
        if (classNames is not null)
            return ([.. texts.Select(text => given[text])], classNames);

        Dictionary<string, int> numbers = IsNumber(texts[0], out _) ? IntegerClasses() : TextClasses();
        int[] labels = [.. texts.Select(text => numbers[text])];
        string[] names = new string[labels.Max() + 1];
        foreach ((string text, int number) in numbers)
            names[number] = IsNumber(text, out _) ? number.ToString(CultureInfo.InvariantCulture) : text;

        return (labels, names);
    }

    private Dictionary<string, int> TextClasses() =>
        found.Keys.Order(StringComparer.Ordinal).Select((text, number) => (text, number)).ToDictionary(pair => pair.text, pair => pair.number);

    private Dictionary<string, int> IntegerClasses()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string text, int line) in found)
        {
            if (!IsNumber(text, out double value))
                throw new DatasetException(file, line, $"column {name} holds {Excerpt.Quote(text)}, but the labels before it are numbers; write all labels as integers from 0, or all as texts.");
            if (value != Math.Floor(value))
                throw new DatasetException(file, line, $"column {name} holds {Excerpt.Quote(text)}, which is not an integer; labels are integers from 0 or texts, and for regression it is target: {name} in the place of label.");
            if (value is < 0 or > int.MaxValue - 1)
                throw new DatasetException(file, line, $"column {name} holds {Excerpt.Quote(text)}, but labels that are numbers go from 0 to the number of classes - 1; renumber them, or name the classes by classNames.");
            numbers.Add(text, (int)value);
        }

        // A gap is a class that no sample has: most likely labels that count from 1, or numbers that are no labels.
        int[] present = [.. numbers.Values.Distinct().Order()];
        for (int i = 0; i < present.Length; i++)
            if (present[i] != i)
                throw new DatasetException(file, null, $"column {name} has labels up to {present[^1]}, but {i} is not among them; renumber them from 0 without gaps, name the classes by classNames, or, for regression, write target: {name}.");

        return numbers;
    }

    // 3.0 is a label too, and named 3: pandas writes integers so when a column once had a hole.
    private string Canonical(string text) =>
        classNames is not null && !given.ContainsKey(text) && IsNumber(text, out double value) && value == Math.Floor(value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : text;

    private static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
