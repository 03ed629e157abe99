using System;
using System.Collections.Generic;

namespace NetGen.Training.Csv;

/// <summary>Gathers the rows of a CSV file into a data set.</summary>
/// <typeparam name="TData">The data set.</typeparam>
internal abstract class CsvReader<TData>(CsvTable table, IReadOnlyList<string> answers, NumberCell cells) : IDisposable where TData : Dataset
{
    private readonly FeatureColumns columns = new(table, table.Options.Group is { } group ? [.. answers, group] : answers, cells);
    private readonly GroupColumn? groups = table.Options.Group is { } group ? new GroupColumn(table, group, cells) : null;
    private readonly bool drops = table.Options.MissingValues == MissingValues.Drop;

    /// <summary>The file.</summary>
    public CsvTable Table => table;

    /// <summary>The columns that become features.</summary>
    public FeatureColumns Columns => columns;

    /// <summary>Takes the next row that lacks no value, or whose values are filled in.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Take()
    {
        while (table.Read())
        {
            if (drops && (columns.IsAnyMissing(table) || IsAnswerMissing() || groups?.IsMissing(table) == true))
                continue;

            columns.Add(table);
            groups?.Add(table);
            AddAnswer();
            return true;
        }

        return false;
    }

    /// <summary>The numbers of the samples' groups; null without.</summary>
    protected int[]? Groups => groups?.Numbers;

    /// <summary>The samples that were taken.</summary>
    public abstract TData Complete();

    /// <summary>Lets go of the samples that were taken, and keeps what a second file is read by.</summary>
    public virtual void Forget() => columns.Forget();

    /// <summary>Ends the gathering of what a second file is read by: the columns have it then, and this returns the classes.</summary>
    public virtual IReadOnlyList<string> Learn()
    {
        columns.Finish(table);
        return [];
    }

    /// <inheritdoc/>
    public void Dispose() => table.Dispose();

    /// <summary>Whether the current row lacks its label or a target.</summary>
    protected abstract bool IsAnswerMissing();

    /// <summary>Takes the label or the targets of the current row.</summary>
    protected abstract void AddAnswer();
}
