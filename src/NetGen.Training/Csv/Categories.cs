using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>The different texts of a column: those that are given, or those that it has, in ordinal order.</summary>
internal sealed class Categories
{
    private readonly string what;
    private readonly string option;
    private readonly IReadOnlyList<string>? given;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal); // in the order in which they came
    private readonly Dictionary<string, (string Text, int Line)> looks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Look, bool IsDecomposed), (string Text, int Line)> accentless = [];

    /// <param name="what">What they are, as in "classes".</param>
    /// <param name="option">Where they are given, as in "classNames".</param>
    /// <param name="given">The texts, in order; null finds them.</param>
    public Categories(string what, string option, IReadOnlyList<string>? given)
    {
        (this.what, this.option, this.given) = (what, option, given);
        for (int i = 0; i < (given?.Count ?? 0); i++)
            if (!numbers.TryAdd(given![i], i))
                throw new ArgumentException($"{char.ToUpperInvariant(what[0])}{what[1..]} {numbers[given[i]]} and {i} are both named {Excerpt.Quote(given[i])}; give each a name of its own.", option.Split(' ')[0]);
    }

    /// <summary>Whether the texts are given, and this is one of them.</summary>
    public bool IsGiven(string text) => given is not null && numbers.ContainsKey(text);

    /// <summary>The number of a text of the current row, in the order in which they came.</summary>
    /// <exception cref="DatasetException">
    /// It is none of those given; or, if none are, it looks like another one, so that both are most likely the same.
    /// </exception>
    public int Add(CsvTable table, int column, string text)
    {
        if (numbers.TryGetValue(text, out int known))
            return known;
        if (given is not null)
            throw table.Error(column, $"holds {Excerpt.Quote(text)}, which is none of the {given.Count} {what} {Excerpt.Names([.. given])}{Like(text)}");
        if (text.Contains('\uFFFD'))
            throw table.Error(column, $"holds {Excerpt.Quote(text)}, whose U+FFFD stands where a conversion could not read the text; convert the file again, or state its Encoding in the options.");

        if (TwinOf(text) is var (twin, line))
            throw table.Error(column, $"holds {Look.Spelled(text)}, and {Look.Spelled(twin)} in line {line}, which differ only in {Look.Difference(text, twin)}; write them alike, or, if they are two {what}, list both in {option}.");

        looks.Add(Look.Of(text), (text, table.Line));
        accentless.TryAdd((Look.WithoutAccents(text), Look.IsDecomposed(text)), (text, table.Line));
        numbers.Add(text, numbers.Count);
        return numbers.Count - 1;
    }

    /// <summary>The texts in their order, and the place of each number in it.</summary>
    public (IReadOnlyList<string> Names, int[] Places) Order()
    {
        if (given is not null)
            return (given, [.. Enumerable.Range(0, given.Count)]);

        string[] names = [.. numbers.Keys.Order(StringComparer.Ordinal)];
        var places = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
            places[numbers[names[i]]] = i;

        return (names, places);
    }

    private (string Text, int Line)? TwinOf(string text) =>
        looks.TryGetValue(Look.Of(text), out (string, int) twin) ? twin
        : accentless.TryGetValue((Look.WithoutAccents(text), !Look.IsDecomposed(text)), out twin) ? twin
        : null;

    private static bool IsOtherForm(string a, string b) =>
        Look.IsDecomposed(a) != Look.IsDecomposed(b) && Look.WithoutAccents(a) == Look.WithoutAccents(b);

    private string Like(string text) =>
        given!.FirstOrDefault(name => Look.Of(name) == Look.Of(text) || IsOtherForm(name, text)) is { } twin ? $"; {Look.Spelled(twin)} and {Look.Spelled(text)} differ in {Look.Difference(text, twin)}."
        : Nearest.Find(text, given!) is { } near ? $"; did you mean '{near}'?"
        : "";
}
