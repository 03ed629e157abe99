using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Passes;
using Spectre.Console;
using static System.FormattableString;

namespace NetGen.Cli.Output;

/// <summary>The layer table for people: drawn where somebody looks, plain columns in a pipe or a file.</summary>
internal static class SummaryText
{
    private static readonly string[] s_header = ["layer", "kind", "output", "parameters", "bytes", "multiply-adds", "AVX2 ns", "of 64", "AVX-512 ns", "of 64"];

    public static void Write(string path, NetworkSummary summary, Terminal terminal)
    {
        List<string[]> rows = Rows(summary);
        if (terminal.HasColour)
            Draw(rows);
        else
            WritePlain(rows, terminal);
        foreach (string line in Notes(summary))
            terminal.Line(line);
    }

    /// <summary>Without the header: the input, the layers, the totals.</summary>
    private static List<string[]> Rows(NetworkSummary summary)
    {
        List<string[]> rows = [.. summary.Network.Inputs.Select(static i => new[] { i.Name, "", i.Shape.ToString(), "", "", "", "", "", "", "" })];
        foreach ((int place, SummaryRow row) in summary.Rows.Index())
        {
            rows.Add(
            [
                row.Layer.Name, row.Kind, row.Layer.Output.ToString(), row.Parameters == 0 ? "" : Number(row.Parameters) + (row.IsFrozen ? " frozen" : ""),
                row.Parameters == 0 ? "" : Number(4L * row.Parameters), row.MultiplyAdds == 0 ? "" : Number(row.MultiplyAdds),
                .. summary.Times.SelectMany(t => Times(t.Layers[place].One, t.Layers[place].OfBatch)),
            ]);
        }

        Compiler.Passes.Costs costs = summary.Costs;
        rows.Add(
        [
            "total", "", "", Number(costs.ParameterBytes / 4), Number(costs.ParameterBytes), Number(costs.MultiplyAdds),
            .. summary.Times.SelectMany(static t => Times(t.One, t.OfBatch)),
        ]);
        return rows;
    }

    private static IEnumerable<string> Notes(NetworkSummary summary)
    {
        Compiler.Binding.Network network = summary.Network;
        yield return "";
        yield return TimeEstimate.Description($"{string.Join(" or ", summary.Times.Select(static t => t.Machine.Name))} ({Machine.Processor})");
        yield return $"scratch: {Number(summary.Costs.ScratchBytes)} bytes forward"
            + (summary.TrainingScratchBytes is { } training ? $", {Number(training)} in training on one sample" : "")
            + (summary.StreamStateBytes is { } state ? $"; a stream keeps {Number(state)}" : "");
        if (network.NamesOutputs)
            yield return $"outputs: {string.Join(", ", network.Outputs.Select(static o => $"{o.Name} {o.Shape}"))}";
        yield return network.Loss is not null
            ? $"training: {network.LossText}, {network.Optimizer.Kind}; {Number(summary.TrainedParameters)} of {Number(network.ParameterCount)} parameters are trained"
            : "training: none, the spec has no loss";
    }

    private static void WritePlain(List<string[]> rows, Terminal terminal)
    {
        List<string[]> all = [s_header, .. rows];
        int[] widths = [.. Enumerable.Range(0, s_header.Length).Select(c => all.Max(r => r[c].Length))];
        foreach (string[] row in all)
            terminal.Line(string.Join("  ", row.Select((cell, c) => c >= 3 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
    }

    private static void Draw(List<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        for (int c = 0; c < s_header.Length; c++)
        {
            var column = new TableColumn(new Text(s_header[c], new Style(decoration: Decoration.Bold)));
            table.AddColumn(c >= 3 ? column.RightAligned() : column);
        }

        for (int k = 0; k < rows.Count; k++)
        {
            if (k == rows.Count - 1)
                table.AddEmptyRow();
            table.AddRow(rows[k].Select(static cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
    }

    private static string[] Times(double one, double ofBatch) => [TimeEstimate.Text(one), TimeEstimate.Text(ofBatch)];

    private static string Number(long value) => Invariant($"{value:N0}");
}
