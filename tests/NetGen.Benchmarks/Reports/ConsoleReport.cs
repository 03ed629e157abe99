using System;
using System.Collections.Generic;
using Spectre.Console;

namespace NetGen.Benchmarks;

/// <summary>The tables on the console.</summary>
internal static class ConsoleReport
{
    /// <summary>Characters of a line in a file or a pipe, which has no width of its own.</summary>
    private const int FileWidth = 240;

    public static void Show(Comparison comparison)
    {
        foreach (string line in Summary.Circumstances(comparison))
            Console.WriteLine(line);
        if (comparison.Suite == Suite.MemoryBound)
        {
            Write(Summary.TrafficColumns, Summary.TrafficRows(comparison));
            Console.WriteLine(Summary.TrafficLegend);
            foreach (string line in Summary.Notes(comparison))
                Console.WriteLine(line);
            return;
        }

        Write(Summary.PeerColumns, Summary.PeerRows(comparison));
        foreach (string line in Summary.Notes(comparison))
            Console.WriteLine(line);
        Write(Summary.GoalColumns, Summary.GoalRows(comparison));
        Console.WriteLine(Summary.GoalLegend);
    }

    /// <summary>A table of its own.</summary>
    public static void Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = FileWidth;
        Table table = new() { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        foreach (IReadOnlyList<string> row in rows)
        {
            List<Markup> cells = [];
            foreach (string cell in row)
                cells.Add(new Markup(Markup.Escape(cell)));
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
    }
}
