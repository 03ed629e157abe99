using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Report;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Output;

/// <summary>How well a network does, for people.</summary>
internal static class FiguresText
{
    private const int MostClasses = 12;

    /// <summary>The figures of each set, and the confusion matrix of the last.</summary>
    public static void Write(IReadOnlyList<SetFigures> sets, Evaluation last, Terminal terminal)
    {
        WriteFigures(sets, terminal);
        if (last.Confusion is not { ClassCount: <= MostClasses } matrix)
            return;
        terminal.Line("");
        terminal.Line((Invariant($"{sets[^1].Set}: {matrix.Count:N0} labels"), Colour.Bold));
        foreach (string line in matrix.ToString().Split('\n'))
            terminal.Line(line);
    }

    /// <summary>A row for each set, a column for each figure.</summary>
    private static void WriteFigures(IReadOnlyList<SetFigures> sets, Terminal terminal)
    {
        string[] names = [.. sets.SelectMany(static s => s.Figures.Keys).Distinct()];
        List<string[]> rows = [["", "samples", .. names]];
        foreach (SetFigures set in sets)
            rows.Add([set.Set, Invariant($"{set.Samples:N0}"), .. names.Select(name => set.Figures.TryGetValue(name, out double value) ? Text(name, value) : "")]);
        int[] widths = [.. rows[0].Select((_, i) => rows.Max(row => row[i].Length))];
        foreach ((int i, string[] row) in rows.Index())
        {
            string line = string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd();
            terminal.Line((line, i == 0 ? Colour.Bold : Colour.None));
        }
    }

    private static string Text(string name, double value) =>
        name is "accuracy" ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : value.ToString("g4", CultureInfo.InvariantCulture);
}
