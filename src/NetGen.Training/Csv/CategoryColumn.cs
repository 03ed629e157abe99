using System;
using System.Collections.Generic;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>A column of texts that are categories.</summary>
internal abstract class CategoryColumn : FeatureColumn
{
    /// <summary>The number of no category.</summary>
    protected const int Missing = -1;

    private readonly NumberCell cells;
    private readonly bool fills;
    private readonly Categories categories;
    private readonly List<int> numbers = [];
    private int[] places = [];

    /// <param name="name">The column's name.</param>
    /// <param name="index">Where it stands in the file.</param>
    /// <param name="cells">Says which cells are missing.</param>
    /// <param name="fills">Whether a missing cell is of no category; otherwise it is an error.</param>
    /// <param name="known">The categories, in order; null finds them.</param>
    protected CategoryColumn(string name, int index, NumberCell cells, bool fills, IReadOnlyList<string>? known) : base(name, index)
    {
        this.cells = cells;
        this.fills = fills;
        categories = new Categories("categories", "Categories in the options", known);
    }

    /// <summary>The categories, in the order of their numbers.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>What to do about a missing cell.</summary>
    protected virtual string RemedyForMissing => "fill it in, or leave the line out";

    /// <inheritdoc/>
    public override bool IsMissing(CsvTable table) => cells.IsMissingText(table[Index]);

    /// <inheritdoc/>
    public override void Add(CsvTable table)
    {
        bool isMissing = IsMissing(table);
        if (isMissing && !fills)
            throw table.Error(Index, $"{(table[Index].Length == 0 ? "is empty" : $"holds {Excerpt.Quote(table[Index])}, which stands for a missing value")}; {RemedyForMissing}.");

        numbers.Add(isMissing ? Missing : categories.Add(table, Index, table[Index]));
    }

    /// <inheritdoc/>
    public override void Complete(CsvTable table)
    {
        (Names, places) = categories.Order();
        if (Names.Count == 0)
            throw new DatasetException(table.File, null, $"column {Excerpt.Quote(Name)} has no category in any line; leave it out by Ignore in the options.");
    }

    /// <inheritdoc/>
    public override void Forget() => numbers.Clear();

    /// <summary>The number of a sample's category, in their order; or <see cref="Missing"/>.</summary>
    protected int NumberOf(int sample) => numbers[sample] == Missing ? Missing : places[numbers[sample]];
}
