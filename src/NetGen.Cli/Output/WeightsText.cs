using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using Spectre.Console;

namespace NetGen.Cli.Output;

/// <summary>A file of weights for people: a table where somebody looks, plain columns in a pipe or a file.</summary>
internal static class WeightsText
{
    public static void Write(WeightsList list, Terminal terminal)
    {
        (string[] header, List<string[]> rows) = Rows(list);
        if (terminal.HasColour)
            Draw(header, rows);
        else
            WritePlain([header, .. rows], terminal);
        terminal.Line("");
        terminal.Line(Summary(list));
        foreach (string note in list.Notes)
            terminal.Line($"note: {note}");
    }

    private static (string[] Header, List<string[]> Rows) Rows(WeightsList list) => list.Fitted is null
        ? (["tensor", "type", "shape"], [.. list.File.Tensors.Select(static t => new[] { t.Name, t.View.Type, Excerpt.Shape(t.View.Shape) })])
        : (["parameter", "shape", "from", ""], [.. list.Fitted.Origins.Select(static o => new[] { o.Name, Excerpt.Shape(o.Shape), o.Source ?? "-", o.How })]);

    private static string Summary(WeightsList list)
    {
        if (list.Fitted is null)
            return $"{list.Path}: {list.File.Format}, {Count(list.File.Tensors.Count)} of "
                + $"{CSharpLiteral.Grouped(list.File.Tensors.Sum(static t => t.View.Count))} numbers";
        string what = $"{Count(list.Fitted.Tensors.Count)} of {CSharpLiteral.Grouped(list.Fitted.Tensors.Sum(static t => (long)t.Values.Length))} "
            + $"numbers{(list.Spec is null ? "" : $" for {list.Spec}")}";
        return list.Output is null ? $"{list.Path} fits: {what}; -o NAME.safetensors writes them" : $"{list.Output}: {what}";
    }

    private static string Count(int tensors) => $"{tensors} {(tensors == 1 ? "tensor" : "tensors")}";

    private static void WritePlain(List<string[]> rows, Terminal terminal)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows)
            terminal.Line(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }

    private static void Draw(string[] header, List<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string name in header)
            table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Bold))));
        foreach (string[] row in rows)
            table.AddRow(row.Select(static cell => new Text(Terminal.Printable(cell))));
        AnsiConsole.Write(table);
    }
}
