using System;
using System.Collections.Generic;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>Numbers the groups of a column in the order in which they come.</summary>
internal sealed class GroupColumn(CsvTable table, string name, NumberCell cells)
{
    private readonly int index = table.IndexOf(name);
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly List<int> numbers = [];

    /// <summary>The number of each sample's group.</summary>
    public int[] Numbers => [.. numbers];

    /// <summary>Whether the current row has no group.</summary>
    public bool IsMissing(CsvTable table) => cells.IsMissingText(table[index]);

    /// <summary>Takes the group of the current row.</summary>
    public void Add(CsvTable table)
    {
        string text = table[index];
        if (IsMissing(table))
            throw table.Error(index, $"{(text.Length == 0 ? "is empty" : $"holds {Excerpt.Quote(text)}, which stands for a missing value")}; fill in the group, or leave the line out.");

        known.TryAdd(text, known.Count);
        numbers.Add(known[text]);
    }
}
