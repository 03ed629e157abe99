using System;
using Spectre.Console;

namespace NetGen.Examples;

/// <summary>A table of values beside those that the textbook prints.</summary>
internal sealed class Comparison
{
    private readonly Table table = new Table { Border = TableBorder.Simple }
        .AddColumn("quantity")
        .AddColumn(new TableColumn("NetGen").RightAligned())
        .AddColumn(new TableColumn("textbook").RightAligned())
        .AddColumn(new TableColumn("difference").RightAligned());

    private bool isEmpty = true;

    /// <summary>Begins a group of rows.</summary>
    public Comparison Group(string title)
    {
        if (!isEmpty)
            table.AddEmptyRow();
        isEmpty = false;
        table.AddRow(new Markup($"[bold]{Markup.Escape(title)}[/]"));
        return this;
    }

    /// <summary>One row; the textbook's value as it is printed there.</summary>
    public Comparison Row(string quantity, float ours, string textbook)
    {
        double difference = Math.Abs(ours - double.Parse(textbook));
        // Our digits as far as the textbook's go, so that the eye can compare them.
        int decimals = textbook.Length - textbook.IndexOf('.') - 1;
        table.AddRow(quantity, ours.ToString($"F{decimals}"), textbook, difference.ToString("0.0e+0"));
        return this;
    }

    /// <summary>Prints the table.</summary>
    public void Print() => AnsiConsole.Write(table);
}
